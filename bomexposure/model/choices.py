"""What a user decides and the computation must know; part of the Project, never of QSettings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bomexposure.model.scenario import Scenario

METHODS = (
    "import-china-peak",
    "import-china-headline",
    "hhi",
    "hhi-wgi",
    "geopolrisk",
    "eu-on-us-figures",
)
EXCLUDED_DEFAULT = ("CHN", "RUS", "IRN", "PRK")


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read the workbook, where the user says so; empty fields are found out.

    Attributes:
        sheet: sheet name, '' to choose; header_row: Excel row, 0 to find.
        columns: role -> header text, or '@C' for a column letter; '' takes the role away.
        cells: 'A5:K200' to read only that range, '' for all.
        encoding, delimiter: for text files, '' to detect.
        rows_are_one_table_per_sheet: read every sheet with the same header as one BOM.
    """

    sheet: str = ""
    header_row: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    cells: str = ""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class OwnContent:
    """What the user knows of one mineral in a part, in place of what was recognised of it.

    Attributes:
        mineral: mineral id.
        presence: 'certain', 'likely', 'possible'; 'none' for a part without it; '' leaves it.
        function: as CONTENTS words it; '' leaves it.
        low, typical, high: the amount, rising; None all three leave it.
        unit: of the amount, 'g' in one piece or '%' of the part's mass.
    """

    mineral: str
    presence: str = ""
    function: str = ""
    low: float | None = None
    typical: float | None = None
    high: float | None = None
    unit: str = "g"


@dataclass(frozen=True, slots=True)
class Override:
    """A decision on a line, remembered by fingerprint, or for one row alone.

    Attributes:
        fingerprint: LINES.fingerprint; line_id: '' for all alike, else that line only.
        component_class, materials: subject ids, '' and () to leave as recognised.
        composition: mineral id -> percent of mass, replaces what was recognised.
        contents: single minerals, over all that the rest of the decision gives.
        mass_g: mass of one piece; None leaves it.
        no_critical_minerals: the part holds none.
        reason, decided_by, decided_on: for the decisions log.
    """

    fingerprint: str
    line_id: str = ""
    component_class: str = ""
    materials: tuple[str, ...] = ()
    composition: tuple[tuple[str, float], ...] = ()
    contents: tuple[OwnContent, ...] = ()
    mass_g: float | None = None
    no_critical_minerals: bool = False
    accepted: bool = False
    reason: str = ""
    decided_by: str = ""
    decided_on: str = ""


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """One row of a company dictionary: a part number, pattern or word stands for a subject."""

    kind: str
    """'part_number', 'pattern' (with * and ?) or 'words'."""
    text: str
    subject: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class EventStatus:
    """A status that the user set for a policy event, with the reason."""

    event: str
    status: str
    reason: str
    set_on: str = ""


@dataclass(frozen=True, slots=True)
class OwnPart:
    """One element of an own material, percent of mass.

    Attributes:
        mineral: mineral id, or a chemical symbol ("C", "O") for what is no tracked commodity.
        low, typical, high: 0 to 100, rising.
        function, form, relation: as CONTENTS words them; '' leaves them to the family's rules.
    """

    mineral: str
    low: float
    typical: float
    high: float
    function: str = ""
    form: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class OwnMaterial:
    """A material of the user's own: what it is made of, and who says so.

    Attributes:
        id: capitals, digits and '_'; decisions on lines name the material by it.
        source: in the user's words, such as "supplier's certificate 3.1 of 2026-05-04".
        family: family of the shipped materials whose traded forms and functions apply; '' none.
        density_g_cm3: None unknown.
        reach: what an export control would call it: raw, compound, alloy, magnet, cell or part.
        designations: exact names; a line that states one is taken for this material.
    """

    id: str
    name: str
    parts: tuple[OwnPart, ...]
    source: str
    family: str = ""
    density_g_cm3: float | None = None
    reach: str = "alloy"
    designations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that changes a number.

    Attributes:
        as_of: the day on which policy status is judged; never "today" inside the computation.
        method: one of METHODS.
        volume: products per year, None unknown.
        rates: currency code -> USD; only what the user gave.
        acute_threshold: index from which a mineral is acute (its high bound).
        excluded: ISO3 codes not offered as sources.
        weights: sourcing term -> weight; empty takes the shipped weights.
        scenarios: ids of scenarios to run, ready-made or own.
        own_scenarios: scenarios of the user's own; ready-made ones are not stored.
        own_materials: materials that the user added; checked when they were kept.
    """

    as_of: date
    method: str = "import-china-peak"
    reading: Reading = field(default_factory=Reading)
    volume: float | None = None
    rates: dict[str, float] = field(default_factory=dict)
    acute_threshold: float = 50.0
    excluded: tuple[str, ...] = EXCLUDED_DEFAULT
    weights: dict[str, float] = field(default_factory=dict)
    scenarios: tuple[str, ...] = ()
    own_scenarios: tuple[Scenario, ...] = ()
    overrides: tuple[Override, ...] = ()
    dictionary: tuple[DictionaryEntry, ...] = ()
    event_statuses: tuple[EventStatus, ...] = ()
    own_materials: tuple[OwnMaterial, ...] = ()
