# ruff: noqa: E501 (a table of commands reads best with one row a line)
"""Every command of the window as one row of data; menus, shortcuts and the palette come from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from bomexposure.gui.icons import icon
from bomexposure.gui.theme import Theme
from bomexposure.present.words import tr

MENUS = ("&File", "&Edit", "&View", "&Lines", "&Scenario", "&Reference", "&Help")


@dataclass(frozen=True, slots=True)
class Command:
    """One act of the user.

    Attributes:
        slot: dotted path of a method from the window, such as 'files.open_workbook'; an unknown
            one fails at start-up. With `argument` the method gets that value.
        text: menu words, with "..." when a question follows.
        menu: one of MENUS, '>' before a submenu; '' for one that only a message offers.
        keys: shortcut in Qt's portable words, '' for none; two with ';'.
        needs: 'document' when it makes no sense without one, 'review' in the review list only.
        checkable: shows a tick; commands of one `choice` exclude each other.
    """

    slot: str
    text: str
    menu: str
    tip: str
    keys: str = ""
    icon: str = ""
    needs: str = ""
    argument: str = ""
    checkable: bool = False
    choice: str = ""
    break_before: bool = False

    @property
    def name(self) -> str:
        """What the rest of the window calls it by."""
        return f"{self.slot}:{self.argument}" if self.argument else self.slot


def plain(text: str) -> str:
    """Menu words without mnemonics and dots."""
    return text.replace("&", "").removesuffix("...")


def _go(place: str, text: str, number: int, tip: str, needs: str = "document") -> Command:
    return Command(
        "go", text, "&View>&Go to", tip, f"Ctrl+{number}", place, needs, argument=place
    )  # fmt: skip


COMMANDS: tuple[Command, ...] = (
    Command("files.open_workbook", "&Open...", "&File", "Read a bill of materials or a saved project", "Ctrl+O", "open"),
    Command("files.paste_table", "Paste a ta&ble", "&File", "Read a table from the clipboard", "", "paste"),
    Command("files.open_sample", "Open the samp&le", "&File", "An electric coolant pump, made for trying things out"),
    Command("go", "Check what was &read...", "&File", "Sheet, header row and column roles, with their issues", "Ctrl+Shift+I", "table", "document", argument="import"),
    Command("files.read_again", "Read the file a&gain", "&File", "Read the workbook as it is now; decisions follow their lines", "F5", "redo", "document"),
    Command("files.save", "&Save", "&File", "Save the decisions as a .bomx project", "Ctrl+S", "save", "document", break_before=True),
    Command("files.save_as", "Save &as...", "&File", "Save the decisions under another name", "Ctrl+Shift+S", "", "document"),
    Command("files.name_columns", "&Name its columns", "", "Open a file whose headers say nothing, and say what its columns hold"),
    Command("files.save_over", "Save o&ver it", "", "Save where it was saved before, whatever lies there now", "", "", "document"),
    Command("files.take_up_left", "Take &up unsaved work", "&File", "Go on with decisions that were not saved when the program ended", "", "", "document"),
    Command("exports.write", "Write the &PDF report...", "&File", "A report for the board", "Ctrl+P", "report", "document", argument="pdf", break_before=True),
    Command("exports.write", "Write the &Excel workbook...", "&File", "A workbook for the analyst", "Ctrl+Shift+E", "table", "document", argument="xlsx"),
    Command("exports.write", "Write an a&nnotated copy...", "&File", "Your own sheet as it is, with the findings in added columns", "", "columns", "document", argument="annotated"),
    Command("exports.write_changes", "Compare with another re&vision...", "&File", "What was added, removed and changed since another revision, and what that changes, as an Excel workbook", needs="document"),
    Command("exports.write", "&Questions for suppliers...", "&File>&More to write", "One workbook a supplier, with what is open", "", "", "document", argument="questions"),
    Command("exports.write", "&CSV tables...", "&File>&More to write", "One tidy table a file, in a folder", "", "", "document", argument="csv"),
    Command("exports.write", "Char&ts...", "&File>&More to write", "Every chart as SVG and PNG, in a folder", "", "", "document", argument="charts"),
    Command("exports.write", "&JSON...", "&File>&More to write", "All results as data", "", "", "document", argument="json"),
    Command("exports.export_here", "Export &this view...", "&File", "The table or chart on show, as CSV, Excel, PNG or SVG", "Ctrl+E", "export", "document"),
    Command("close", "&Quit", "&File", "Close the window", "Ctrl+Q", break_before=True),
    Command("undo", "&Undo", "&Edit", "Take the last decision back", "Ctrl+Z", "undo", "document"),
    Command("redo", "&Redo", "&Edit", "Make it again", "Ctrl+Shift+Z;Ctrl+Y", "redo", "document"),
    Command("copy_with_headers", "&Copy", "&Edit", "Copy the selected rows with their headers", "Ctrl+C", "copy", break_before=True),
    Command("copy_plain", "Copy without &headers", "&Edit", "Copy the selected rows only", "Ctrl+Shift+C"),
    Command("frame.open_menu", "&Menu of the selection", "&Edit", "What can be done with what has the keyboard", "Shift+F10", break_before=True),
    Command("frame.open_column_menu", "C&olumn of the cursor", "&Edit", "Sort by the column that the cursor is in, move it, make it wider or narrower", "Ctrl+Shift+L"),
    Command("find_here", "&Find...", "&Edit", "Go to the filter field of this place", "Ctrl+F", "search", break_before=True),
    Command("drop_filter", "Drop the &newest filter", "&Edit", "Clear the field that the cursor is in, else take the newest filter off, else close the panel where it lies over the place", "Esc"),
    Command("drop_filters", "Drop &all filters", "&Edit", "Take every filter off", "Shift+Esc"),
    _go("start", "&Start", 1, "Open a parts list, see what changes next", ""),
    _go("lines", "&Lines", 2, "Your parts with the minerals in them"),
    _go("exposure", "&Exposure", 3, "Which minerals matter most, and for how much money"),
    _go("sources", "S&ources", 4, "Who makes a mineral, and who could supply it instead"),
    _go("substitutes", "Su&bstitutes", 5, "Other materials, side by side"),
    _go("scenarios", "S&cenarios", 6, "Export controls by date, and what they would change"),
    _go("portfolio", "Port&folio", 7, "Several products ranked, and what they share", ""),
    _go("reference", "&Reference", 8, "Every mineral and figure with its source", ""),
    _go("report", "Re&port", 9, "See and write the report"),
    Command("view.back", "&Back", "&View", "The view before this one", "Alt+Left", "back"),
    Command("view.forward", "&Forward", "&View", "The view that Back came from", "Alt+Right", "forward"),
    Command("guide.show_palette", "&All commands...", "&View", "Find any command, place, mineral or line by its name", "Ctrl+K", "search"),
    Command("frame.toggle_panel", "&Detail panel", "&View", "Show or hide the panel that explains the selection", "F9", checkable=True),
    Command("frame.widen_panel", "&Wider panel", "&View", "Give the detail panel more room", "Alt+Shift+Left"),
    Command("frame.narrow_panel", "Na&rrower panel", "&View", "Give the detail panel less room", "Alt+Shift+Right"),
    Command("frame.next_pane", "&Next pane", "&View", "Rail, header, centre, panel, figures, messages in turn", "F6", break_before=True),
    Command("frame.previous_pane", "Pre&vious pane", "&View", "The same, backwards", "Shift+F6"),
    Command("appearance.set_theme", "As the &system", "&View>&Theme", "Follow the desktop's light or dark", argument="system", checkable=True, choice="theme"),
    Command("appearance.set_theme", "&Light", "&View>&Theme", "Dark ink on paper", argument="light", checkable=True, choice="theme"),
    Command("appearance.set_theme", "&Dark", "&View>&Theme", "Light ink on a dark ground", argument="dark", checkable=True, choice="theme"),
    Command("appearance.toggle_contrast", "High &contrast", "&View>&Theme", "Stronger lines and captions", checkable=True, break_before=True),
    Command("appearance.set_density", "&Comfortable rows", "&View>D&ensity", "Rows of 28 pixels", argument="comfortable", checkable=True, choice="density"),
    Command("appearance.set_density", "Com&pact rows", "&View>D&ensity", "Rows of 24 pixels", argument="compact", checkable=True, choice="density"),
    Command("appearance.zoom", "&Larger text", "&View>Te&xt size", "Text up to 200 %", "Ctrl++;Ctrl+=", argument="in"),
    Command("appearance.zoom", "&Smaller text", "&View>Te&xt size", "Text down to 90 %", "Ctrl+-", argument="out"),
    Command("appearance.zoom", "&Normal text", "&View>Te&xt size", "Text at 100 %", "Ctrl+0", argument="reset"),
    Command("review.next_line", "&Next to review", "&Lines", "The next line whose answer could move the headline", "Alt+Down", needs="document"),
    Command("review.previous_line", "&Previous to review", "&Lines", "The one before", "Alt+Up", needs="document"),
    Command("review.accept", "&Accept", "&Lines", "Agree with what the line was taken for (Enter in the review list)", "", "tick", "document", break_before=True),
    Command("lines.edit_here", "&Edit in place", "&Lines", "Write what the selected lines are, or what one piece weighs, into the cell", "F2", "pencil", "document"),
    Command("review.correct", "&Correct...", "&Lines", "Say what the line is, with a reason (C in the review list)", "", "", "document"),
    Command("review.state_contents", "What it &holds...", "&Lines", "Say which minerals the line holds or does not hold, how much, and on whose word (H in the review list)", "Shift+F2", "", "document"),
    Command("review.apply_alike", "Apply to all a&like", "&Lines", "Give every line with the same text this decision (A in the review list)", "", "", "document"),
    Command("review.take_back", "&Take the decision back", "&Lines", "Go back to what was recognised", "", "", "document"),
    Command("show_decisions", "&Decisions log", "&Lines", "Who decided what, when and why", "Ctrl+L", "clock", "document"),
    Command("lines.choose_columns", "C&olumns...", "&Lines", "Which columns are on show", "", "columns", "document", break_before=True),
    Command("lines.toggle_tree", "As a t&ree", "&Lines", "Assemblies that fold, or a flat list", "", "tree", "document", checkable=True),
    Command("lines.bom_order", "In &BOM order", "&Lines", "Back to the order of your sheet", "", "", "document"),
    Command("lines.unfold_all", "&Unfold all", "&Lines", "Open every assembly", "", "", "document"),
    Command("lines.fold_all", "&Fold all", "&Lines", "Close every assembly", "", "", "document"),
    Command("own_moves", "&Own moves...", "&Scenario", "Cut what a country supplies, buy elsewhere, set a tariff or another demand", "", "", "document"),
    Command("ask_as_of", "&As-of date...", "&Scenario", "Judge export controls on another day", "Ctrl+D", "clock", "document"),
    Command("ask_volume", "&Volume...", "&Scenario", "Products a year", "", "", "document"),
    Command("links.show_source", "&Source of this figure", "&Reference", "Open the publication's row behind the figure in focus", "F4", "link"),
    Command("go_reference", "&Browse the reference", "&Reference", "All minerals with their figures", "", "reference"),
    Command("guide.show_keys", "&Keyboard shortcuts", "&Help", "All keys on one page", "Ctrl+/", "keyboard"),
    Command("guide.show_help", "How to &read the figures", "&Help", "What each measure means and where it comes from", "F1", "info"),
    Command("guide.show_about", "&About bomexposure", "&Help", "Version, data edition and licence"),
)  # fmt: skip


class Actions:
    """The QActions of one window, built from COMMANDS and wired to the window's methods."""

    def __init__(self, window: QMainWindow, commands: tuple[Command, ...] = COMMANDS) -> None:
        self._window = window
        self._made: dict[str, QAction] = {}
        self._rows = {command.name: command for command in commands}
        groups: dict[str, QActionGroup] = {}
        for command in commands:
            action = QAction(tr(command.text), window)
            action.setObjectName(command.name)
            tip = tr(command.tip)
            if command.keys:
                sequences = [QKeySequence(keys) for keys in command.keys.split(";")]
                action.setShortcuts(sequences)
                native = sequences[0].toString(QKeySequence.SequenceFormat.NativeText)
                tip = f"{tip} ({native})"
            action.setToolTip(tip)
            action.setStatusTip(tr(command.tip))
            action.setCheckable(command.checkable)
            if command.choice:
                group = groups.setdefault(command.choice, QActionGroup(window))
                group.addAction(action)
            action.triggered.connect(_caller(_resolve(window, command.slot), command.argument))
            window.addAction(action)
            self._made[command.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def items(self) -> list[tuple[Command, QAction]]:
        """Commands with their actions, in the order of the table."""
        return [(self._rows[name], action) for name, action in self._made.items()]

    def fill_menus(self, window: QMainWindow) -> None:
        """Build the menu bar."""
        bar = window.menuBar()
        menus: dict[str, Any] = {}
        for name in MENUS:
            menus[name] = bar.addMenu(tr(name))
            menus[name].setToolTipsVisible(True)
        for command, action in self.items():
            if not command.menu:
                continue
            if command.menu not in menus:
                above, name = command.menu.split(">")
                menus[command.menu] = menus[above].addMenu(tr(name))
                menus[command.menu].setToolTipsVisible(True)
            if command.break_before:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(action)

    def enable(self, *, document: bool) -> None:
        """Switch commands that need a document."""
        for command, action in self.items():
            if command.needs:
                action.setEnabled(document)

    def restyle(self, theme: Theme) -> None:
        """Tint the icons."""
        for command, action in self.items():
            if command.icon:
                action.setIcon(icon(command.icon, theme))
                # a menu draws either an icon or a tick
                action.setIconVisibleInMenu(not command.checkable)


def _resolve(window: QMainWindow, slot: str) -> Callable[..., object]:
    """The method a slot names; AttributeError at start-up for a name that does not exist."""
    found = reduce(getattr, slot.split("."), window)
    if not callable(found):
        raise AttributeError(f"{slot} is not a method")
    return found


def _caller(method: Callable[..., object], argument: str) -> Callable[..., None]:
    def call(_checked: bool = False) -> None:
        if argument:
            method(argument)
        else:
            method()

    return call
