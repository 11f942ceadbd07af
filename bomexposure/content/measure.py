"""Mass from the dimensions that a text gives: threads, blocks, discs, rods, wires.

Works on the distinct texts of a Sight (folded: lower case, `x` for the multiplication sign, `mm2`).
All lengths are taken in mm unless the text says cm, m or inch marks follow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,3})?)"
_BY = r"\s?(?:mm)?\s?[x*]\s?"
THREAD = rf"(?<![a-z0-9])[mм]\s?{_NUMBER}(?:[xх*]\d[.,]\d+)?\s?[xх*]\s?{_NUMBER}(?![.,]?\d)"
THREAD_ONLY = r"(?<![a-z0-9])[mм]\s?(\d{1,2}(?:[.,]\d)?)(?![\d.,]*\s?[xх*\d])"
BLOCK = rf"(?<![\d.,x]){_NUMBER}{_BY}{_NUMBER}{_BY}{_NUMBER}(?!\s?[x*]|\d)"
ROUND = rf"(?:[o⌀]|dia\.?|diam\.?)\s?{_NUMBER}{_BY}(?:l\s?=?\s?)?{_NUMBER}(?!\s?[x*\d])"
PAIR = rf"(?<![\d.,xm]){_NUMBER}{_BY}{_NUMBER}(?!\s?[x*\d])"
SECTION = r"(?:(\d{1,3})\s?[xg*]\s?)?(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:mm2|mm\^2|qmm|мм2|平方)"
GAUGE = r"(?:awg\s?(\d{1,2})|(\d{1,2})\s?awg)"
# standard cable designations carry the cross-section in mm2 right behind the name: FLRY-B 2.5
# (ISO 6722, DIN 72551), H07V-K 1,5 and NYM-J 3x1,5 (DIN VDE 0250, 0285), LiYCY 4x0,25
CABLE = (
    r"(?<![a-z0-9])"
    r"(?:flr?y\w{0,3}(?: [ab])?|h0[357][a-z]\w*(?: [a-z]\w?)*|li[fy]y?\w*|ny[my](?: \w)?)"
    r"\s(?:(\d{1,2})\s?[xg]\s?)?(\d{1,2}(?:[.,]\d{1,2})?)(?![.,]?\d|\s?(?:m|mm|awg)(?![a-z0-9]))"
)
STEEL, COPPER = 7.85, 8.93
WATT_HOURS = r"(?<![\d.,])(\d{1,5}(?:[.,]\d{1,2})?)\s?(k?)wh(?![a-z])"
VOLTS = r"(?<![\d.,a-z])(\d{1,3}(?:[.,]\d{1,2})?)\s?v(?:dc)?(?![a-z])"
AMPERE_HOURS = r"(?<![\d.,])(\d{1,5}(?:[.,]\d{1,2})?)\s?(m?)ah(?![a-z])"
IN_SERIES = r"(?<![\d.,a-z])(\d{1,2})s(?:\d{1,2}p)?(?![a-z0-9])"


@dataclass(frozen=True, slots=True)
class Shape:
    """What the class of a text lets its dimensions mean."""

    category: str
    density: tuple[float, float, float]
    """g/cm3, low, typical, high: of the material named, or of those that the class is made of.
    For a battery Wh/kg."""
    volts: float = float("nan")
    """Nominal voltage of one cell; of a battery only."""


def measured(
    texts: list[str], shapes: list[Shape | None],
    before: tuple[list[Shape | None], Floats] | None = None,
) -> Floats:  # fmt: skip
    """Mass of one piece (of one metre for cables) per text, g; shape (n, 3); NaN where unknown.

    `before` are the shapes and masses of the same texts in a call before: what has the same shape
    still is not read again.
    """
    made = np.full((len(texts), 3), np.nan) if before is None else before[1].copy()
    groups: dict[str, list[int]] = {}
    for place, shape in enumerate(shapes):
        if before is not None:
            if shape == before[0][place]:
                continue
            made[place] = np.nan
        if shape is not None:
            groups.setdefault(shape.category, []).append(place)
    readers = {
        "fastener": _fastener, "magnet": _solid, "cable": _cable, "bearing": _ring,
        "structural": _body, "mechanical": _body, "casting": _body, "thermal": _body,
        "cutting tool": _body, "optics": _solid, "plastic": _body, "specialty": _body,
    }  # fmt: skip
    for category, places in groups.items():
        if category not in readers and category != "battery":
            continue
        cells = pd.Series([texts[place] for place in places], dtype="str")
        held = [shape for place in places if (shape := shapes[place]) is not None]
        dense = np.array([shape.density for shape in held])
        if category == "battery":
            made[places] = _charged(cells, dense, np.array([shape.volts for shape in held]))
        else:
            made[places] = readers[category](cells, dense)
    return made


def _numbers(cells: pd.Series[str], pattern: str) -> Floats:
    found = cells.str.extract(pattern, expand=True)
    columns = [
        pd.to_numeric(found[name].str.replace(",", ".", regex=False), errors="coerce").to_numpy(
            dtype=np.float64
        )
        for name in found.columns
    ]
    return np.stack(columns, axis=1)


def _banded(cm3: Floats, dense: Floats, band: tuple[float, float, float]) -> Floats:
    made: Floats = cm3[:, None] * dense * np.array(band)
    return made


def _fastener(cells: pd.Series[str], dense: Floats) -> Floats:
    """A screw M d x l: shank of 90 % of the full section, head of 1.6 d by 0.8 d; a nut or washer
    M d: 0.003 to 0.012 g per mm3 of d3 in steel (DIN 125, DIN 934)."""
    screw = _numbers(cells, THREAD)
    d, length = screw[:, 0], screw[:, 1]
    shank = np.pi / 4 * d**2 * length * 0.9
    head = np.pi / 4 * (1.6 * d) ** 2 * 0.8 * d
    made = _banded((shank + head) / 1000.0, dense, (0.8, 1.0, 1.25))
    alone = _numbers(cells, THREAD_ONLY)[:, 0]
    small = alone[:, None] ** 3 * np.array([0.003, 0.008, 0.012]) * dense / STEEL
    return np.where(np.isnan(made), np.where(alone[:, None] <= 64, small, np.nan), made)


def _solid(cells: pd.Series[str], dense: Floats) -> Floats:
    """Magnets and lenses: blocks are solid; two numbers are diameter and thickness."""
    block = _numbers(cells, BLOCK)
    ring = cells.str.contains(r"ring|anillo|anneau|环|環|кольц|リング|링", regex=True).to_numpy()
    made = _banded(block.prod(axis=1) / 1000.0, dense, (0.95, 1.0, 1.02))
    outer, inner = block[:, :2].max(axis=1), block[:, :2].min(axis=1)
    round_ring = np.pi / 4 * (outer**2 - inner**2) * block[:, 2]
    made = np.where(ring[:, None], _banded(round_ring / 1000.0, dense, (0.95, 1.0, 1.02)), made)
    pair = _numbers(cells, ROUND)
    pair = np.where(np.isnan(pair), _numbers(cells, PAIR), pair)
    disc = np.pi / 4 * pair[:, 0] ** 2 * pair[:, 1]
    return np.where(np.isnan(made), _banded(disc / 1000.0, dense, (0.9, 1.0, 1.3)), made)


def _body(cells: pd.Series[str], dense: Floats) -> Floats:
    """Machined parts and stock: a block is filled in part, a round bar in full."""
    block = _numbers(cells, BLOCK).prod(axis=1)
    made = _banded(block / 1000.0, dense, (0.2, 0.8, 1.0))
    bar = _numbers(cells, ROUND)
    solid = np.pi / 4 * bar[:, 0] ** 2 * bar[:, 1]
    return np.where(np.isnan(made), _banded(solid / 1000.0, dense, (0.4, 0.95, 1.0)), made)


def _ring(cells: pd.Series[str], dense: Floats) -> Floats:
    """Bearings: bore, outside diameter and width in any order; the steel fills some 60 %."""
    block = np.sort(_numbers(cells, BLOCK), axis=1)
    width, bore, outer = block[:, 0], block[:, 1], block[:, 2]
    section = np.pi / 4 * (outer**2 - bore**2) * width
    return _banded(np.where(section > 0, section, np.nan) / 1000.0, dense, (0.45, 0.62, 0.8))


def _cable(cells: pd.Series[str], dense: Floats) -> Floats:
    """Copper by cross-section or gauge, per metre; insulation and sheath weigh 0.2 to 1.2 of it."""
    section = _numbers(cells, SECTION)
    section = np.where(np.isnan(section[:, 1:]), _numbers(cells, CABLE), section)
    cores = np.where(np.isnan(section[:, 0]), 1.0, section[:, 0])
    area = cores * section[:, 1]
    gauge = _numbers(cells, GAUGE)
    number = np.where(np.isnan(gauge[:, 0]), gauge[:, 1], gauge[:, 0])
    # ASTM B258: d = 0.127 mm x 92^((36 - n) / 39)
    wire = np.pi / 4 * (0.127 * 92.0 ** ((36.0 - number) / 39.0)) ** 2
    area = np.where(np.isnan(area), wire, area)
    copper = area * COPPER
    del dense
    made: Floats = copper[:, None] * np.array([1.15, 1.45, 2.2])
    return made


def _charged(cells: pd.Series[str], dense: Floats, nominal: Floats) -> Floats:
    """Batteries by their energy: watt hours, or volts times ampere hours, over Wh/kg. Without a
    voltage that of the cells in series, of one cell where no number is told."""
    kilo = cells.str.extract(WATT_HOURS, expand=True)[1].eq("k").to_numpy()
    hours = _numbers(cells, WATT_HOURS)[:, 0] * np.where(kilo, 1000.0, 1.0)
    milli = cells.str.extract(AMPERE_HOURS, expand=True)[1].eq("m").to_numpy()
    charge = _numbers(cells, AMPERE_HOURS)[:, 0] * np.where(milli, 0.001, 1.0)
    series = _numbers(cells, IN_SERIES)[:, 0]
    volts = _numbers(cells, VOLTS)[:, 0]
    volts = np.where(np.isnan(volts), nominal * np.where(np.isnan(series), 1.0, series), volts)
    energy = np.where(np.isnan(hours), volts * charge, hours)
    made: Floats = 1000.0 * energy[:, None] / dense[:, ::-1]
    return made
