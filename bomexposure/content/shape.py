"""Nouns that tell a shape only (ring, tube, cap, wire), and the class that their material tells."""

from __future__ import annotations

from collections.abc import Sequence

IRON = frozenset(["carbon & alloy steel", "stainless steel", "tool steel", "cast iron"])
_SHAPES = frozenset(["PART_METAL"])
_DRIVES = frozenset(["MOTOR_GEN", "MOTOR_FAN", "PUMP_ASM", "GEARBOX"])
"""Named by what a part belongs to as often as by what it is: the crank of a motor is of PLA."""
_WIRES = frozenset(["CABLE_CU"])
_TURNED = frozenset(["PART_METAL", "BEARING_PLAIN"])
_GRAPHITE = frozenset(["TH_GRAPHITE", "GR_GRAPHITE", "GRAPHITE_GENERIC", "SB_PURE"])
_BUSHES = ("bush", "buchse", "buje", "casquillo", "bague", "boccola", "bucha", "втулк", "套")
_CRYSTALS = frozenset(["XTAL", "CRYST_GEN", "SENS_SCINT"])
_BOARDS = frozenset(["word/board", "word/boards"])
_LAMINATES = frozenset(["PA_FR4", "PA_GFRP"])
_OPTICAL = frozenset(["optical & thermal", "phosphor & scintillator", "chemical compound"])
_SUPERCONDUCTORS = frozenset(["NBTI", "NB3SN", "NB_REBCO", "SC_YBCO", "SC_BSCCO"])
_SOFT = "plastic & elastomer"
_FILLED = frozenset([_SOFT, "glass & ceramic"])
_RUBBERS = frozenset(["RUBBER_GENERIC", "PA_FKM", "PA_SILICONE", "PA_RUBBER", "PA_POLYCHLOROPRENE"])


def told_by_material(
    subject: str, materials: Sequence[str], families: Sequence[str], evidence: str, rule: str = ""
) -> str:
    """The class when the material contradicts what the noun alone suggests, else `subject`.

    A cap of PE is a plastic part; a clip of wire 1.4310 holds no copper conductor.

    Args:
        subject: class that the words point to.
        materials, families: ids of the materials of the line, and the family of each.
        evidence: of the first material; "" where there is none.
        rule: the word that named the class.
    """
    if not materials:
        return subject
    if subject in _TURNED and _GRAPHITE.issuperset(materials):
        bush = subject == "BEARING_PLAIN" or any(word in rule.casefold() for word in _BUSHES)
        return "BUSH_GRAPHITE" if bush else "ELECTRODE_GRAPH"
    if subject in _CRYSTALS and families[0] in _OPTICAL:
        return "OPT_CRYSTAL"
    if subject == "MAG_GEN" and _SUPERCONDUCTORS.intersection(materials):
        return "MAGNET_SC"
    soft = _SOFT in families and _FILLED.issuperset(families)
    if subject in _DRIVES and soft and evidence == "declared":
        return "PART_PLASTIC"
    board = subject == "MOD_GEN" and rule in _BOARDS and evidence == "declared"
    if board and not _LAMINATES.intersection(materials):
        subject = "PART_METAL"  # a landing board of HDPE
    if subject in _SHAPES and "WOOD_PAPER" in materials:
        return "PAPER_WOOD"
    if subject in _SHAPES and soft:
        return "PART_RUBBER" if _RUBBERS.intersection(materials) else "PART_PLASTIC"
    if subject in _WIRES and evidence in ("declared", "designated") and IRON.issuperset(families):
        return "WIRE_STEEL"
    return subject
