"""Small questions: what a line is, another as-of date, the volume."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLineEdit,
    QWidget,
)

from bomexposure.gui.blocks import column, label
from bomexposure.gui.explain_line import line_title
from bomexposure.gui.linebook import LineBook
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Override


def _dialog(parent: QWidget, title: str) -> tuple[QDialog, QDialogButtonBox]:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    buttons = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
    )
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return dialog, buttons


class CorrectDialog(QDialog):
    """Which class or material a line is, with completion over all that are known."""

    def __init__(self, parent: QWidget, analysis: Analysis, book: LineBook, line: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("Correct a line")
        subjects = analysis.reference.knowledge.subjects
        self._ids = {
            f"{name}  ·  {key}": (key, str(kind))
            for key, name, kind in zip(
                subjects["id"], subjects["name"], subjects["kind"], strict=True
            )
        }
        self.field = QLineEdit()
        self.field.setPlaceholderText(
            "Type a material or a kind of part, such as NdFeB or AlSi10Mg"
        )
        self.field.setMinimumWidth(460)
        completer = QCompleter(sorted(self._ids), self.field)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        suggestions = str(analysis.contents.recognitions["suggestions"].iat[line])
        self._known = {key: words for words, (key, _kind) in self._ids.items()}
        first = next((self._known[s] for s in suggestions.split(";") if s in self._known), "")
        self.none = QCheckBox("It holds no critical mineral")
        self.mass = QDoubleSpinBox()
        self.mass.setRange(0, 1e9)
        self.mass.setDecimals(4)
        self.mass.setSuffix(" g for one piece")
        self.mass.setSpecialValueText("mass as it is")
        self.alike = QCheckBox("Apply to all lines with the same text")
        self.why = QLineEdit()
        self.why.setPlaceholderText("Why (kept in the decisions log)")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        title = label(line_title(book, line), "heading", wrap=True)
        hint = label(f"Nearest: {first}" if first else "", "caption", wrap=True)
        hint.setVisible(bool(first))
        self.setLayout(
            column(
                title, label("What is it?", "caption"), self.field, hint, self.none,
                label("Mass", "caption"), self.mass, self.alike, self.why, 6, self.buttons,
                gap=7, margins=(20, 18, 20, 16),
            )
        )  # fmt: skip

    def answer(self) -> Override | None:
        """The decision, None when nothing was said; '*' asks for all alike."""
        text = self.field.text().strip()
        key, kind = self._ids.get(text, ("", ""))
        if not key and text:
            wanted = text.casefold()
            found = [
                value for words, value in sorted(self._ids.items()) if wanted in words.casefold()
            ]
            key, kind = found[0] if found else ("", "")
        mass = self.mass.value() or None
        if not (key or self.none.isChecked() or mass):
            return None
        return Override(
            fingerprint="*" if self.alike.isChecked() else "",
            component_class=key if kind == "class" else "",
            materials=(key,) if kind == "material" else (),
            mass_g=mass,
            no_critical_minerals=self.none.isChecked() and not key,
            reason=self.why.text().strip(),
        )


def ask_correction(
    parent: QWidget, analysis: Analysis, book: LineBook, line: int
) -> Override | None:
    """Ask what a line is; None when the user thinks again."""
    dialog = CorrectDialog(parent, analysis, book, line)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    answer = dialog.answer() if accepted else None
    dialog.deleteLater()
    return answer


def ask_day(parent: QWidget, now: date) -> date | None:
    """Ask for the as-of date."""
    dialog, buttons = _dialog(parent, "As-of date")
    field = QDateEdit(QDate(now.year, now.month, now.day))
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMM yyyy")
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
    dialog, buttons = _dialog(parent, "Volume")
    field = QDoubleSpinBox()
    field.setRange(0, 1e12)
    field.setDecimals(0)
    field.setGroupSeparatorShown(True)
    field.setSpecialValueText("unknown")
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
