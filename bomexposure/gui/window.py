"""The window: document, places, commands and frame, and the wiring between them."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

from bomexposure.gui import asking
from bomexposure.gui.actions import COMMANDS, Actions, Command
from bomexposure.gui.appearance import Appearance
from bomexposure.gui.context import Context
from bomexposure.gui.document import Document
from bomexposure.gui.explain import page_for
from bomexposure.gui.exports import Exports
from bomexposure.gui.files import Files
from bomexposure.gui.frame import Frame
from bomexposure.gui.guide import Guide
from bomexposure.gui.linebook import LineBook
from bomexposure.gui.links import Links
from bomexposure.gui.looks import Looks
from bomexposure.gui.messages import Messages
from bomexposure.gui.places.base import Place
from bomexposure.gui.places.lines import LinesPlace
from bomexposure.gui.places.portfolio import PortfolioPlace
from bomexposure.gui.places.registry import PLACE_CLASSES
from bomexposure.gui.places.report import ReportPlace
from bomexposure.gui.places.scenarios import ScenariosPlace
from bomexposure.gui.places.start import StartPlace
from bomexposure.gui.rail import FREE
from bomexposure.gui.reading import doubt, first_words, with_remembered
from bomexposure.gui.review import Review
from bomexposure.gui.viewstate import PLACES, Subject, View, ViewState
from bomexposure.gui.work import Analyst
from bomexposure.intake import mapping
from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Choices, Override
from bomexposure.model.errors import BomExposureError, NoTable
from bomexposure.model.project import Project
from bomexposure.present import numbers
from bomexposure.present.words import tr
from bomexposure.project import edits

PAGE_AFTER_MS = 30
"""The panel's page follows the table: what is pressed meanwhile is answered first."""


class MainWindow(QMainWindow):
    """One window, one document."""

    def __init__(
        self,
        settings: QSettings,
        *,
        messages: Messages | None = None,
        analyst: Analyst | None = None,
        document: Document | None = None,
        data_folder: Path | None = None,
    ) -> None:
        # a window takes the fonts that the application has when it is made
        self.looks = Looks()
        self.appearance = Appearance(self.looks, settings)
        self.appearance.restore()
        super().__init__()
        self.looks.setParent(self)
        self.settings = settings
        self.messages = messages or Messages(self)
        self.document = document or Document(Project(choices=Choices(as_of=date.today())), self)
        self.analyst = analyst or Analyst(self.document, self)
        self.document.setParent(self)
        self.analyst.setParent(self)
        self.view = ViewState(self)
        data = mapping.folder(data_folder)
        self.files = Files(self.document, self.analyst, self.messages, settings, data)
        self.exports = Exports(
            self.document, self.analyst, self.messages, settings, lambda: self.place
        )
        self.context = Context(
            self.document, self.view, self.looks, self.messages, self.analyst, settings,
            lambda name: self.actions_[name], self.exports.write_one, data,
            lambda line, answer: self.review.edit_cells(line, answer),
            lambda line: self.review.alike(line),
        )  # fmt: skip
        self.analyst.before_opening = partial(with_remembered, home=data)
        self.review = Review(
            self.document, self.messages, lambda: self.lines.selected_lines(),
            self._review_line, self._ask_correction, self._ask_contents,
        )  # fmt: skip
        # places take actions when a button is pressed, but Start wires its own at once
        self.places: dict[str, Place] = {}
        self._stale: set[str] = set()
        self._laid_out: set[str] = set()
        self._page_due = True
        self._page_waits = False
        self._settling = False
        self._lines_made: LinesPlace | None = None
        self._names = tuple(name for name in PLACES if name in PLACE_CLASSES)
        with self.looks.held():
            self.frame = Frame(self.looks, self._names)
            self.strip, self.rail, self.panel = self.frame.strip, self.frame.rail, self.frame.panel
            self.message_strip = self.frame.message_strip
            self.links = Links(self.context, self.frame, self.places, lambda: self.lines)
            self.guide = Guide(self, self.context, lambda: self.actions_)
            self.actions_ = Actions(self, self._commands())
            self._build()
        self._wire()
        self.appearance.restore_window(self, self.frame.splitter)
        self.analyst.fetch_reference()

    # --- building ---------------------------------------------------------------------------

    @staticmethod
    def _commands() -> tuple[Command, ...]:
        return tuple(c for c in COMMANDS if c.slot != "go" or c.argument in PLACE_CLASSES)

    @property
    def lines(self) -> LinesPlace:
        """The Lines place, which review and copy act on; made when first asked for."""
        if self._lines_made is None:
            self._lines_made = LinesPlace(self.context)
        return self._lines_made

    def _build(self) -> None:
        self.setWindowTitle(tr("bomexposure"))
        self.setMinimumSize(1100, 700)
        self.setAcceptDrops(True)
        self.actions_.fill_menus(self)
        # the import view has no button in the rail: opening goes straight through
        for name in (*self._names, "import"):
            made = self.lines if name == "lines" else PLACE_CLASSES[name](self.context)
            self.places[name] = made
            self.frame.add(made)
        start = self.places["start"]
        if isinstance(start, StartPlace):
            start.give(self.files)
        report = self.places["report"]
        if isinstance(report, ReportPlace):
            report.wanted.connect(self.exports.write_all)
        self.setCentralWidget(self.frame)

    def _wire(self) -> None:
        self.rail.chosen.connect(self.view.go)
        self.strip.chosen.connect(self.links.open_tile)
        self.view.changed.connect(self._follow_view)
        self.messages.said.connect(self.message_strip.show_message)
        self.message_strip.acted.connect(lambda name: self.actions_[name].trigger())
        self.document.analysis_changed.connect(self._show_analysis)
        self.document.saved_changed.connect(self._show_state)
        self.document.undo_stack.indexChanged.connect(
            lambda _at: self.message_strip.forget("undo", "redo")
        )
        self.document.undo_stack.undoTextChanged.connect(self._name_undo)
        self.document.undo_stack.redoTextChanged.connect(self._name_undo)
        self.analyst.opened.connect(self._opened)
        self.files.several.connect(self._compare)
        self.analyst.failed.connect(self._failed)
        box = self.frame.progress
        for jobs in (self.analyst.jobs, self.analyst.writing):
            jobs.started.connect(self._work_started)
            jobs.progressed.connect(box.step)
            jobs.idle.connect(self._work_ended)
        self.analyst.jobs.cancelled.connect(
            lambda: self.messages.say("Stopped. What was shown before stays.", "info")
        )
        self.analyst.writing.cancelled.connect(
            lambda: self.messages.say(tr("Stopped. No file is left half written."), "info")
        )
        self.analyst.writing.failed.connect(self.messages.fault)
        self.exports.may_close.connect(self.close)
        box.cancelled.connect(self.analyst.jobs.cancel)
        box.cancelled.connect(self.analyst.writing.cancel)
        self.panel.linked.connect(self.links.follow)
        self.frame.panel_wanted_changed.connect(self.actions_["frame.toggle_panel"].setChecked)
        self.frame.panel_shown.connect(self._explain_when_due)
        self.looks.changed.connect(self._restyle)
        self._restyle()
        self._show_analysis(None)
        self._follow_view(self.view.view, self.view.view)

    # --- what is shown ----------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """The place on show."""
        return self.places[self.view.view.place]

    def _show_analysis(self, analysis: Analysis | None) -> None:
        showing = self.document.showing
        there = analysis is not None
        self.strip.show_tiles(showing.tiles if showing is not None else ())
        self.rail.set_document(there)
        self.actions_.enable(document=there)
        for name in FREE:
            if f"go:{name}" in {command.name for command, _ in self.actions_.items()}:
                self.actions_[f"go:{name}"].setEnabled(True)
        self._name_undo()
        # a place is laid out when it is entered: eight at once would hold the window up
        self._stale = set(self.places)
        self._freshen(self.view.view.place)
        if self._lines_made is not None and analysis is None:
            self._freshen("lines")
        if analysis is None or self.document.analysis_is_large:
            QTimer.singleShot(PAGE_AFTER_MS, self, self._let_go)
        self._show_state()
        if there:
            # the page takes as long as all the rest: it gets a turn of the event loop of its own
            self._page_due = True
            QTimer.singleShot(PAGE_AFTER_MS, self, self._explain_unless_settling)

    def _freshen(self, name: str) -> None:
        """Give a place the analysis of now, if it has not got it yet."""
        if name in self._stale:
            self._stale.discard(name)
            self.places[name].show_analysis(self.document.analysis, self.document.book)
            (self._laid_out.add if self.document.analysis else self._laid_out.discard)(name)

    def _let_go(self) -> None:
        """Places that are not on show drop the answer of before, one in a turn.

        They are laid out when they are entered; until then they would keep it in memory.
        """
        name = next(iter(sorted(self._laid_out & self._stale)), "")
        if name:
            self._laid_out.discard(name)
            self.places[name].show_analysis(None, None)
            QTimer.singleShot(PAGE_AFTER_MS, self, self._let_go)

    def _compare(self, paths: list[Path]) -> None:
        """Several files: side by side in the portfolio."""
        self.go("portfolio")
        if isinstance(self.place, PortfolioPlace):
            self.place.add(paths)

    def _opened(self) -> None:
        """A document was opened: show its lines, and remember it."""
        analysis = self.document.analysis
        # columns that the user set or confirmed are not asked about again
        asked = analysis is not None and not analysis.choices.reading.columns
        reason = doubt(analysis.bom) if analysis is not None and asked else ""
        if self.files.naming:
            self.files.naming = False
            reason = tr("No header was recognised: say what each column holds.")
        self._page_waits = True
        self.view.restart("import" if reason else "lines")
        self._page_waits = False
        self.files.remember()
        told = self.files.finish_opening()
        if analysis is not None and not told:
            self.messages.say(*first_words(analysis, reason))
        if reason:
            self.frame.show_panel(not self.frame.narrow or self.frame.panel_wanted)
            self.frame.to_centre()
            return
        # in a turn of its own, so that the window answers in between
        self._settling = True
        QTimer.singleShot(0, self.lines.table, self._settle_in)

    def _settle_in(self) -> None:
        """The keys go to the table; the panel says what matters most in the whole of it."""
        self._page_waits = True
        if self.place is self.lines:
            self.lines.table.setFocus()
        if not self.frame.narrow:
            self.frame.show_panel(True)
        self._page_waits = self._settling = False
        QTimer.singleShot(PAGE_AFTER_MS, self, self._explain_when_due)

    def _failed(self, fault: Exception) -> None:
        """Say it; a way of reading that does not work is taken back, so that nothing is lost."""
        analysis = self.document.analysis
        if isinstance(fault, NoTable) and fault.column:
            self.files.offer_naming(fault)
        else:
            self.messages.fault(fault)
        if (
            isinstance(fault, BomExposureError)
            and analysis is not None
            and analysis.choices.reading != self.document.project.choices.reading
        ):
            self.document.withdraw()

    def _follow_view(self, before: View, after: View) -> None:
        if after.place not in self.places:
            return
        place, keys = self.places[after.place], self.frame.keyboard_in()
        self.frame.show_place(place)
        self._freshen(after.place)
        place.show_view(after)
        self.actions_["view.back"].setEnabled(self.view.can_go_back)
        self.actions_["view.forward"].setEnabled(self.view.can_go_forward)
        self.actions_["drop_filters"].setEnabled(bool(after.filters))
        if after.subject != before.subject or (self._page_due and self.frame.panel_wanted):
            self._explain(after)
            if after.subject is not None:
                self.frame.show_panel(True)
        if after.place != before.place and after.place == "start":
            start = self.places["start"]
            if isinstance(start, StartPlace):
                start.show_recent()
        self.frame.place_panel()
        if not self._page_waits:  # after opening the table gets it in a turn of its own
            self.frame.keep_keyboard(keys, moved=after.place != before.place)

    def _explain(self, view: View) -> None:
        """Write the panel's page; while the panel is hidden, when it next comes on show."""
        wanted = self.frame.panel_wanted and self.frame.panel_has_room
        self._page_due = self._page_waits or not wanted
        if self._page_due:
            return
        self.panel.show_page(page_for(self.context, view.subject))

    def _explain_when_due(self) -> None:
        if self._page_due:
            self._explain(self.view.view)

    def _explain_unless_settling(self) -> None:
        if not self._settling:  # else it comes after that
            self._explain_when_due()

    def _show_state(self) -> None:
        project = self.document.project
        words = []
        if project.workbook:
            path = self.document.path
            if self.document.dirty:
                words.append(tr("Not saved"))
            elif path is not None:
                words.append(tr("Saved in {path}", path=path.name))
            decided = len(project.choices.overrides)
            if decided:
                words.append(numbers.count(decided, "decision"))
            name = path.stem if path is not None else Path(project.workbook).name
            star = "*" if self.document.dirty else ""
            self.setWindowTitle(tr("{name}{star} — bomexposure", name=name, star=star))
        else:
            words.append(tr("No network is used"))
            self.setWindowTitle(tr("bomexposure"))
        self.message_strip.state(" · ".join(words))

    def _name_undo(self) -> None:
        stack = self.document.undo_stack
        for name, word, text, can in (
            ("undo", tr("&Undo"), stack.undoText(), stack.canUndo()),
            ("redo", tr("&Redo"), stack.redoText(), stack.canRedo()),
        ):
            action = self.actions_[name]
            action.setText(f"{word} {text[:1].lower()}{text[1:]}" if text else word)
            action.setEnabled(can)

    # --- commands ---------------------------------------------------------------------------

    def go(self, place: str) -> None:
        """Show a place."""
        if place in self.places:
            self.view.go(place)
            self.frame.to_centre()

    def go_reference(self) -> None:
        """Show the reference."""
        self.go("reference")

    def show_decisions(self) -> None:
        """Who decided what, when and why."""
        self.view.select(Subject("decisions", "", "Decisions"), filtering=False,
                         place="" if self.frame.panel_has_room else "lines")  # fmt: skip
        self.frame.show_panel(True)

    def changeEvent(self, event: QEvent) -> None:
        """Coming back to the window: the file may have changed meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.files.look_at_disk()

    def undo(self) -> None:
        """Take the last decision back."""
        stack = self.document.undo_stack
        what = stack.undoText()
        stack.undo()
        if what:
            self.messages.can_redo(what)

    def redo(self) -> None:
        """Make it again."""
        stack = self.document.undo_stack
        what = stack.redoText()
        stack.redo()
        if what:
            self.messages.can_undo(what)

    def copy_with_headers(self) -> None:
        """Copy the selected rows with their headers; in a text field, its selection."""
        self._copy(headers=True)

    def copy_plain(self) -> None:
        """Copy the selected rows without headers."""
        self._copy(headers=False)

    def _copy(self, *, headers: bool) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit):
            focus.copy()
            return
        text = self.place.copy_text(headers=headers)
        if text:
            QGuiApplication.clipboard().setText(text)
            rows = text.count("\n") + (0 if headers else 1)
            self.messages.say(tr("Copied {rows}.", rows=numbers.count(rows, "row")), "done")

    def find_here(self) -> None:
        """Go to the filter field of the place."""
        field = self.place.find_field()
        if field is None and "lines" in self.places and self.document.analysis is not None:
            self.view.go("lines")
            field = self.place.find_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if isinstance(field, QLineEdit):
                field.selectAll()

    def drop_filter(self) -> None:
        """Clear the field that has the keyboard, else drop the newest filter, else the drawer."""
        if not self.frame.clear_field() and not self.view.drop_newest():
            self.frame.close_drawer()

    def drop_filters(self) -> None:
        """Take all filters off."""
        self.view.drop_all()

    def ask_as_of(self) -> None:
        """Judge controls on another day."""
        day = asking.ask_day(self, self.document.project.choices.as_of)
        if day is not None:
            self.document.edit(
                tr("As of {day}", day=numbers.day(day)), edits.set_as_of(self.document.project, day)
            )

    def own_moves(self) -> None:
        """What would happen if: the moves of the user's own."""
        self.go("scenarios")
        if isinstance(self.place, ScenariosPlace):
            self.place.show_own_moves()

    def ask_volume(self) -> None:
        """Products a year."""
        answered, volume = asking.ask_volume(self, self.document.project.choices.volume)
        if answered:
            self.document.edit("Volume", edits.set_volume(self.document.project, volume))

    def _review_line(self, line: int) -> None:
        self.view.go("lines")
        self.lines.go_to(line)

    def _ask_correction(self, book: LineBook, line: int) -> Override | None:
        analysis = self.document.analysis
        if analysis is None:
            return None
        return asking.ask_correction(self, analysis, book, line)

    def _ask_contents(
        self, book: LineBook, line: int, before: Override | None, chosen: int
    ) -> Override | None:
        analysis = self.document.analysis
        if analysis is None:
            return None
        return asking.ask_contents(self, analysis, book, line, before, chosen)

    # --- work ---------------------------------------------------------------------------------

    def _work_started(self, label: str) -> None:
        self.frame.progress.start(label)

    def _work_ended(self) -> None:
        if not (self.analyst.jobs.busy or self.analyst.writing.busy):
            self.frame.progress.stop()

    # --- looks, size, end ---------------------------------------------------------------------

    def _restyle(self) -> None:
        self.actions_.restyle(self.looks.theme)
        self.appearance.tick(self.actions_)
        self.actions_["lines.toggle_tree"].setChecked(self.lines.table.tree_on)
        if self.document.analysis is not None:
            self._explain(self.view.view)
            self.place.show_view(self.view.view)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere on the window."""
        if self.files.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files.take(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let files be finished, ask about unsaved decisions, end the workers, keep the size."""
        if self.exports.keep_open() or not self.files.may_leave():
            event.ignore()
            return
        self.appearance.keep_window(self, self.frame.splitter)
        self.files.stop()
        self.message_strip.stop()
        self.frame.progress.stop()
        for place in self.places.values():
            place.stop()
        self.analyst.shut_down()
        super().closeEvent(event)


def action_of(window: MainWindow, name: str) -> QAction:
    """A command of a window, for scripts and tests."""
    return window.actions_[name]
