"""Small questions: what a line is, another as-of date, the volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from bomexposure.gui.blocks import (
    answers,
    button,
    column,
    complete_by,
    date_field,
    label,
    number_field,
)
from bomexposure.gui.contentform import ContentForm
from bomexposure.gui.explain_line import line_title
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.subjects import NEAR, decision, grams, subjects_of
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
        complete_by(self.field, self._subjects.offered)
        self.field.textEdited.connect(lambda _text: self._blame(""))
        suggestions = str(analysis.contents.recognitions["suggestions"].iat[line])
        known = {key: words for words, (key, _kind) in self._subjects.ids.items()}
        self.fault = label("", "warn", wrap=True)
        self._near = column(gap=0)
        self._offers: list[QPushButton] = []
        self._nearest = QWidget()
        self._nearest.setLayout(self._near)
        near = [known[one] for one in suggestions.split(";") if one in known]
        now = book.recognised_as[line]
        self.none = QCheckBox(tr("It holds no critical mineral"))
        self.mass = QLineEdit()
        self.mass.setAccessibleName(tr("Mass of one piece"))
        self.mass.setPlaceholderText(tr("As it is; else such as 22 g, 1.2 kg or 0.5 lb"))
        self.mass.textEdited.connect(lambda _text: self._blame(""))
        prints = book.lines["fingerprint"]
        same = int(((prints == prints.iat[line]).to_numpy() & book.counted).sum())
        self.alike = QCheckBox(tr("Apply to all {same} lines with the same text", same=same))
        self.alike.setVisible(same > 1 and bool(prints.iat[line]))
        self.why = QLineEdit()
        self.why.setAccessibleName(tr("Why"))
        self.why.setPlaceholderText(tr("Kept in the decisions log; may stay empty"))
        self.buttons, _act = answers(self, "Set it")
        title = label(line_title(book, line), "heading", wrap=True)
        could = tr("Not recognised; it could be:") if near else ""
        words = tr("Taken for: {what}", what=now) if now else could
        taken = label(words, "caption", wrap=True)
        taken.setVisible(bool(words))
        self.setLayout(
            column(
                title, taken, label("What is it?", "caption"), self.field, self.fault,
                self._nearest, self.none,
                label("Mass of one piece", "caption"), self.mass,
                label("Why", "caption"), self.why,
                self.alike, 6, self.buttons,
                gap=7, margins=(20, 18, 20, 16),
            )
        )  # fmt: skip
        self._blame("", near[:NEAR])

    def _blame(self, words: str, near: Sequence[str] = ()) -> None:
        """Say what is wrong, and offer what may have been meant; '' for nothing (any more)."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        for old in self._offers:
            self._near.removeWidget(old)
            old.deleteLater()
        self._offers = [button(name, partial(self._take, name), link=True) for name in near]
        for one in self._offers:
            self._near.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        self._nearest.setVisible(bool(near))

    def _take(self, name: str) -> None:
        self.field.setText(name)
        self._blame("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _known(self, text: str) -> bool:
        try:
            self._subjects.find(text)
        except UsageError:
            return False
        return True

    def answer(self) -> Override | None:
        """The decision, None when nothing was said; '*' asks for all alike. Raises UsageError."""
        text = self.field.text().strip()
        found = decision(self._subjects.find(text)) if text else None
        written = self.mass.text().strip()
        mass = grams(written) if written else None
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
            text = self.field.text()
            near = self._subjects.near(text) if text and not self._known(text) else []
            self._blame(
                tr("{what} Did you mean:", what=fault.what) if near
                else f"{fault.what} {fault.mend}", near,
            )  # fmt: skip
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
