"""The form for what one line holds: mineral by mineral, how much, what for, and who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from bomexposure.content.stated import ABSENT, checked
from bomexposure.gui.blocks import (
    Combo,
    Tall,
    answers,
    button,
    column,
    complete,
    label,
    row,
    spread,
)
from bomexposure.gui.explain_line import line_title
from bomexposure.gui.linebook import LineBook
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Override, OwnContent
from bomexposure.model.content import COUNTING_RELATIONS, FUNCTIONS, PRESENCE
from bomexposure.model.errors import UsageError
from bomexposure.present import numbers
from bomexposure.present.glossary import FUNCTION_WORDS
from bomexposure.present.words import tr

_UNITS = {"g": ("g", 1.0), "mg": ("g", 1e-3), "µg": ("g", 1e-6), "μg": ("g", 1e-6),
          "ug": ("g", 1e-6), "kg": ("g", 1e3), "%": ("%", 1.0), "ppm": ("%", 1e-4)}  # fmt: skip
"""Units that an amount can be written in: what it is kept in, and how much of that one is."""
_BETWEEN = re.compile(r"\s*(?:–|—|-|…|\.\.\.?|\bto\b)\s*")


def amount(words: str, name: str) -> tuple[tuple[float, float, float] | None, str]:
    """((low, typical, high) or None for nothing written, 'g' or '%') of an amount in one piece.

    One number is exact, two are low and high with the middle between them, three a range as it is.
    Raises UsageError.

    >>> amount("250 mg", "Gallium"), amount("1 - 3 %", "Gallium")
    (((0.25, 0.25, 0.25), 'g'), ((1.0, 2.0, 3.0), '%'))
    """
    text = words.strip()
    if not text:
        return None, "g"
    unit = next((one for one in sorted(_UNITS, key=len, reverse=True)
                 if text.casefold().endswith(one)), "")  # fmt: skip
    body = text[: len(text) - len(unit)].strip() if unit else text
    try:
        ends = [numbers.read(one) for one in _BETWEEN.split(body)]
    except ValueError:
        ends = []
    if not 1 <= len(ends) <= 3 or not unit:
        raise UsageError(
            tr("{name}: “{words}” is no amount.", name=name, words=words),
            "Write it as 3 g, 250 mg, 1 – 2 – 3 g or 1.5 %.",
        )
    low, high = ends[0], ends[-1]
    typical = ends[1] if len(ends) == 3 else (low + high) / 2
    kept, factor = _UNITS[unit]
    return (low * factor, typical * factor, high * factor), kept


@dataclass(slots=True)
class _Row:
    """The widgets of one mineral; `mineral` is '' while the user has yet to name it."""

    mineral: str
    name: QLineEdit | QLabel
    presence: QComboBox
    function: QComboBox
    amount: QLineEdit


class ContentForm(QDialog):
    """What a line holds, in place of what was recognised in it; empty fields leave that as it is.

    `answer` is what was decided, None while the form is open or when nothing was said.
    """

    def __init__(
        self, parent: QWidget, analysis: Analysis, book: LineBook, line: int,
        before: Override | None = None, chosen: int = 1,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(tr("What the line holds"))
        spread(self, parent, 900, 460)
        self._before = before
        self.answer: Override | None = None
        supply = analysis.reference.supply
        heads = supply[supply["headline"]].drop_duplicates("mineral")
        self._ids = {numbers.mineral_name(one).casefold(): str(one) for one in heads["mineral"]}
        self._names = sorted(numbers.mineral_name(one) for one in heads["mineral"])
        symbols = zip(heads["symbol"], heads["mineral"], strict=True)
        self._symbols = {str(symbol): str(one) for symbol, one in symbols if symbol}
        self.rows: list[_Row] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setContentsMargins(2, 2, 2, 2)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(3, 2)
        for at, words in enumerate(
            ("Mineral", "Does the line hold it?", "What for", "How much in one piece")
        ):
            self._grid.addWidget(label(words, "caption"), 0, at)
        inside = Tall()
        inside.setLayout(column(self._grid, None, margins=(0, 0, 6, 0)))
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("Minerals of the line"))
        self._area = area
        self.who, self.document = QLineEdit(), QLineEdit()
        for field, words, hint in (
            (self.who, "Who says so", "Such as the supplier, or you"),
            (self.document, "Document or reason", "Such as: material declaration of 4 May 2026"),
        ):
            field.setPlaceholderText(tr(hint))
            field.setAccessibleName(tr(words))
            field.textChanged.connect(lambda _text: self.judge())
        lines = book.lines
        makers = [str(lines[role].iat[line]) for role in ("supplier", "manufacturer")]
        complete(self.who, dict.fromkeys(one for one in makers if one))
        self.alike = QCheckBox()
        prints = lines["fingerprint"]
        same = int(((prints == prints.iat[line]).to_numpy() & book.counted).sum())
        self.alike.setText(tr("Apply to all {same} lines with the same text", same=same))
        self.alike.setVisible(same > 1 and bool(prints.iat[line]))
        self.alike.setChecked(before is not None and not before.line_id)
        self.fault = label("", "warn", wrap=True)
        self.buttons, self.act = answers(self, "Set what it holds")
        more = button("Add a mineral", self.add_blank)
        title = line_title(book, line)
        if chosen > 1:
            title += tr(" and {other_lines}", other_lines=numbers.count(chosen - 1, "other line"))
        self.setLayout(
            column(
                label(title, "heading", wrap=True),
                label("What stays empty stays as it was recognised.", "caption", wrap=True),
                area, row(more, None),
                row(column(label("Who says so", "caption"), self.who, gap=3),
                    column(label("Document or reason", "caption"), self.document, gap=3), gap=12),
                self.alike, self.fault, self.buttons, gap=10, margins=(20, 18, 20, 16),
            )
        )  # fmt: skip
        self._fill(analysis, line)
        self.judge()

    # --- rows -------------------------------------------------------------------------------

    def _fill(self, analysis: Analysis, line: int) -> None:
        table = analysis.contents.contents
        values = table["line"].to_numpy()
        part = table.iloc[
            np.searchsorted(values, line) : np.searchsorted(values, line, side="right")
        ]
        part = part[part["relation"].isin(COUNTING_RELATIONS)].sort_values(
            ["presence", "mass_mg_typical"], ascending=False, kind="stable"
        )
        pieces = float(analysis.bom.lines["quantity_total"].to_numpy(np.float64)[line])
        said = {one.mineral: one for one in (self._before.contents if self._before else ())}
        seen: set[str] = set()
        for one in part.to_dict("records"):
            mineral = str(one["mineral"])
            if mineral in seen:
                continue
            seen.add(mineral)
            masses = [float(one[f"mass_mg_{end}"]) / 1000 for end in ("low", "typical", "high")]
            known = pieces > 0 and numbers.known(masses[1])
            self._add(
                mineral, said.get(mineral), str(one["presence"]), str(one["function"]),
                numbers.mass_low_typical_high(*(mass / pieces for mass in masses))
                if known else numbers.UNKNOWN,
            )  # fmt: skip
        for mineral, content in said.items():
            if mineral not in seen:
                self._add(mineral, content, "", "", "")
        if not self.rows:
            self.add_blank()

    def add_blank(self) -> None:
        """One more row, for a mineral that was not recognised; the keys go to it."""
        self._add("", None, "", "", "").name.setFocus()

    def _add(
        self, mineral: str, said: OwnContent | None, presence: str, function: str, mass: str
    ) -> _Row:
        name = numbers.mineral_name(mineral) if mineral else tr("new mineral")
        made = _Row(mineral, QLabel(name), Combo(), Combo(), QLineEdit())
        if not mineral:
            field = QLineEdit()
            field.setPlaceholderText(tr("name or symbol"))
            field.setAccessibleName(tr("Mineral"))
            complete(field, self._names)
            field.textChanged.connect(lambda _text: self.judge())
            made.name = field
        as_is = tr("as recognised")
        made.presence.addItem(f"{as_is}: {presence}" if presence and said is None else as_is, "")
        for one in reversed(PRESENCE):
            made.presence.addItem(one, one)
        made.presence.addItem(tr("holds none"), ABSENT)
        words = FUNCTION_WORDS.get(function, function)
        made.function.addItem(f"{as_is}: {words}" if words and said is None else as_is, "")
        for one in reversed(FUNCTIONS):
            made.function.addItem(FUNCTION_WORDS[one], one)
        for box, letters in ((made.presence, 20), (made.function, 26)):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(letters)
        made.amount.setMinimumWidth(190)
        made.amount.setPlaceholderText(mass or tr("such as 3 g or 1.5 %"))
        if said is not None:
            made.presence.setCurrentIndex(max(0, made.presence.findData(said.presence)))
            made.function.setCurrentIndex(max(0, made.function.findData(said.function)))
            made.amount.setText(_written(said))
        at = self._grid.rowCount()
        for place, (widget, what) in enumerate((
            (made.name, ""), (made.presence, "does the line hold it"),
            (made.function, "what for"), (made.amount, "how much in one piece"),
        )):  # fmt: skip
            if what:
                widget.setAccessibleName(f"{name}: {tr(what)}")
            self._grid.addWidget(widget, at, place)
        made.presence.currentIndexChanged.connect(lambda _at: self.judge())
        made.function.currentIndexChanged.connect(lambda _at: self.judge())
        made.amount.textChanged.connect(lambda _text: self.judge())
        self.rows.append(made)
        return made

    # --- what it says -----------------------------------------------------------------------

    def _content(self, one: _Row) -> OwnContent | None:
        mineral, name = one.mineral, one.name.text().strip()
        presence, function = str(one.presence.currentData()), str(one.function.currentData())
        ends, unit = amount(one.amount.text(), name or tr("A mineral"))
        if not mineral:
            if not name and not (presence or function or ends):
                return None
            mineral = self._symbols.get(name, "") or self._ids.get(name.casefold(), "")
            if not mineral:
                raise UsageError(
                    tr("“{name}” is no mineral on record.", name=name), "Choose one from the list."
                )
            presence = presence or ("certain" if ends is None else "")
        if not (presence or function or ends):
            return None
        low, typical, high = ends or (None, None, None)
        return checked(OwnContent(mineral, presence, function, low, typical, high, unit), name)

    def told(self) -> tuple[OwnContent, ...]:
        """What the form says of single minerals. Raises UsageError for the first fault."""
        made = [content for one in self.rows if (content := self._content(one)) is not None]
        twice = {one.mineral for one in made}
        if len(twice) < len(made):
            raise UsageError("A mineral stands in two rows.", "Keep one of them.")
        percent = sum(one.low for one in made if one.unit == "%" and one.low is not None)
        if percent > 100:
            raise UsageError(
                tr("Together that is {percent} % of the part.", percent=numbers.figure(percent)),
                "Give percent of the mass of the part.",
            )
        return tuple(made)

    def judge(self) -> None:
        """Say what is missing or wrong; OK waits until nothing is."""
        ready, words = False, ""
        try:
            told = self.told()
        except UsageError as fault:
            words = f"{fault.what} {fault.mend}"
        else:
            before = self._before.contents if self._before is not None else ()
            if told != before:
                ready = bool(self.who.text().strip() or self.document.text().strip())
                words = "" if ready else tr("Say who says so, or why: it stands in the log.")
        self.fault.setText(words)
        self.act.setEnabled(ready)

    def accept(self) -> None:
        """Keep what was said as the answer."""
        who, document = self.who.text().strip(), self.document.text().strip()
        reason = ", ".join(part for part in (f"declared by {who}" if who else "", document) if part)
        self.answer = replace(
            Override(fingerprint="*" if self.alike.isChecked() else ""),
            contents=self.told(), reason=reason,
        )  # fmt: skip
        super().accept()


def _written(one: OwnContent) -> str:
    """An amount as it is written into the form."""
    if one.low is None or one.typical is None or one.high is None:
        return ""
    ends = (one.typical,) if one.low == one.high else (one.low, one.typical, one.high)
    decimal = numbers.marks().decimal
    # never with an exponent: its minus would read as "to"
    plain = [np.format_float_positional(end, precision=12, trim="-") for end in ends]
    return f"{' – '.join(plain)} {one.unit}".replace(".", decimal)
