"""Chemical formulas and supported catalysts as materials: La2O3, Nd:YVO4, CoMo/Al2O3, Pt/C, PtRu.

A formula gives its composition by stoichiometry (standard atomic weights, IUPAC 2021); a catalyst
written metal/support gives the elements, and their amounts by the usual loading.
"""

from __future__ import annotations

import re

Part = tuple[str, float, float, float]
COMPOUND = "COMPOUND_GENERIC"
CATALYST = "CATALYST_SUPPORTED"
_WEIGHTS = {
    "Ag": 107.87, "Al": 26.98, "As": 74.92, "Au": 196.97, "B": 10.81, "Ba": 137.33, "Be": 9.01,
    "Bi": 208.98, "Br": 79.90, "C": 12.01, "Ca": 40.08, "Cd": 112.41, "Ce": 140.12, "Cl": 35.45,
    "Co": 58.93, "Cr": 52.00, "Cs": 132.91, "Cu": 63.55, "Dy": 162.50, "Er": 167.26, "Eu": 151.96,
    "F": 19.00, "Fe": 55.85, "Ga": 69.72, "Gd": 157.25, "Ge": 72.63, "H": 1.008, "Hf": 178.49,
    "Hg": 200.59, "Ho": 164.93, "I": 126.90, "In": 114.82, "Ir": 192.22, "K": 39.10, "La": 138.91,
    "Li": 6.94, "Lu": 174.97, "Mg": 24.31, "Mn": 54.94, "Mo": 95.95, "N": 14.01, "Na": 22.99,
    "Nb": 92.91, "Nd": 144.24, "Ni": 58.69, "O": 16.00, "P": 30.97, "Pb": 207.2, "Pd": 106.42,
    "Pr": 140.91, "Pt": 195.08, "Rb": 85.47, "Re": 186.21, "Rh": 102.91, "Ru": 101.07, "S": 32.06,
    "Sb": 121.76, "Sc": 44.96, "Se": 78.97, "Si": 28.09, "Sm": 150.36, "Sn": 118.71, "Sr": 87.62,
    "Ta": 180.95, "Tb": 158.93, "Te": 127.60, "Ti": 47.87, "Tl": 204.38, "Tm": 168.93, "V": 50.94,
    "W": 183.84, "Y": 88.91, "Yb": 173.05, "Zn": 65.38, "Zr": 91.22,
}  # fmt: skip
_ANIONS = frozenset(["O", "S", "Se", "Te", "F", "Cl", "Br", "I", "N", "P", "As", "Sb", "C", "B"])
_IDLE = frozenset(["H", "C", "N", "O", "S", "Cl", "F", "P", "Na", "K", "Ca", "Si", "Br", "I", "B"])
"""A formula of these alone (CO2, H3PO4, SiO2) is a gas, an acid or left to the tables."""
_SYMBOL = "|".join(sorted(_WEIGHTS, key=len, reverse=True))
_COUNT = r"\d{0,2}(?:\.\d{1,2})?"
_UNIT = re.compile(rf"({_SYMBOL})({_COUNT})|\(((?:(?:{_SYMBOL}){_COUNT})+)\)({_COUNT})")
_FORMULA = re.compile(rf"(?:(?:{_SYMBOL}){_COUNT}|\((?:(?:{_SYMBOL}){_COUNT})+\){_COUNT}){{2,9}}")
_DOPANTS = re.compile(rf"(?:{_SYMBOL})[+\d]{{0,2}}(?:,(?:{_SYMBOL})[+\d]{{0,2}}){{0,2}}")
_CAPITALS = frozenset(
    ["WO3", "V2O5", "Y2O3", "B4C", "B2O3", "WS2", "VO2", "V2O3", "YVO4", "KNBO3", "WB", "YF3"]
)
"""Formulas without a small letter are elsewhere part numbers ("CO2", "PO4", "NOS")."""
_BARE = frozenset(
    ["ZnO", "NiO", "MgO", "CoO", "CuO", "BeO", "PbO", "SnO", "MnO", "CdO", "PbS", "PbSe", "PbTe",
     "InAs", "AlAs", "AlSb", "InN", "LiF", "LiOH", "LiCl", "LiBr", "NaF", "CsF", "CsCl", "CsBr",
     "TiC", "TaC", "NbC", "ZrC", "HfC", "ZrN", "TaN", "HfN", "NbN", "MgS", "BaS", "ZnTe", "CdSe",
     "GaSe", "SnSe", "SnTe", "GeTe", "GeSn", "InSe", "CuInSe", "CuS", "NiS", "CoS", "CoP", "NiSe",
     "LaN", "LaF", "LiNH", "TiH", "ZrH", "PdO", "AlF", "CuCl", "CuI", "AgCl", "AgBr", "AgI", "BiI"]
)  # fmt: skip
"""Formulas of one atom each; other pairs of symbols are left alone."""
_NOBLE = frozenset(["Pt", "Pd", "Rh", "Ru", "Ir", "Au", "Re", "Os"])
_ACTIVE = _NOBLE | {"Ag", "Ni", "Co", "Mo", "W", "Cu", "Zn", "V", "Cr", "Fe", "Mn", "Sn", "La",
                    "Ce", "K", "Mg", "P"}  # fmt: skip
_METALS = re.compile(rf"(?:({_SYMBOL})\d{{0,2}}[-+]?)+")
_CARRIERS = {
    "C": (), "carbon": (), "zeolite": (), "ZSM-5": (), "SiO2": (), "CNT": (),
    "alumina": ("Al",), "γ-Al2O3": ("Al",), "YSZ": ("Zr", "Y"), "ceria": ("Ce",),
    "CeZr": ("Ce", "Zr"), "CZO": ("Ce", "Zr"), "cordierite": (),
}  # fmt: skip


def compound(name: str) -> tuple[str, tuple[Part, ...]] | None:
    """Subject and parts of a formula or a supported catalyst, None where it is neither.

    >>> compound("La2O3")[1][0]
    ('La', 82.7135, 85.2717, 85.2717)
    >>> [part[0] for part in compound("CoMo/Al2O3")[1]]
    ['Co', 'Mo', 'Al']
    """
    if "/" in name:
        return _supported(name)
    return _alloyed(name) or _doped(name)


def _atoms(formula: str) -> dict[str, float]:
    atoms: dict[str, float] = {}
    for symbol, count, group, times in _UNIT.findall(formula):
        inner = [(symbol, count)] if symbol else re.findall(rf"({_SYMBOL})({_COUNT})", group)
        for one, number in inner:
            amount = float(number or 1) * float(times or 1)
            atoms[one] = atoms.get(one, 0.0) + amount
    return atoms


def _plain(formula: str) -> dict[str, float]:
    """Percent of mass by element; {} where the text is no formula of interest."""
    if not _FORMULA.fullmatch(formula):
        return {}
    if formula not in _CAPITALS and not re.search(r"[a-z]", formula):
        return {}
    atoms = _atoms(formula)
    if len(atoms) < 2 or not _ANIONS & set(atoms) or _IDLE.issuperset(atoms):
        return {}
    if not any(map(str.isdigit, formula)) and formula not in _BARE:
        return {}
    if set(atoms) == {"C", "Co"} or max(atoms.values()) > 40:
        return {}
    whole = sum(_WEIGHTS[one] * amount for one, amount in atoms.items())
    return {one: 100.0 * _WEIGHTS[one] * amount / whole for one, amount in atoms.items()}


def _counted(shares: dict[str, float]) -> list[tuple[str, float]]:
    """Elements that draw on a traded commodity: no carbon of a carbonate, no silica."""
    idle = {"C", "N", "H", "S", "Cl", "Na", "Ca", "O"}
    if "O" in shares:
        idle.add("Si")
    return [(one, share) for one, share in shares.items() if one not in idle]


def _doped(name: str) -> tuple[str, tuple[Part, ...]] | None:
    left, colon, right = name.partition(":")
    formula, dopants = left, ""
    if colon:
        formula, dopants = (left, right) if _plain(left) else (right, left)
        if not _DOPANTS.fullmatch(dopants):
            return None
    shares = _plain(formula)
    if not shares:
        return None
    parts = [
        (one, round(share * 0.97, 4), round(share, 4), round(share, 4))
        for one, share in _counted(shares)
    ]
    parts += [
        (one, 0.05, 0.6, 6.0)
        for one in re.findall(_SYMBOL, dopants)
        if one not in shares and one not in _IDLE
    ]
    return (COMPOUND, tuple(parts)) if parts else None


def _elements(text: str) -> list[str]:
    """The metals of "CoMo", "Ni-Mo", "PtRu"; [] where the text is anything else."""
    if not _METALS.fullmatch(text):
        return []
    return list(dict.fromkeys(re.findall(_SYMBOL, text)))


def _alloyed(name: str) -> tuple[str, tuple[Part, ...]] | None:
    """Noble metals side by side ("PtRu", "Pt-Rh"), the active metals of a catalyst."""
    metals = _elements(name)
    if len(metals) < 2 or not _NOBLE.issuperset(metals) or any(map(str.isdigit, name)):
        return None
    return CATALYST, tuple((one, 1.0, 90.0 / len(metals), 99.0) for one in metals)


def _supported(name: str) -> tuple[str, tuple[Part, ...]] | None:
    """Metal/support: "CoMo/Al2O3", "Pt/C", "Cu/ZnO/Al2O3", "V2O5-WO3/TiO2", "Pt/Pd/Rh"."""
    pieces = name.split("/")
    first = _oxides(pieces[0]) or _elements(pieces[0])
    if not first or not _ACTIVE.issuperset(first):
        return None
    shares = [re.fullmatch(rf"({_SYMBOL})(\d{{1,2}})", piece) for piece in pieces]
    if all(shares) and 95 <= sum(int(one[2]) for one in shares if one) <= 105:
        named = [(one[1], float(one[2])) for one in shares if one]
        return CATALYST, tuple((one, amount * 0.95, amount, amount * 1.05) for one, amount in named)
    if all(_NOBLE.issuperset(_elements(piece) or ["-"]) for piece in pieces):
        metals = [metal for piece in pieces for metal in _elements(piece)]
        return CATALYST, tuple((one, 0.001, 0.5, 60.0) for one in dict.fromkeys(metals))
    carriers: dict[str, tuple[float, float, float]] = {}
    on_carbon = False
    for piece in pieces[1:]:
        bare = piece.removeprefix("γ-").removeprefix("g-")
        oxide = dict(_counted(_plain(bare)))
        if piece in _CARRIERS:
            on_carbon |= piece in ("C", "carbon", "CNT")
            carriers.update((one, (10.0, 35.0, 70.0)) for one in _CARRIERS[piece])
        elif oxide:
            carriers.update(
                (one, (share * 0.3, share * 0.8, share)) for one, share in oxide.items()
            )
        else:
            return None
    if on_carbon and not _NOBLE & set(first):
        return None
    loaded: dict[str, tuple[float, float, float]] = {}
    for one in first:
        band = (0.05, 0.5, 5.0) if one in _NOBLE else (0.5, 6.0, 50.0)
        loaded[one] = (1.0, 10.0, 60.0) if on_carbon else band
    for one, band in carriers.items():
        loaded.setdefault(one, band)
    return CATALYST, tuple(
        (one, round(low, 4), round(typical, 4), round(high, 4))
        for one, (low, typical, high) in loaded.items()
    )


def _oxides(text: str) -> list[str]:
    """The metals of "V2O5-WO3": oxides joined by a dash."""
    found: list[str] = []
    for piece in text.split("-"):
        shares = _plain(piece)
        if "O" not in shares:
            return []
        found += [one for one, _ in _counted(shares)]
    return found
