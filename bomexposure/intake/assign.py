"""Which column plays which role: header words and cell looks weighed together, once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bomexposure.intake import headers_together as together
from bomexposure.intake import volumes
from bomexposure.intake.headers import roles_of
from bomexposure.intake.looks import Look
from bomexposure.intake.matching import hungarian
from bomexposure.intake.presets import CERTAIN, roles_in
from bomexposure.intake.words import IGNORED
from bomexposure.model.bom import ROLES

ACCEPT = 0.34
"""A column with a lower score keeps no role; chosen so that a weak word needs a fitting look."""

NUMERIC = (
    "quantity", "unit_cost", "extended_cost", "mass", "base_quantity", "scrap_pct", "price_per", "stock",  # noqa: E501
)  # fmt: skip


KNOWN = (*ROLES, "mass_unit")
"""The roles of the contract, and the one that only says how to read another column."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """role -> column and its score; `rivals` are columns that wanted a role taken by another."""

    columns: dict[str, int]
    scores: dict[str, float]
    rivals: tuple[tuple[str, int], ...]

    @property
    def total(self) -> float:
        return sum(min(score, 1.15) for score in self.scores.values())


def assign(headers: Sequence[str], looks: Sequence[Look]) -> Assignment:
    """The best distribution of roles over columns, each role at most once."""
    named = [dict(roles_of(header)) for header in headers]
    together.favour_child_table(headers, named, looks)
    together.tell_parents_apart(headers, named, looks)
    together.read_below_group_heads(headers, named)
    together.tell_packs(headers, named, looks)
    together.tell_weights_from_sums(headers, named)
    together.tell_prices_alike(headers, named)
    together.tell_sums_from_prices(named, looks)
    together.tell_sums_from_values(named, looks)
    together.take_codes_for_part_numbers(named, looks)
    volumes.choose_price(headers, named, looks)
    volumes.take_run_for_quantity(headers, named, looks)
    for column, roles in roles_in(headers).items():
        named[column] = roles
    together.take_ordered_for_needed(headers, named, looks)
    together.weigh_variants_alike(headers, named, looks)
    named_anywhere = {role for roles in named for role, weight in roles.items() if weight >= 0.5}
    electronic = "designator" in named_anywhere or any(look.marks > 0.6 for look in looks)
    wants: dict[int, dict[str, float]] = {}
    for column, (header, look) in enumerate(zip(headers, looks, strict=True)):
        scores = {}
        for role, weight in named[column].items():
            if role == IGNORED:
                continue
            fit = _fit(role, weight, look, header, electronic, named_anywhere)
            # of two columns with the same words, the fuller one is meant
            scores[role] = weight + fit + 0.06 * look.filled
        if look.count:
            for role, score in _by_look(look, header.strip() == "", named_anywhere).items():
                others = [w for r, w in named[column].items() if r != "description"]
                sure = max(others, default=0.0) >= 0.75
                if (
                    not named[column]
                    or role in ("url", "dnp")
                    or (role == "designator" and not sure)
                ):
                    scores[role] = max(scores.get(role, 0.0), score)
        if look.marks > 0.9 and 0 < named[column].get("part_number", 0.0) < 0.9:
            # "Part" above C1, C2, R1: the places on the board, as Eagle writes them
            scores["designator"] = max(scores.get("designator", 0.0), 0.75 * look.marks)
            scores["part_number"] = 0.6 * scores.get("part_number", 0.0)
        if look.running > 0.95 and look.integer > 0.95 and look.length < 4 and look.count > 5:
            # numbered from one, with another number of the part beside: these count the lines
            beside = [r for c, r in enumerate(named) if c != column]
            if scores.get("part_number") and any(
                max(r.get("part_number", 0.0), r.get("mpn", 0.0)) >= 0.75 for r in beside
            ):
                scores["item"] = max(scores.get("item", 0.0), scores.pop("part_number"))
        floor = max(ACCEPT, 0.8 * named[column].get(IGNORED, 0.0))
        kept = {role: score for role, score in scores.items() if score >= floor}
        if kept:
            wants[column] = kept
    best = _best(wants)
    _keep_second_name(best, named, wants)
    _take_fuller_description(best, wants, looks)
    _take_fuller_name(best, headers, looks)
    return best


def _take_fuller_description(
    best: Assignment, wants: dict[int, dict[str, float]], looks: Sequence[Look]
) -> None:
    """Of two columns that can name the parts, the one that names every part describes them.

    The other one then says what they are for, and is a remark where nothing else is.
    """
    held = best.columns.get("description")
    if held is None:
        return
    taken = set(best.columns.values())
    fuller = [
        column
        for column, roles in wants.items()
        if column not in taken
        and roles.get("description", 0.0) >= 0.5
        and looks[column].filled > looks[held].filled + 0.15
        and looks[column].words > 0.5
    ]
    if fuller:
        best.columns["description"] = fuller[0]
        best.columns.setdefault("notes", held)
        best.scores.setdefault("notes", 0.4)


def _take_fuller_name(best: Assignment, headers: Sequence[str], looks: Sequence[Look]) -> None:
    """Where most lines have no description, a full column of names that no word told is theirs.

    "Was" beside "Beschreibung": the first names the part, the second adds to it.
    """
    if set(best.columns) & {"part_number", "mpn", "value", "designator"}:
        return
    held = best.columns.get("description")
    if held is None or looks[held].filled > 0.5:
        return
    taken = set(best.columns.values())
    names = [
        column
        for column, look in enumerate(looks)
        if column not in taken
        and look.letters > 0.7
        and look.distinct > 0.5
        and look.filled > max(0.6, 2 * looks[held].filled)
        and not roles_of(headers[column])
    ]
    if names:
        best.columns["description"], best.columns["part_number"] = held, names[0]
        best.scores["part_number"] = 0.4


def _fit(
    role: str, weight: float, look: Look, header: str, electronic: bool, others: set[str]
) -> float:
    """How far the cells speak for (above 0) or against (below 0) a role that the header names."""
    if not look.count:
        return -0.45 * weight if role in ("description", "part_number", "mpn", "quantity") else -0.2
    if role == "price_per" and ((look.unit > 0.6 and weight >= 0.85) or weight >= CERTAIN):
        return 0.0
    if role in NUMERIC:
        change = -0.7 * (1 - look.numeric) + (0.05 if look.numeric > 0.8 else 0.0)
        if role == "price_per":
            change -= 0.6 * (1 - look.powers)
        if role == "quantity" and look.running > 0.95 and look.count > 8:
            change -= 0.2
        if role == "quantity" and look.unit > 0.6:
            change -= 0.5
        if role == "unit_cost" and weight < 0.5 and len(header) < 6:
            change += 0.35 if look.money > 0.6 else -0.6
        if role == "extended_cost" and weight < 0.6 and "quantity" not in others:
            change += 0.35
        return change
    match role:
        case "make_buy":
            return 0.5 * look.make_buy - 0.4 * (look.make_buy < 0.3)
        case "mass_unit":
            return 0.2 * look.mass_unit - 0.6 * (1 - look.mass_unit)
        case "description":
            change = 0.2 * look.words - 0.7 * (look.numeric > 0.6) - 0.6 * look.url
            change -= 0.5 * (look.designator > 0.6) + 0.35 * (look.length < 3)
            change -= 0.5 * (look.path > 0.5)
            return change - 0.3 * (look.footprint > 0.7) - 0.15 * (look.filled < 0.2)
        case "value" | "notes" | "category":
            return (
                -0.6 * (look.unfit > 0.8)
                - 0.3 * (look.designator > 0.7)
                - 0.3 * (look.url > 0.5)
                + 0.1 * (role == "value") * look.value
            )
        case "item":
            change = 0.15 * look.running + 0.1 * look.integer - 0.6 * look.words
            change -= 0.2 * (weight < 0.6 and look.running < 0.9 and look.numeric > 0.9)
            change -= 0.4 * (look.letters > 0.7 and look.length > 3)
            return change - 0.4 * (look.marks > 0.6) - 0.25 * (look.length > 14)
        case "part_number" | "mpn":
            change = 0.12 * look.code - 0.15 * look.words - 0.5 * (look.marks > 0.7)
            few = look.small_integer > 0.9 or (look.integer > 0.9 and look.distinct < 0.9)
            change -= 0.4 * (few and look.length < 3) + 0.5 * look.url
            change -= 0.25 * (look.running > 0.9 and look.length < 4) + 0.3 * (look.path > 0.5)
            # a word that names parts as well as their numbers, above cells of words
            change -= 0.25 * (weight < 0.75 and look.words > 0.6 and look.code < 0.5)
            change -= 0.25 * ("material" in header.casefold() and look.distinct < 0.6)
            return change - 0.3 * (look.value > 0.6)
        case "designator":
            return 0.3 * look.designator - 0.6 * (look.designator < 0.15)
        case "unit":
            return 0.15 * (look.unit > 0.6) - 0.7 * (1 - look.unit)
        case "currency":
            return 0.15 * (look.currency > 0.6) - 0.7 * (1 - look.currency)
        case "level":
            return -0.7 * (1 - look.level) - 0.3 * (look.running > 0.97 and look.count > 8)
        case "manufacturer":
            change = (
                0.75 * look.maker - 0.4 * (look.seller > look.maker) - 0.6 * (look.numeric > 0.6)
            )
            return change + (0.2 if electronic and weight < 0.6 and look.seller < 0.1 else 0.0)
        case "supplier":
            change = 0.4 * look.seller - 0.6 * (look.numeric > 0.6) - 0.6 * look.make_buy
            change -= 0.7 * (look.url > 0.7)
            if "manufacturer" not in others or weight >= 1.0:
                change -= 0.5 * (look.maker > look.seller and "vendor" in header.casefold())
            return change
        case "origin":
            return 0.3 * look.country - 0.6 * (look.country < 0.2)
        case "material":
            change = 0.3 * look.material - 0.3 * (weight < 0.9 and look.material < 0.1)
            # "Material" above codes, each another one: the articles of a firm, not what they are of
            # (in German and English; 材質 or Werkstoff head no article numbers)
            articles = look.material == 0 and look.distinct > 0.95 and look.code > 0.5
            change -= 0.4 * (articles and "material" in header.casefold())
            if look.material < 0.15 and (
                look.numeric > 0.5 or (look.code > 0.6 and look.words < 0.3)
            ):
                change -= 0.6
            # "Material" above the names of things to buy, each a phrase of its own
            named = look.length > 18 and look.distinct > 0.9 and look.words > 0.8
            return change - 0.9 * (named and look.material < 0.3)
        case "url":
            return 0.4 * look.url - 0.5 * (look.url < 0.15)
        case "revision":
            return -0.5 * (1 - look.revision)
        case "dnp":
            return 0.25 * look.fit - 0.3 * (look.fit < 0.15) - 0.3 * (look.words > 0.6)
        case "hs_code":
            return 0.2 * look.hs - 0.3 * (look.numeric + look.hs < 0.3)
        case "footprint":
            return 0.15 * look.footprint - 0.3 * (look.words > 0.8)
        case "parent" | "supplier_part" | "assembly" | "alternate_group":
            return -0.6 * (look.url > 0.5) - 0.3 * (
                role == "assembly" and look.numeric > 0.6 and look.distinct > 0.9
            )
        case _:
            return 0.0


def _by_look(look: Look, unlabelled: bool, others: set[str]) -> dict[str, float]:
    """Roles that the cells alone suggest, for columns whose header says nothing known."""
    trust = 1.0 if unlabelled else 0.9
    found: dict[str, float] = {}
    if look.marks > 0.6 and look.count > 1:
        found["designator"] = 0.75 * look.marks
    if look.url > 0.6:
        found["url"] = 0.5 * look.url + 0.12 * look.filled
    if look.unfit > 0.8:
        found["dnp"] = 0.65
    several = unlabelled or look.count * look.distinct > 1.5
    if look.unit > 0.8 and look.numeric < 0.2 and look.count > 2 and several:
        found["unit"] = 0.5
    if look.currency > 0.8 and look.count > 2:
        found["currency"] = 0.5
    if look.country > 0.7 and look.count > 2 and look.unit < 0.5:
        found["origin"] = 0.5
    if look.maker > 0.35:
        found["manufacturer"] = 0.4 + 0.2 * look.maker
    if look.seller > 0.5:
        found["supplier"] = 0.4 + 0.2 * look.seller
    if look.footprint > 0.6 and look.numeric < 0.5:
        found["footprint"] = 0.45
    if (
        look.words > 0.5
        and look.distinct > 0.3
        and look.length > 8
        and look.url < 0.2
        and look.path < 0.5
        and look.numeric < 0.2
        and look.filled > 0.4
    ):
        found["description"] = min(0.6, 0.3 + 0.25 * look.words + 0.002 * min(look.length, 40))
    if look.money > 0.6:
        found["unit_cost"] = 0.4
    if (
        "quantity" not in others
        and look.integer > 0.9
        and look.running < 0.5
        and look.distinct < 0.7
    ):
        found["quantity"] = 0.4
    if not others and look.code > 0.8 and look.distinct > 0.8 and look.numeric < 0.5:
        found["part_number"] = 0.42
    return {role: score * trust for role, score in found.items()}


def _best(wants: dict[int, dict[str, float]]) -> Assignment:
    """Maximum-weight matching of columns to roles (Hungarian method on a small dense matrix)."""
    columns = sorted(wants)
    roles = [role for role in KNOWN if any(role in wants[column] for column in columns)]
    if not columns:
        return Assignment({}, {}, ())
    size = max(len(columns), len(roles))
    # squares: one sure role is worth more than two doubtful ones
    gain = [
        [
            wants[columns[i]].get(roles[j], 0.0) if i < len(columns) and j < len(roles) else 0.0
            for j in range(size)
        ]
        for i in range(size)
    ]
    # a hair for the leftmost column, so that equal columns are settled the same way every time
    for i in range(len(columns)):
        gain[i] = [value - 1e-6 * i if value > 0 else 0.0 for value in gain[i]]
    match = hungarian([[-value for value in row] for row in gain])
    given: dict[str, int] = {}
    scores: dict[str, float] = {}
    for i, j in enumerate(match):
        if i < len(columns) and j < len(roles) and gain[i][j] > 0:
            given[roles[j]], scores[roles[j]] = columns[i], wants[columns[i]][roles[j]]
    taken = set(given.values())
    rivals = [
        (role, column)
        for column in columns
        if column not in taken
        for role in [max(wants[column], key=lambda r: wants[column][r])]
        if role in given and wants[column][role] >= 0.8 * scores[role]
    ]
    order = {role: given[role] for role in KNOWN if role in given}
    return Assignment(order, {role: scores[role] for role in order}, tuple(rivals))


def _keep_second_name(
    best: Assignment, named: Sequence[dict[str, float]], wants: dict[int, dict[str, float]]
) -> None:
    """A second column of names ("Item" beside "Description") stands for the missing number.

    It tells parts apart as a number would, and its words are read like those of the first.
    """
    given = best.columns
    if "description" not in given or "part_number" in given or "mpn" in given:
        return
    free = [
        column
        for column in wants
        if column not in given.values()
        and named[column].get("description", 0.0) >= 0.3
        and wants[column].get("description", 0.0) >= 0.5
    ]
    if free:
        given["part_number"] = max(free, key=lambda column: wants[column]["description"])
        best.scores["part_number"] = 0.4
