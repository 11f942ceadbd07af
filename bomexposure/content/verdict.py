"""The nouns of recognition: a word of a line, a material, and what the line was taken for."""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = (
    "description", "value", "mpn", "part_number", "supplier_part", "material", "footprint",
    "category", "notes", "section", "manufacturer",
)  # fmt: skip
"""Cells of a line that are read together, in the order in which they are joined."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spot of a case: which patterns, in which column, and what stands before and after."""

    patterns: tuple[int, ...]
    column: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Material:
    """A material of the line with its evidence ('declared', 'designated', 'assumed')."""

    subject: str
    evidence: str
    word: int
    parts: tuple[tuple[str, float, float, float], ...] = ()
    """Composition that the name spells, where it does; else the subject's."""
    sure: bool = True
    """False where the metal stands beside a thing of unknown name: nothing above 'likely'."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line was taken for.

    Attributes:
        component_class: class id or ''; class_evidence: 'designated', 'inferred', 'assumed'.
        sure: False caps every presence at 'likely'.
        replaces: the materials make up the body of the class.
        words: numbers of the words that led here, strongest first, with their rule; -1 stands for
            the reference designator.
        size: row of the sizes table, -1 where none.
    """

    component_class: str = ""
    class_evidence: str = "none"
    sure: bool = True
    materials: tuple[Material, ...] = ()
    replaces: bool = False
    coats: tuple[tuple[str, int], ...] = ()
    words: tuple[tuple[int, str], ...] = ()
    size: int = -1
    context: bool = False
    """The class is told by the surroundings only: nothing above 'possible'."""
    companion: tuple[str, bool] | None = None
    """A second part of the line: its class, and whether it is joined by a plus or carries the
    function (a magnet, a cell), so that what it holds is likely; else it is possible."""
    weighed: bool = True
    """False where the class is too unsure to lend its mass."""
    absent: tuple[str, ...] = ()
    """Materials that the line says are not in it: what they mainly are is left out unless the
    part surely holds it."""
