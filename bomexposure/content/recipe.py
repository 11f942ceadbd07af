"""From a verdict to composition rows: class, materials and coats put together."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from bomexposure.content.compounds import CATALYST, COMPOUND
from bomexposure.content.declare import Declared
from bomexposure.content.verdict import Material, Verdict
from bomexposure.model.content import EVIDENCE, FUNCTIONS, PRESENCE, RELATIONS
from bomexposure.model.knowledge import Knowledge
from bomexposure.reference.knowledge import DECLARATION, SPELLING, deposit_id, guide

_POSSIBLE, _LIKELY, _CERTAIN = (PRESENCE.index(one) for one in ("possible", "likely", "certain"))


UNTOLD = (math.nan, math.nan, math.nan)
"""An amount that nobody told."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One mineral in one relation. Ranks count from the weakest; -1 is "does not apply".

    Attributes:
        weight: percent of the part's mass, low, typical, high.
        deposit: mg per cm2 of the part's surface, low, typical, high.
    """

    mineral: str
    form: str
    presence: int
    function: int
    relation: int
    evidence: int
    weight: tuple[float, float, float]
    deposit: tuple[float, float, float]
    source: str
    grams: tuple[float, float, float] = UNTOLD
    """Declared g in one piece, instead of a share: low, typical, high."""


_NOTHING = (0.0, 0.0, 0.0)


class Pantry:
    """Compositions and deposits by subject, ready to be put together."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._rows: dict[str, list[Ingredient]] = {}
        tables = knowledge.tables
        self._minerals, self._forms = guide(tables)
        self._families = dict(
            zip(tables["materials"]["id"], tables["materials"]["family"], strict=True)
        )
        made = knowledge.compositions
        columns = [made[name].to_numpy() for name in ("subject", "mineral", "form", "source")]
        ranks = [
            made[name].cat.codes.to_numpy().astype(int).tolist()
            for name in ("presence", "function", "relation")
        ]
        weights = [
            np.nan_to_num(made[name].to_numpy()).tolist()
            for name in ("wt_pct_low", "wt_pct_typical", "wt_pct_high")
        ]
        for subject, mineral, form, source, presence, function, relation, low, typical, high in zip(
            *(column.tolist() for column in columns), *ranks, *weights, strict=True
        ):
            self._rows.setdefault(subject, []).append(
                Ingredient(
                    mineral,
                    form,
                    presence,
                    function,
                    relation,
                    0,
                    (low, typical, high),
                    _NOTHING,
                    source,
                )
            )
        self._coats: dict[str, list[Ingredient]] = {}
        deposits = knowledge.tables["deposits"]
        for row, source in zip(
            deposits.to_dict("records"), deposit_id(deposits).tolist(), strict=True
        ):
            if not row["mineral"]:
                continue
            relation = "contained" if row["mineral"] not in UNLISTED else "not_listed"
            mass = tuple(
                float(row[name]) for name in ("mg_cm2_low", "mg_cm2_typical", "mg_cm2_high")
            )
            self._coats.setdefault(str(row["subject"]), []).append(
                Ingredient(
                    str(row["mineral"]),
                    str(row["form"]),
                    PRESENCE.index(str(row["presence"])),
                    FUNCTIONS.index(str(row["function"])),
                    RELATIONS.index(relation),
                    0,
                    _NOTHING,
                    (mass[0], mass[1], mass[2]),
                    source,
                )
            )

    def of(self, material: Material) -> list[Ingredient]:
        """What a material is made of: by its own name where that spells it, else by the tables."""
        if not material.parts:
            return self.rows(material.subject)
        made = []
        for element, low, typical, high in material.parts:
            mineral = self._minerals.get(element, "")
            if not mineral:
                continue
            base = material.parts[-1] if element == "Fe" else material.parts[0]
            main = base[0] == element or material.subject in (COMPOUND, CATALYST)
            form, _ = self._forms.get(
                (self._families.get(material.subject, ""), element),
                self._forms.get(("", element), ("metal", "")),
            )
            listed = "not_listed" if mineral in UNLISTED else "contained"
            made.append(
                Ingredient(
                    mineral=mineral,
                    form=form,
                    presence=PRESENCE.index("certain" if low > 0 else "likely"),
                    function=FUNCTIONS.index("primary" if main else "alloying"),
                    relation=RELATIONS.index(listed),
                    evidence=0,
                    weight=(low, typical, high),
                    deposit=_NOTHING,
                    source=SPELLING,
                )
            )
        return made

    def rows(self, subject: str) -> list[Ingredient]:
        """What a material or class is made of; [] where nothing is known."""
        return self._rows.get(subject, [])

    def serve(self, verdict: Verdict) -> list[Ingredient]:
        """All ingredients of a verdict, one per mineral and relation, in a fixed order."""
        gathered: list[Ingredient] = []
        rank = EVIDENCE.index(verdict.class_evidence)
        bodies = [one for one in verdict.materials if verdict.replaces]
        if bodies:
            for material in bodies:
                gathered += self._body(material, len(bodies))
        else:
            most = _CERTAIN if verdict.sure else _POSSIBLE if verdict.context else _LIKELY
            gathered += [
                _with(one, evidence=rank, most=most) for one in self.rows(verdict.component_class)
            ]
            for material in verdict.materials:
                gathered = self._added(gathered, material)
        if verdict.companion:
            subject, carries = verdict.companion
            told, most = EVIDENCE.index("inferred"), _LIKELY if carries else _POSSIBLE
            gathered += [
                _with(
                    one,
                    evidence=told,
                    share=(0.0, 0.2, 0.9),
                    most=most if one.presence == _CERTAIN else _POSSIBLE,
                )
                for one in self.rows(subject)
            ]
        best = max([EVIDENCE.index(one.evidence) for one in verdict.materials], default=rank)
        for coat, _ in verdict.coats:
            told = max(best, EVIDENCE.index("designated"))
            gathered += [_with(one, evidence=told) for one in self._coats.get(coat, [])]
            if coat not in self._coats:
                gathered += [
                    _with(one, evidence=told, share=(0.0005, 0.005, 0.03))
                    for one in self.rows(coat)
                ]
        made = _merged(gathered)
        gone = {self._main(subject) for subject in verdict.absent} - {""}
        if gone:
            made = [one for one in made if one.presence == _CERTAIN or one.mineral not in gone]
        return made

    def _main(self, subject: str) -> str:
        """The mineral that most of a material is, '' where nothing is known of it."""
        rows = self.rows(subject)
        return max(rows, key=lambda one: one.weight[1]).mineral if rows else ""

    def declared(
        self, recognised: list[Ingredient], told: tuple[Declared, ...]
    ) -> list[Ingredient]:
        """What was declared, and what was recognised beside it unless all was declared."""
        evidence = EVIDENCE.index("declared")
        whole = any(one.whole for one in told)
        names = {one.mineral for one in told}
        made = [] if whole else [one for one in recognised if one.mineral not in names]
        for one in told:
            like = next((row for row in recognised if row.mineral == one.mineral), None)
            relation = "not_listed" if one.mineral in UNLISTED else "contained"
            share = 0.0 if math.isnan(one.percent) else one.percent
            made.append(
                Ingredient(
                    mineral=one.mineral,
                    form=like.form if like else "",
                    presence=PRESENCE.index("certain"),
                    function=like.function if like else FUNCTIONS.index("primary"),
                    relation=RELATIONS.index(relation),
                    evidence=evidence,
                    weight=(share, share, share),
                    deposit=_NOTHING,
                    source=DECLARATION,
                    grams=(one.grams, one.grams, one.grams),
                )
            )
        return _merged(made)

    def _body(self, material: Material, of: int) -> list[Ingredient]:
        evidence = EVIDENCE.index(material.evidence)
        share = (1.0, 1.0, 1.0) if of == 1 else (0.05, 1.0 / of, 1.0)
        most = _CERTAIN if material.sure else _LIKELY
        return [_with(one, evidence=evidence, share=share, most=most) for one in self.of(material)]

    def _added(self, gathered: list[Ingredient], material: Material) -> list[Ingredient]:
        """A material named beside a composite part: what it adds, and what it makes sure."""
        evidence = EVIDENCE.index(material.evidence)
        held = {(one.mineral, one.relation): place for place, one in enumerate(gathered)}
        made = list(gathered)
        for one in self.of(material):
            place = held.get((one.mineral, one.relation))
            minor = one.weight[1] < 3.0
            if place is None:
                most = _LIKELY if minor else _CERTAIN
                made.append(_with(one, evidence=evidence, share=(0.01, 0.2, 0.9), most=most))
            elif minor:
                known = made[place]
                made[place] = replace(
                    known, presence=max(known.presence, min(one.presence, _LIKELY))
                )
            elif one.presence > made[place].presence:
                known = made[place]
                made[place] = Ingredient(
                    known.mineral, one.form, one.presence, max(known.function, one.function),
                    known.relation, evidence, known.weight, known.deposit, one.source,
                )  # fmt: skip
        return made


UNLISTED = frozenset(["gold", "molybdenum", "iron", "cadmium", "selenium", "strontium"])


def _with(
    one: Ingredient,
    evidence: int,
    share: tuple[float, float, float] = (1.0, 1.0, 1.0),
    most: int = _CERTAIN,
) -> Ingredient:
    presence = min(one.presence, most)
    weight = (
        one.weight[0] * share[0],
        one.weight[1] * share[1],
        min(one.weight[2] * share[2], 100.0),
    )
    return Ingredient(
        one.mineral, one.form, presence, one.function, one.relation, evidence, weight,
        one.deposit, one.source,
    )  # fmt: skip


def _merged(gathered: list[Ingredient]) -> list[Ingredient]:
    """One per mineral and relation: masses add up, the strongest presence and function stay."""
    places: dict[tuple[str, int], int] = {}
    made: list[Ingredient] = []
    for one in gathered:
        key = (one.mineral, one.relation)
        if key not in places:
            places[key] = len(made)
            made.append(one)
            continue
        held = made[places[key]]
        heavier = held if held.weight[1] >= one.weight[1] else one
        weight = tuple(min(a + b, 100.0) for a, b in zip(held.weight, one.weight, strict=True))
        deposit = tuple(a + b for a, b in zip(held.deposit, one.deposit, strict=True))
        made[places[key]] = Ingredient(
            held.mineral, heavier.form, max(held.presence, one.presence),
            max(held.function, one.function), held.relation, max(held.evidence, one.evidence),
            (weight[0], weight[1], weight[2]), (deposit[0], deposit[1], deposit[2]),
            heavier.source, _summed(held.grams, one.grams),
        )  # fmt: skip
    return made


def _summed(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Grams told twice ("Cu 2 g; Cu 1 g") add up; an amount that nobody told adds nothing."""
    if math.isnan(first[1]):
        return second
    if math.isnan(second[1]):
        return first
    return (first[0] + second[0], first[1] + second[1], first[2] + second[2])
