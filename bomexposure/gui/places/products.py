"""The products of the Portfolio place, read in the worker; none is read twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bomexposure.model.analysis import Analysis
from bomexposure.model.choices import Choices
from bomexposure.model.errors import BomExposureError
from bomexposure.model.portfolio import Portfolio, ProductSummary
from bomexposure.model.progress import Progress
from bomexposure.model.project import Project
from bomexposure.present.words import tr
from bomexposure.project import store
from bomexposure.project.portfolio_list import Member
from bomexposure.scenario.portfolio import portfolio_of, summary_of

Made = dict[tuple[object, ...], ProductSummary]
"""What was read, by all that changes it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the worker hands back: the portfolio, its paths by name, and what could not be read."""

    members: tuple[Member, ...]
    portfolio: Portfolio | None
    paths: dict[str, str]
    faults: tuple[str, ...]


def read_products(
    members: tuple[Member, ...],
    base: Choices,
    made: Made,
    run: Callable[[Project], Analysis],
    progress: Progress,
) -> tuple[Told, Made]:
    """Read what is new on a list and judge its products together; `made` is added to.

    `base` is what makes products comparable. Raises Cancelled.
    """
    names = _names([one.path for one in members])
    found, faults = [], []
    for at, (one, name) in enumerate(zip(members, names, strict=True)):
        progress.step(tr("Reading {path}", path=Path(one.path).name), at, len(members))
        try:
            key = (*_stamp(one), repr(base), name)
            if key not in made:
                made[key] = summary_of(run(_project_of(one, base)), name)
            found.append(made[key])
        except BomExposureError as fault:
            file, what = Path(one.path).name, f"{fault.what} {fault.mend}"
            faults.append(what if file in what else f"{file}: {what}")
        except OSError as fault:
            faults.append(
                tr(
                    "{path} is not there: {strerror}.",
                    path=Path(one.path).name,
                    strerror=fault.strerror,
                )
            )
    told = portfolio_of(found) if found else None
    paths = dict(zip(names, (one.path for one in members), strict=True))
    return Told(members, told, paths, tuple(faults)), made


def _names(paths: list[str]) -> list[str]:
    """File names without ending; those that stand twice get their folder before them."""
    stems = [Path(one).stem for one in paths]
    made: list[str] = []
    for path, stem in zip(paths, stems, strict=True):
        name = f"{Path(path).parent.name}/{stem}" if stems.count(stem) > 1 else stem
        made.append(name if name not in made else f"{name} ({len(made) + 1})")
    return made


def _stamp(member: Member) -> tuple[object, ...]:
    """What changes when the file does."""
    stat = Path(member.path).stat()
    return member.path, member.volume, stat.st_mtime_ns, stat.st_size


def _project_of(member: Member, base: Choices) -> Project:
    """A workbook under the window's choices, a project with its own decisions beside them."""
    if Path(member.path).suffix.casefold() != store.SUFFIX:
        return Project(replace(base, volume=member.volume), workbook=member.path)
    project = store.load(Path(member.path))
    own = project.choices
    kept = {one.id: one for one in (*base.own_materials, *own.own_materials)}
    choices = replace(
        base, reading=own.reading, overrides=own.overrides, dictionary=own.dictionary,
        rates={**base.rates, **own.rates}, volume=member.volume or own.volume,
        own_materials=tuple(kept.values()),
    )  # fmt: skip
    return replace(project, choices=choices)
