"""Faults whose text is fit to show; any other exception is a bug."""

from __future__ import annotations


class BomExposureError(Exception):
    """A fault whose text is fit to show: what failed, and what would mend it."""

    exit_code = 2

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what} {mend}".strip())
        self.what, self.mend = what, mend


class WorkbookError(BomExposureError):
    """The workbook as a whole cannot be used; single bad rows are Issues."""

    exit_code = 3


class NoTable(WorkbookError):
    """No table of parts was found; `sheet` and `column` (a letter, "" for none) say where the words
    that come nearest to descriptions stand, so that a person can go on from there."""

    def __init__(self, what: str, mend: str, sheet: str = "", column: str = "") -> None:
        super().__init__(what, mend)
        self.sheet, self.column = sheet, column


class ProjectError(BomExposureError):
    """A project or company dictionary cannot be read."""

    exit_code = 3


class ReferenceDataError(BomExposureError):
    """Reference data or knowledge is damaged, or lacks what was asked for."""

    exit_code = 3


class UsageError(BomExposureError):
    """An unknown scenario, method, date, mineral or rule."""

    exit_code = 2


class OutputError(BomExposureError):
    """An output cannot be written; nothing half-written is left behind."""

    exit_code = 4


class Cancelled(Exception):
    """The user asked a long job to stop; not an error."""
