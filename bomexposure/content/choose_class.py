"""Which component class the words, the numbers and the reference designator name."""

from __future__ import annotations

from dataclasses import replace

from bomexposure.content.lexicon import NOUN_ROLES, Lexicon
from bomexposure.content.reading import Noun, Reading

GENERIC_MARK = "_GEN"
_ALWAYS_VAGUE = frozenset(
    ["PART_METAL", "PART_PLASTIC", "ENCLOSURE_GEN", "GLOVEBOX_GEN", "MOD_GEN", "MOD_SENSOR",
     "PUMP_ASM", "PUMP_PART", "CASTER", "GASKET", "CAMERA"]
)  # fmt: skip


_LOW = frozenset(["5v", "6v", "9v", "12v", "24v", "48v", "5vdc", "12vdc", "24vdc"])
_DRIVEN = {
    "VALVE": ("SOLENOID", _LOW | {"110v", "115v", "220v", "230v", "24vac", "110vac", "230vac"}),
    "PUMP_ASM": ("PUMP_DC", _LOW),
    "LAMP_IND": ("LAMP_IND_LED", frozenset(["led", "leds"])),
}
"""A valve with a voltage has a coil; a pump for a low one brings its motor; an indicator lamp may
be said to have an LED."""
_VAGUE_DEVICES = frozenset(["MOD_SENSOR", "MOD_GEN"])
_HOUSED = frozenset(["housing", "gehause", "boitier", "carcasa", "корпус", "外壳", "ハウジング"])
"""Words that go with the number of a connector housing."""
_SEEN = {"MOD_SENSOR": "optoelectronics"}
"""Kind of the exact parts that a vague device may be built on: "infrared sensor TCRT5000"."""
_DRIVEN_KINDS = frozenset(["motor", "battery", "display", "lamp", "optoelectronics"])
_PLUGGED = {"j": _DRIVEN_KINDS | {"sensor"}, "r": _DRIVEN_KINDS, "c": _DRIVEN_KINDS}
"""Kinds that only serve: what plugs into J30 "Servo", whose current R1 "power LED" limits."""
_LANDS = frozenset(["connector", "electromechanical", "battery", "module", "protection"])
"""Kinds that a footprint tells better than the letter of the designator: "U5" on a pin header."""


def choose_class(
    reading: Reading, designator: str, lexicon: Lexicon
) -> tuple[Noun | None, list[tuple[int, str]]]:
    """The class that the evidence supports best, and the words that say so."""
    wanted, default = lexicon.designators.get(designator, (frozenset(), ""))
    told = any(
        lexicon.categories.get(noun.subject, "") in wanted and noun.score >= 60
        for noun in reading.nouns
    )
    seen = any(
        lexicon.categories.get(noun.subject, "") in wanted
        and noun.column in ("footprint", "value", "mpn")
        and noun.score > 30
        for noun in reading.nouns
    )
    held = "connector" in wanted and any(
        lexicon.categories.get(noun.subject, "") == "connector" and noun.column == "footprint"
        for noun in reading.nouns
    )
    for noun in reading.nouns:
        category = lexicon.categories.get(noun.subject, "")
        if held and noun.column == "value" and category not in wanted:
            # "SSD1306" of J4 on a pin socket is what plugs into it
            noun.score -= 90
        if wanted and told and noun.kind == "series" and category not in wanted:
            # the noun and the reference designator agree against the number
            noun.score -= 35
        if noun.kind in NOUN_ROLES and category in _PLUGGED.get(designator, ()):
            noun.score -= 70
        aside = wanted and noun.kind in NOUN_ROLES and noun.column == "description"
        if aside and category not in wanted and (seen or _nothing(noun, lexicon)):
            # "BATTERY INPUT" of J1 is what the connector carries
            noun.score -= 60
        if wanted:
            if category in wanted:
                noun.score += 14 if noun.kind != "series_weak" else 40
            elif noun.kind == "series_weak":
                noun.score -= 60
            elif noun.score < 60 and not (noun.column == "footprint" and category in _LANDS):
                noun.score -= 20
        if noun.subject == "CONN_HOUSING" and noun.score > 0 and reading.words & _HOUSED:
            noun.score = max(noun.score, 108.0)
    charger = min((noun.word for noun in reading.nouns if _charger(noun)), default=-1)
    for noun in reading.nouns:
        charged = lexicon.categories.get(noun.subject, "") == "battery" and noun.kind == "class"
        if charged and 0 <= charger < noun.word:
            noun.score -= 60  # "battery charger lead acid 12V"
        if noun.rule == "word/pc" and _named_else(noun, reading):
            noun.score -= 60  # "cover PC": polycarbonate
    candidates = [noun for noun in reading.nouns if noun.score > 0]
    agreed = {lexicon.categories.get(noun.subject, "") for noun in candidates if noun.score >= 60}
    for noun in candidates:
        if noun.kind == "series_weak" and noun.score < 20:
            noun.score = 0.0
        elif noun.kind == "series_weak" and agreed and not wanted:
            same = lexicon.categories.get(noun.subject, "") in agreed
            noun.score += 25 if same else -45
    if default:
        candidates.append(Noun(default, 41.0, -1, f"designator/{designator}", "designator"))
    elif wanted:
        kin = "|".join(sorted(wanted))
        candidates.append(Noun("", 5.0, -1, f"designator/{kin}", "designator"))
    for subject, place, column in reading.units:
        if column in ("description", "value", "part_number", "mpn"):
            candidates.append(Noun(subject, 36.0, place, f"unit/{subject}", "lean"))
    candidates = [noun for noun in candidates if noun.score > 0 and noun.subject]
    if not candidates:
        return None, []
    fluids = [noun for noun in candidates if noun.subject.startswith("REFRIG")]
    others = [noun for noun in candidates if noun.kind == "class" and noun not in fluids]
    if others and all(any(map(str.isdigit, noun.rule)) for noun in fluids):
        # "R410A - ball valve": the number says what the part is made for
        candidates = [noun for noun in candidates if noun not in fluids]
    best = max(candidates, key=lambda noun: (noun.score, -noun.word))
    lent, trailed = best.lent, best.trailed
    best = _specific(best, candidates, reading, lexicon)
    best.lent, best.trailed = lent, trailed
    if best.subject in _DRIVEN and reading.words & _DRIVEN[best.subject][1]:
        best = replace(best, subject=_DRIVEN[best.subject][0])
    trail = [(best.word, best.rule)]
    trail += [
        (noun.word, noun.rule)
        for noun in candidates
        if noun.word >= 0 and noun is not best and noun.subject == best.subject
    ][:2]
    return best, trail


def _specific(
    best: Noun, candidates: list[Noun], reading: Reading,
    lexicon: Lexicon,
) -> Noun:  # fmt: skip
    """The sister class that hints, series, packages or sizes point to, where `best` is general."""
    category = lexicon.categories.get(best.subject, "")
    hints = [
        (entry, place)
        for entry, place, _ in reading.hints
        if lexicon.categories.get(entry.subject, "") == category
        and (not entry.categories or category in entry.categories)
        and (not entry.subject.startswith("REFRIG") or best.subject.startswith("REFRIG"))
    ]
    vague = GENERIC_MARK in best.subject or best.kind == "designator"
    if vague:
        others = [
            noun
            for noun in candidates
            if noun is not best
            and GENERIC_MARK not in noun.subject
            and noun.kind not in ("designator", "lean")
            and lexicon.categories.get(noun.subject, "") == category
        ]
        if others:
            best = max(others, key=lambda noun: (noun.score, -noun.word))
            vague = False
    elif best.subject in _ALWAYS_VAGUE and best.kind in NOUN_ROLES:
        # "BME280 sensor module": the number is exact, the words are not
        exact = [
            noun
            for noun in candidates
            if (noun.kind == "series" or _tells_more(noun, best))
            and lexicon.categories.get(noun.subject, "") in (category, _SEEN.get(best.subject))
        ]
        best = max(exact, key=lambda noun: (noun.score, -noun.word), default=best)
    if hints:
        top = max(entry.priority for entry, _ in hints)
        entry, place = next(one for one in hints if one[0].priority == top)
        if (
            vague
            or (top > 5 and entry.subject != best.subject)
            or (best.kind == "class" and top == 5 and _broad(best.subject))
        ):
            kind = "class" if top >= 2 else "lean"
            return Noun(entry.subject, best.score, place, entry.rule, kind)
    if vague or _packable(best.subject) or best.kind == "series_weak":
        packed = _by_package(best, reading, lexicon)
        if packed:
            kind = "class" if best.kind == "designator" else best.kind
            return Noun(packed, best.score, best.word, best.rule, kind)
    if best.subject in _BY_SIZE and any(len(one) == 4 for one in reading.sizes):
        kind = "class" if best.kind != "designator" or reading.units else "lean"
        return Noun(_BY_SIZE[best.subject], best.score, best.word, best.rule, kind)
    return best


_CHARGERS = (
    "charger", "ladegerät", "ladegerat", "chargeur", "cargador", "caricabatterie", "carregador",
    "lader", "ładowarka", "ladowarka", "устройство", "充电器", "充電器", "충전기",
)  # fmt: skip


def _charger(noun: Noun) -> bool:
    """Whether the noun names a charger: what it charges is not in it."""
    named = noun.subject == "MOD_PSU" and noun.score > 0 and noun.column == "description"
    return named and noun.rule.casefold().endswith(_CHARGERS)


def _named_else(noun: Noun, reading: Reading) -> bool:
    """Whether another noun of its cell names a part."""
    return any(
        one is not noun and one.column == noun.column and one.kind == "class" and one.score > 0
        for one in reading.nouns
    )


def _nothing(noun: Noun, lexicon: Lexicon) -> bool:
    """Whether the noun is no part at all: a service, a label; "not fitted" stays what it is."""
    return lexicon.bodies.get(noun.subject) == "none" and noun.subject != "NO_PART"


def _tells_more(noun: Noun, best: Noun) -> bool:
    """Whether another cell, or another word for a sensor, names exactly what this one calls a
    sensor or a module."""
    told = noun.kind == "class" and (noun.column != best.column or best.subject == "MOD_SENSOR")
    return told and best.subject in _VAGUE_DEVICES and noun.subject not in _ALWAYS_VAGUE


_BY_SIZE = {
    "CAP_GEN": "CAP_MLCC_C2", "RES_GEN": "RES_CHIP_TF", "RES_MOV": "RES_MLV",
    "FUSE_GEN": "FUSE_CHIP",
}  # fmt: skip
"""A capacitor, resistor, varistor or fuse in a chip size is a chip."""
_BROAD = frozenset(
    ["CAP_MLCC_C2", "MAG_GEN", "LED_GEN", "RES_CHIP_TF", "RES_MOV", "MOTOR_GEN", "BATT_LI_GEN",
     "BUZZER_PZ", "BEARING", "CONN_GEN", "Q_SOT23", "Q_TO220", "IND_GEN", "D_AXIAL", "D_SMALL"]
)  # fmt: skip


def _broad(subject: str) -> bool:
    """Classes that a hint may narrow although they are named outright."""
    return subject in _BROAD


def _packable(subject: str) -> bool:
    return subject in ("IC_GEN", "Q_SOT23", "Q_TO92", "D_SMALL", "D_AXIAL", "Q_TO220", "Q_DPAK")


def _short_ic(best: Noun) -> bool:
    """A short series of integrated circuits comes in many cases: the case that is named wins."""
    return best.kind == "series_weak" and best.subject.startswith("IC_")


def _by_package(best: Noun, reading: Reading, lexicon: Lexicon) -> str:
    for word in reading.packages:
        on_u, on_q, on_d = lexicon.packages[word]
        if best.subject in ("IC_GEN", "SEMI_GEN") or _short_ic(best):
            return on_u
        if best.subject.startswith("Q_") and best.subject not in ("Q_SIC", "Q_GAN"):
            return on_q
        if best.subject.startswith("D_"):
            return on_d
    return ""


def named_outright(reading: Reading, category: str, lexicon: Lexicon) -> bool:
    """Whether a plain noun of the description says the same as a short part-number series."""
    return any(
        noun.kind == "class"
        and noun.score >= 60
        and lexicon.categories.get(noun.subject, "") == category
        for noun in reading.nouns
    )


def class_evidence(chosen: Noun) -> str:
    if chosen.kind in ("series", "series_weak"):
        return "designated"
    if chosen.kind == "designator" or chosen.kind == "weak":
        return "assumed"
    return "inferred"


def size_of(reading: Reading, subject: str, lexicon: Lexicon) -> int:
    held = lexicon.sizes.get(subject)
    if not held:
        return -1
    for size in sorted(set(reading.sizes), key=lambda one: (-len(one), one)):
        if size in held:
            return held[size]
    return -1
