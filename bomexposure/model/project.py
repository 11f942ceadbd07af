"""What the user decided about one BOM; frozen, a new one replaces the old."""

from __future__ import annotations

from dataclasses import dataclass

from bomexposure.model.choices import Choices
from bomexposure.model.report import WHOLE_REPORT, ReportOptions


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the decisions log: who decided what, when and why.

    Attributes:
        what: a sentence for the report's appendix, such as "Row 12 set to NdFeB magnet, SH grade".
        when: ISO time in UTC as the clock said when the decision was made.
        undone: True once the user took it back; the entry stays.
    """

    when: str
    who: str
    what: str
    why: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """The document of the program, saved as `.bomx`.

    Attributes:
        workbook: path of the BOM as last seen, '' before one is opened.
        workbook_sha256: of its bytes when last analysed, to tell that the file changed.
        edition: edition of reference data, '' for the newest shipped.
        choices: everything that changes a number.
        decisions: the log, oldest first; nothing is removed from it.
        report: parts, paper and words of the PDF report last chosen.
        watch: mineral ids that the user watches.
        notes: free text.
    """

    choices: Choices
    workbook: str = ""
    workbook_sha256: str = ""
    edition: str = ""
    decisions: tuple[Decision, ...] = ()
    report: ReportOptions = WHOLE_REPORT
    watch: tuple[str, ...] = ()
    notes: str = ""
