"""Small questions: what a line is, another as-of date, the volume."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QWidget,
)

from bomexposure.gui.blocks import answers, column, complete, date_field, label, number_field
from bomexposure.gui.contentform import ContentForm
from bomexposure.gui.explain_line import line_title
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.subjects import decision, subjects_of
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Override
from bomexposure.model.errors import UsageError
from bomexposure.present.words import tr


def _dialog(parent: QWidget, title: str, words: str) -> tuple[QDialog, QDialogButtonBox]:
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr(title))
    return dialog, answers(dialog, words)[0]


class CorrectDialog(QDialog):
    """Which class or material a line is, with completion over all that are known."""

    def __init__(self, parent: QWidget, analysis: Analysis, book: LineBook, line: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Correct a line"))
        self._subjects = subjects_of(analysis.reference)
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("What is it?"))
        self.field.setPlaceholderText(
            tr("Type a material or a kind of part, such as NdFeB or AlSi10Mg")
        )
        self.field.setMinimumWidth(460)
        complete(self.field, self._subjects.names)
        suggestions = str(analysis.contents.recognitions["suggestions"].iat[line])
        known = {key: words for words, (key, _kind) in self._subjects.ids.items()}
        first = next((known[one] for one in suggestions.split(";") if one in known), "")
        self.fault = label("", "warn", wrap=True)
        self.fault.hide()
        self.none = QCheckBox(tr("It holds no critical mineral"))
        self.mass = number_field(1e9, 4)
        self.mass.setAccessibleName(tr("Mass"))
        self.mass.setSuffix(tr(" g for one piece"))
        self.mass.setSpecialValueText(tr("mass as it is"))
        prints = book.lines["fingerprint"]
        same = int(((prints == prints.iat[line]).to_numpy() & book.counted).sum())
        self.alike = QCheckBox(tr("Apply to all {same} lines with the same text", same=same))
        self.alike.setVisible(same > 1 and bool(prints.iat[line]))
        self.why = QLineEdit()
        self.why.setAccessibleName(tr("Why"))
        self.why.setPlaceholderText(tr("Kept in the decisions log; may stay empty"))
        self.buttons, _act = answers(self, "Set it")
        title = label(line_title(book, line), "heading", wrap=True)
        hint = label(f"Nearest: {first}" if first else "", "caption", wrap=True)
        hint.setVisible(bool(first))
        self.setLayout(
            column(
                title, label("What is it?", "caption"), self.field, self.fault, hint, self.none,
                label("Mass", "caption"), self.mass, label("Why", "caption"), self.why,
                self.alike, 6, self.buttons,
                gap=7, margins=(20, 18, 20, 16),
            )
        )  # fmt: skip

    def answer(self) -> Override | None:
        """The decision, None when nothing was said; '*' asks for all alike. Raises UsageError."""
        text = self.field.text().strip()
        found = decision(self._subjects.find(text)) if text else None
        mass = self.mass.value() or None
        if found is None and self.none.isChecked():
            found = decision(("", ""))
        if found is None and mass is None:
            return None
        return replace(
            found or Override(fingerprint=""),
            fingerprint="*" if self.alike.isChecked() else "",
            mass_g=mass,
            reason=self.why.text().strip(),
        )

    def accept(self) -> None:
        """Close only on words that mean something; else say what is near."""
        try:
            self.answer()
        except UsageError as fault:
            self.fault.setText(f"{fault.what} {fault.mend}")
            self.fault.show()
            return
        super().accept()


def ask_correction(
    parent: QWidget, analysis: Analysis, book: LineBook, line: int
) -> Override | None:
    """Ask what a line is; None when the user thinks again."""
    dialog = CorrectDialog(parent, analysis, book, line)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    answer = dialog.answer() if accepted else None
    dialog.deleteLater()
    return answer


def ask_contents(
    parent: QWidget, analysis: Analysis, book: LineBook, line: int, before: Override | None,
    chosen: int,
) -> Override | None:  # fmt: skip
    """Ask which minerals a line holds; None when the user thinks again."""
    form = ContentForm(parent, analysis, book, line, before, chosen)
    form.exec()
    answer = form.answer
    form.deleteLater()
    return answer


def ask_day(parent: QWidget, now: date) -> date | None:
    """Ask for the as-of date."""
    dialog, buttons = _dialog(parent, "As-of date", "Judge as of this day")
    field = date_field(QDate(now.year, now.month, now.day))
    field.setAccessibleName(tr("Judge export controls as of"))
    dialog.setLayout(
        column(
            label("Judge export controls as of", "heading"), field,
            label("Only dates and statuses change; the figures stay those of the edition.",
                  "caption", wrap=True), buttons, gap=10, margins=(20, 18, 20, 16),
        )
    )  # fmt: skip
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    day = field.date()
    return date(day.year(), day.month(), day.day())


def ask_volume(parent: QWidget, now: float | None) -> tuple[bool, float | None]:
    """Ask for products a year: (answered, volume or None for unknown)."""
    dialog, buttons = _dialog(parent, "Volume", "Set the volume")
    field = number_field(1e12)
    field.setAccessibleName(tr("Products a year"))
    field.setGroupSeparatorShown(True)
    field.setSpecialValueText(tr("unknown"))
    field.setValue(now or 0)
    dialog.setLayout(
        column(
            label("Products a year", "heading"), field,
            label("Turns masses into yearly demand. Leave at “unknown” if you do not know.",
                  "caption", wrap=True), buttons, gap=10, margins=(20, 18, 20, 16),
        )
    )  # fmt: skip
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False, None
    return True, field.value() or None
