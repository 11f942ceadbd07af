"""What a PDF report holds and how it is set; kept in the project, named on the command line."""

from __future__ import annotations

from dataclasses import dataclass

from bomexposure.model.errors import UsageError

PARTS = (
    "executive", "minerals", "lines", "sourcing", "scenarios", "substitutes", "questions",
    "decisions", "method", "sources",
)  # fmt: skip
"""Parts of the report in the order in which they are printed."""
PAPERS = ("letter", "a4")


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Parts, paper and words of a PDF report.

    Attributes:
        parts: some of PARTS; kept in their order, each once.
        paper: one of PAPERS.
        title: replaces the drafted title of page one; '' keeps the draft.
        lead: replaces the drafted headline sentence of page one; '' keeps the draft.

    Raises UsageError for a part or paper that there is not.
    """

    parts: tuple[str, ...] = PARTS
    paper: str = "letter"
    title: str = ""
    lead: str = ""

    def __post_init__(self) -> None:
        for part in self.parts:
            if part not in PARTS:
                raise UsageError(
                    f"The report has no part “{part}”.", f"Choose from: {', '.join(PARTS)}."
                )
        if self.paper not in PAPERS:
            raise UsageError(
                f"The report cannot be set on “{self.paper}”.", f"Choose {' or '.join(PAPERS)}."
            )
        object.__setattr__(self, "parts", tuple(one for one in PARTS if one in self.parts))


WHOLE_REPORT = ReportOptions()
