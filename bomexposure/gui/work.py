"""What the window computes: open a workbook, compute again after an edit, write outputs.

Everything here runs in the job queue with frozen values; only results come back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from bomexposure.gui.answers import Answers, Result
from bomexposure.gui.document import LARGE, Document
from bomexposure.gui.engine.child import NoEngine
from bomexposure.gui.engine.link import Engine
from bomexposure.gui.engine.outputs import OutputsApart
from bomexposure.gui.jobs import Jobs
from bomexposure.gui.showing import prepare
from bomexposure.gui.writers import OUTPUTS, WriteOne
from bomexposure.model.analysis import Analysis
from bomexposure.model.errors import WorkbookError
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.model.supply import Reference
from bomexposure.present.drawn import acute_first
from bomexposure.present.words import tr

log = logging.getLogger(__name__)


def load_reference(edition: str) -> Reference:
    """The facts of an edition; a function of its own so that tests can give others."""
    from bomexposure import reference

    return reference.load(edition)


def compute(project: Project, reference: Reference, progress: Progress) -> Analysis:
    """One whole run on the project's workbook."""
    from bomexposure.analysis import analyze

    workbook = Path(project.workbook)
    if not workbook.is_file():
        raise WorkbookError(
            tr("{workbook} is not where it was.", workbook=workbook.name or "The workbook"),
            "Open it again with File > Open; the decisions stay.",
        )
    return analyze(workbook, reference, project.choices, progress)


class Analyst(QObject):
    """Runs the analysis of the window's document; the newest question wins.

    Signals:
        shown: an analysis was put into the document.
        opened: it was the first of a document (the window then changes place).
    """

    shown = Signal()
    opened = Signal()
    failed = Signal(object)
    reference_loaded = Signal(object)

    def __init__(
        self,
        document: Document,
        parent: QObject | None = None,
        *,
        load: Callable[[str], Reference] = load_reference,
        run: Callable[[Project, Reference, Progress], Analysis] = compute,
        engine: Engine | None = None,
    ) -> None:
        """`engine` computes in a process of its own; without one `run` does it in a thread."""
        super().__init__(parent)
        self.jobs = Jobs(self)
        self.writing = Jobs(self, for_files=True, in_line=True)
        self.playing = Jobs(self)
        self.before_opening: Callable[[Project], Project] = _as_it_is
        """Completes a project that is opened first, in the worker: the window sets it."""
        self._document = document
        self._load, self._run, self._engine = load, run, engine
        self._reference: Reference | None = None
        self._answers = Answers()
        self.jobs.failed.connect(self.failed)
        self.playing.failed.connect(self.failed)
        document.project_changed.connect(lambda _project: self.renew())

    @property
    def reference(self) -> Reference | None:
        """The facts, once loaded."""
        return self._reference

    @property
    def run(self) -> Callable[[Project, Reference, Progress], Analysis]:
        """How one project is computed: for several products at once, off the GUI thread."""
        return self._run

    def fetch_reference(self) -> None:
        """Load the facts for Start and Reference, before any workbook is there."""
        if self._reference is None and not self.jobs.busy:
            load, edition = self._load, self._document.project.edition
            self.jobs.start("Loading reference data", lambda _p: load(edition), self._take_facts)

    def warm(self) -> None:
        """Make the computing process ready before the first file; without one, nothing."""
        if self._engine is not None:
            self._engine.warm(self._document.project.edition)

    def open(self, project: Project) -> None:
        """Begin a document on `project` and compute it; failures leave the old one in place."""
        self._start(project, first=True)

    def renew(self) -> None:
        """Compute the current project again, such as after an edit or an undo."""
        if self._document.project.workbook:
            self._start(self._document.project, first=False)

    def writers(
        self, kinds: Iterable[str], analysis: Analysis, project: Project
    ) -> tuple[dict[str, WriteOne], Callable[[], None]]:
        """What writes each of these OUTPUTS, and what to call when all are written.

        The long ones write in a process of their own: the typesetter cannot be stopped otherwise,
        and large tables would hold the window up.
        """
        large = len(analysis.bom.lines) >= LARGE
        if self._engine is None or not (large or "pdf" in kinds):
            return {one: partial(OUTPUTS[one].write, analysis, project) for one in kinds}, _nothing
        apart = OutputsApart(analysis, project)
        return {one: apart.writer(one) for one in kinds}, apart.close

    def write(self, label: str, work: Callable[[Progress], object], done: Any = None) -> None:
        """Run an export beside the analysis queue, after those that were asked for before."""
        self.writing.start(label, work, done)

    def play(self, label: str, work: Callable[[Progress], object], done: Any = None) -> None:
        """Try a what-if beside the analysis; a newer one takes its place."""
        self.playing.start(label, work, done)

    def shut_down(self) -> None:
        """Cancel and wait for every queue."""
        if self._engine is not None:
            self._engine.close()
        self.jobs.shut_down()
        self.writing.shut_down()
        self.playing.shut_down()

    def _start(self, project: Project, *, first: bool) -> None:
        reference, load, run, engine = self._reference, self._load, self._run, self._engine
        complete = self.before_opening if first else _as_it_is
        if first:
            self._answers = Answers()
        answers = self._answers

        def work(progress: Progress) -> Result:
            progress.step("Loading reference data", 0, 0)
            facts = reference if reference is not None else load(project.edition)
            whole = complete(project)
            result = answers.find(whole, facts)
            if result is None:
                result = computed(whole, facts, progress)
                answers.keep(result)
            acute_first(result.analysis)  # kept there: the panel's first page and Sources ask
            return result

        def computed(whole: Project, facts: Reference, progress: Progress) -> Result:
            if engine is not None:
                try:
                    return Result(whole, *engine.ask(whole, facts, progress), facts)
                except NoEngine:
                    log.warning("no process of its own to compute in; computing in the window's")
            analysis = run(whole, facts, progress)
            return Result(whole, analysis, prepare(analysis, progress), facts)

        self.jobs.start(
            tr("Reading {workbook}", workbook=Path(project.workbook).name),
            work,
            lambda result: self._take(result, first=first),
        )

    def _take_facts(self, reference: Reference) -> None:
        self._reference = reference
        self.reference_loaded.emit(reference)

    def _take(self, result: Result, *, first: bool) -> Iterator[None]:
        """Put a result on show, in turns, so that the window answers in between."""
        if self._reference is None:
            self._take_facts(result.reference)
        if first:
            # the hash is renewed by who listens to `shown`: it tells whether the file changed
            known = result.project.workbook_sha256 or result.analysis.bom.sha256
            stamped = replace(result.project, workbook_sha256=known)
            self._document.begin(stamped, self._document.take_expected())
            yield
        self._document.show(result.analysis, result.showing)
        self.shown.emit()
        if first:
            yield
            self.opened.emit()


def _nothing() -> None:
    pass


def _as_it_is(project: Project) -> Project:
    return project
