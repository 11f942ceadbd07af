"""Two editions side by side: which figure of which mineral changed, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bomexposure.model.supply import Reference

_NUMBERS = {
    "nir_low": "import reliance, low",
    "nir_high": "import reliance, high",
    "china_share_pct": "China's share",
    "china_peak_low": "China's largest share, low",
    "china_peak_high": "China's largest share, high",
    "leading_share_pct": "leader's share",
    "hhi_low": "concentration, low",
    "hhi_high": "concentration, high",
    "price_usd_per_kg": "price per kg",
    "consumption_t": "U.S. consumption",
}
_WORDS = {
    "nir_printed": "import reliance as printed",
    "leading_country": "leader",
    "china_share_stage": "stage of China's share",
    "china_peak_stage": "stage of China's largest share",
}


@dataclass(frozen=True, slots=True)
class EditionChange:
    """One figure that differs between two editions.

    Attributes:
        form: "" for the mineral's own row.
        before, after: as text, "" where the edition has no figure.
        change: after minus before, None where either is not a number.
    """

    mineral: str
    form: str
    field: str
    before: str
    after: str
    change: float | None


def compare_editions(old: Reference, new: Reference) -> list[EditionChange]:
    """Every figure of SUPPLY that differs, by mineral and form, in the order of the new edition.

    A mineral or form that only one edition has shows with blanks on the other side.
    """
    before, after = _keyed(old.supply), _keyed(new.supply)
    keys = list(dict.fromkeys([*after.index, *before.index]))
    old_rows, new_rows = before.to_dict("index"), after.to_dict("index")
    changes = []
    for mineral, form in keys:
        was, now = old_rows.get((mineral, form), {}), new_rows.get((mineral, form), {})
        for column, words in (_WORDS | _NUMBERS).items():
            left, right = was.get(column, ""), now.get(column, "")
            if column in _NUMBERS:
                left, right = _number(left), _number(right)
                if left == right:
                    continue
                gap = right - left if left is not None and right is not None else None
                changes.append(EditionChange(mineral, form, words, _text(left), _text(right), gap))
            elif left != right:
                changes.append(EditionChange(mineral, form, words, str(left), str(right), None))
    return changes


def changes_text(old: Reference, new: Reference, changes: list[EditionChange]) -> str:
    """The changes for people, one aligned line each."""
    lines = [f"{len(changes)} figures differ between {old.edition} and {new.edition}."]
    for one in changes:
        name = f"{one.mineral} ({one.form})" if one.form else one.mineral
        gap = f"  ({one.change:+g})" if one.change is not None else ""
        lines.append(f"  {name:<28} {one.field:<32} {one.before or '-'} -> {one.after or '-'}{gap}")
    return "\n".join(lines) + "\n"


def _keyed(supply: pd.DataFrame) -> pd.DataFrame:
    form = supply["form"].where(~supply["headline"], "")
    return supply.assign(form=form).set_index(["mineral", "form"])


def _number(cell: object) -> float | None:
    return cell if isinstance(cell, float) and cell == cell else None


def _text(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
