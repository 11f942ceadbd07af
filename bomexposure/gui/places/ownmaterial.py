"""The form for a material of the user's own: name, source, composition, checked while typing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from bomexposure.gui.blocks import Combo, answers, button, column, complete, label, row, spread
from bomexposure.gui.context import Context
from bomexposure.gui.spectable import Index
from bomexposure.model.choices import OwnMaterial, OwnPart
from bomexposure.model.errors import UsageError
from bomexposure.model.project import Project
from bomexposure.model.supply import Reference
from bomexposure.present import numbers
from bomexposure.present.words import tr
from bomexposure.project import edits
from bomexposure.reference.own_materials import (
    checked,
    families,
    material_id,
    with_own_materials,
)

HEADS = ("Mineral or symbol", "Low, %", "Typical, %", "High, %")
FIRST_ROWS = 6


class _Completing(QStyledItemDelegate):
    """Offers the names of minerals while the first column is typed in."""

    def __init__(self, names: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._names = names

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        field = QLineEdit(parent)
        if index.column() == 0:
            complete(field, self._names)
        return field


class OwnMaterialDialog(QDialog):
    """`material` is what was made, None until it is valid and kept."""

    def __init__(
        self, parent: QWidget, reference: Reference, before: OwnMaterial | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(
            tr("Own material")
            if before is None
            else tr("Own material: {before}", before=before.name)
        )
        spread(self, parent, 620, 560)
        self._reference, self._before = reference, before
        self.material: OwnMaterial | None = None
        self.name, self.source, self.density = QLineEdit(), QLineEdit(), QLineEdit()
        self.designations = QLineEdit()
        self.name.setPlaceholderText(tr("As your lines call it, such as N42SH low-Dy, supplier X"))
        self.source.setPlaceholderText(
            tr("Who says so: certificate 3.1 of 4 May 2026, data sheet …")
        )
        self.density.setPlaceholderText(tr("g/cm³, empty if unknown"))
        self.designations.setPlaceholderText(tr("Exact words in your lines, separated by ;"))
        self.family = Combo()
        self.family.addItem("none: every element counts as working", "")
        for one in families(reference.knowledge):
            self.family.addItem(one, one)
        form = QFormLayout()
        form.setSpacing(8)
        for words, field, tip in (
            ("&Name", self.name, "Shown wherever the material stands"),
            ("&Source", self.source, "Stands behind every figure of this material"),
            ("&Family", self.family, "Gives the elements the roles and forms usual in it"),
            ("&Density", self.density, "For masses from dimensions"),
            ("&Designations", self.designations, "A line that states one is taken for it"),
        ):
            field.setToolTip(tip)
            field.setAccessibleName(words.replace("&", ""))
            form.addRow(words, field)
        self.table = QTableWidget(0, len(HEADS))
        self.table.setHorizontalHeaderLabels(list(HEADS))
        self.table.setAccessibleName(tr("Composition, percent of mass"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultSectionSize(self.fontMetrics().horizontalAdvance(HEADS[2]) + 36)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place in range(len(HEADS)):
            side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
            named = self.table.horizontalHeaderItem(place)
            if named is not None:
                named.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        heads = reference.supply[reference.supply["headline"]]
        names = [numbers.mineral_name(one) for one in heads["mineral"]]
        names += [str(one) for one in heads["symbol"] if one]
        self.table.setItemDelegate(_Completing(sorted(set(names)), self.table))
        self.total = label("", "caption")
        self.fault = label("", "warn", wrap=True)
        self.buttons, self.act = answers(self, "Keep the material")
        paste = button("Paste", self.paste, tip="Rows of symbol and percent from a sheet")
        more = button("Add a row", lambda: self._add_row())
        self.setLayout(
            column(
                form,
                label("Composition, percent of mass. Low and high may stay empty.", "caption"),
                self.table, row(more, paste, None, self.total), self.fault, self.buttons,
                gap=10, margins=(20, 18, 20, 16),
            )
        )  # fmt: skip
        self._fill(before)
        self.table.itemChanged.connect(lambda _item: self.judge())
        for field in (self.name, self.source, self.density, self.designations):
            field.textChanged.connect(lambda _text: self.judge())
        self.judge()

    def _fill(self, before: OwnMaterial | None) -> None:
        parts = before.parts if before is not None else ()
        if before is not None:
            self.name.setText(before.name)
            self.source.setText(before.source)
            self.designations.setText("; ".join(before.designations))
            self.family.setCurrentIndex(max(0, self.family.findData(before.family)))
            if before.density_g_cm3 is not None:
                self.density.setText(f"{before.density_g_cm3:g}")
        for one in parts:
            self._add_row(one.mineral, *(f"{end:g}" for end in (one.low, one.typical, one.high)))
        for _ in range(max(1, FIRST_ROWS - len(parts))):
            self._add_row()

    def _add_row(self, *texts: str) -> None:
        at = self.table.rowCount()
        self.table.insertRow(at)
        for place in range(len(HEADS)):
            self.table.setItem(at, place, _cell(texts[place] if place < len(texts) else "", place))

    def paste(self) -> None:
        """Rows from the clipboard: symbol and one, two or three percentages."""
        for line in QGuiApplication.clipboard().text().splitlines():
            cells = [one.strip() for one in line.replace(";", "\t").split("\t") if one.strip()]
            if len(cells) < 2:
                continue
            ends = cells[1:4]
            texts = {1: ("", ends[0], ""), 2: (ends[0], "", ends[-1])}.get(len(ends), tuple(ends))
            free = next((n for n in range(self.table.rowCount()) if not self._text(n, 0)), -1)
            if free < 0:
                self._add_row(cells[0], *texts)
                continue
            for place, words in enumerate((cells[0], *texts)):
                self.table.setItem(free, place, _cell(words, place))
        self.judge()

    def keyPressEvent(self, event: object) -> None:
        if hasattr(event, "matches") and event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    # --- what it says -----------------------------------------------------------------------

    def _text(self, at: int, place: int) -> str:
        item = self.table.item(at, place)
        return item.text().strip() if item is not None else ""

    def _part(self, at: int) -> OwnPart | None:
        name = self._text(at, 0)
        texts = [self._text(at, place) for place in (1, 2, 3)]
        if not name and not any(texts):
            return None
        if not name:
            raise UsageError(
                tr("Row {number} has no mineral.", number=at + 1), "Write its name or symbol."
            )
        ends = [_percent(text, name) for text in texts]
        low, typical, high = ends
        if typical is None and low is not None and high is not None:
            typical = (low + high) / 2
        known = next((one for one in (typical, high, low) if one is not None), None)
        if known is None:
            raise UsageError(tr("{name} has no percentage.", name=name), "Give percent of mass.")
        typical = known if typical is None else typical
        return OwnPart(
            name, typical if low is None else low, typical, typical if high is None else high
        )

    def told(self) -> OwnMaterial:
        """What the form says, checked. Raises UsageError for the first fault."""
        parts = [self._part(at) for at in range(self.table.rowCount())]
        taken = self._reference.knowledge.subjects["id"].tolist()
        name = self.name.text().strip()
        dense = self.density.text().strip()
        made = OwnMaterial(
            self._before.id if self._before is not None else material_id(name, taken),
            name, tuple(one for one in parts if one is not None), self.source.text(),
            str(self.family.currentData() or ""), _percent(dense, "Density") if dense else None,
            designations=tuple(self.designations.text().split(";")),
        )  # fmt: skip
        if self._before is not None:
            made = replace(made, reach=self._before.reach)
        return checked(made, self._reference)

    def judge(self) -> None:
        """Say what is missing or wrong; Save waits until nothing is."""
        try:
            made = self.told()
        except UsageError as fault:
            self.fault.setText(f"{fault.what} {fault.mend}")
            self.total.setText("")
            ready = False
        else:
            total = sum(one.typical for one in made.parts)
            self.total.setText(
                tr(
                    "{elements}, together {total} %",
                    elements=numbers.count(len(made.parts), "element"),
                    total=numbers.figure(total),
                )
            )
            self.fault.setText("")
            ready = True
        self.act.setEnabled(ready)

    def accept(self) -> None:
        """Close with the material that the form says."""
        self.material = self.told()
        super().accept()


def _cell(words: str, place: int) -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    if place:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


def _percent(text: str, name: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        raise UsageError(
            tr("{name}: “{text}” is not a number.", name=name, text=text), "Write it like 2.5."
        ) from None


class OwnMaterials(QObject):
    """Adds, changes and takes away own materials of the project, each as one undo step."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._window = context, parent
        self._kept = ""

    def take_kept(self) -> str:
        """The material that was kept last, once: to be shown to who made it."""
        kept, self._kept = self._kept, ""
        return kept

    def edit(self, material: str = "") -> None:
        """Ask for a new material, or for changes to one."""
        reference = self._context.analyst.reference
        if reference is None:
            return
        own = self._context.document.project.choices.own_materials
        before = next((one for one in own if one.id == material), None)
        dialog = OwnMaterialDialog(self._window, with_own_materials(reference, own), before)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.keep(dialog.material))
        dialog.open()

    def keep(self, material: OwnMaterial | None) -> None:
        """Put a checked material into the project."""
        if material is not None:
            self._kept = material.id
            after = edits.keep_material(self._context.document.project, material)
            self._push(tr("Own material {material}", material=material.name), after)

    def drop(self, material: str) -> None:
        """Take one away, with the decisions that name it."""
        after = edits.drop_material(self._context.document.project, material)
        self._push(tr("Take {material} away", material=material), after)

    def _push(self, text: str, after: Project) -> None:
        self._context.document.edit(text, after)
        self._context.messages.can_undo(text)
