"""The SUPPLY table: what the United States depends on and who leads, per mineral and traded form.

Which published figure speaks for which mineral and form is data (the rules set); this module
only looks the figures up and keeps their bounds. Method: docs/method.md, "Supply".
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bomexposure.model.supply import SUPPLY
from bomexposure.reference.producers import THIS, USGS, newest_year
from bomexposure.reference.rules import Row, Rules
from bomexposure.reference.sets import DataSet

NAN = float("nan")
Cells = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Release:
    """The tables of one USGS release, indexed for look-up; newest data year only."""

    id: str
    year: str
    nir: dict[str, list[Row]]
    shares: dict[tuple[str, str], Row]
    prices: dict[str, list[Row]]
    salient: dict[str, Row]
    china: dict[tuple[str, str], str]
    """(commodity, stage) -> figure id of China's printed output."""
    leaders: dict[tuple[str, str, str], str]


def supply(usgs: DataSet, producers: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The SUPPLY table of one edition.

    Args:
        usgs: an imported USGS release; producers: the PRODUCERS table of the same edition.
    """
    release = _read(usgs)
    peaks = _Peaks(release, producers, rules)
    further: dict[str, list[Row]] = {}
    for row in rules.forms:
        further.setdefault(row["mineral"], []).append(row)
    made: list[Cells] = []
    for row in rules.minerals:
        own = _headline(row, release, producers)
        own |= peaks.of(row["id"], "")
        made.append(own)
        for form in further.get(row["id"], []):
            made.append(_form(row, form, own, release) | peaks.of(row["id"], form["form"]))
    return SUPPLY.conform(pd.DataFrame(made))


def _read(usgs: DataSet) -> _Release:
    year = newest_year(usgs)
    nir: dict[str, list[Row]] = {}
    for row in usgs.rows("nir.csv"):
        if row["year"] == year:
            nir.setdefault(row["commodity"], []).append(row)
    prices: dict[str, list[Row]] = {}
    for row in usgs.rows("prices.csv"):
        if row["year"] == year:
            prices.setdefault(row["commodity"], []).append(row)
    output = usgs.table("production.csv")
    output = output[(output["year"] == year) & (output["form"] != "exports")]
    leaders = {
        (commodity, stage, country): f"{usgs.id}/{figure}"
        for commodity, stage, country, figure in zip(
            output["commodity"], output["stage"], output["country"], output["id"], strict=True
        )
    }
    return _Release(
        id=usgs.id,
        year=year,
        nir=nir,
        shares={
            (row["commodity"], row["stage"]): row
            for row in usgs.rows("shares.csv")
            if row["year"] == year
        },
        prices=prices,
        salient={row["name"]: row for row in usgs.rows("table7.csv")},
        china={key[:2]: figure for key, figure in leaders.items() if key[2] == "China"},
        leaders=leaders,
    )


def _headline(row: Row, release: _Release, producers: pd.DataFrame) -> Cells:
    """The mineral's own row, without the peak share."""
    cells: Cells = {
        "mineral": row["id"],
        "form": row["form"],
        "headline": True,
        "name": row["name"],
        "symbol": row["symbol"],
        "critical_2025": row["listed"] == "yes",
        "uses": row["uses"],
        "note": row["note"],
    }
    cells |= _reliance(row["nir_commodity"], row["nir_form"], row["nir_words"], release)
    cells["nir_scope"] = row["nir_scope"]
    cells |= _share(row["share_commodity"], row["share_stage"], release)
    if row["share_commodity"] == "uranium":
        cells |= _uranium(producers)
    if not cells.get("leading_country") and row["leader_named"]:
        cells["leading_country"] = row["leader_named"]
        cells["leading_stage"] = row["leader_stage"]
        named = release.salient.get(row["table7"])
        cells["leading_source"] = f"{release.id}/{named['id']}" if named else ""
    cells |= _price(row, release)
    cells |= _consumption(row, release)
    return cells


def _form(row: Row, form: Row, own: Cells, release: _Release) -> Cells:
    """A further traded form: its own figures where it has some, the headline's where it has none."""
    cells = dict(own)
    cells |= {"form": form["form"], "headline": False, "note": form["reason"]}
    cells["name"] = f"{row['name']}: {form['form']}"
    if form["figures"] != "own":
        return cells
    cells |= _reliance(form["nir_commodity"], form["nir_form"], form["nir_words"], release)
    cells["nir_scope"] = THIS
    cells |= _share(form["share_commodity"], form["share_stage"], release)
    cells |= {"consumption_t": NAN, "consumption_basis": "", "consumption_source": ""}
    return cells


def _reliance(commodity: str, form: str, words: str, release: _Release) -> Cells:
    """Net import reliance of `commodity` in the form that starts with `form`."""
    fits = [
        row
        for row in release.nir.get(commodity, [])
        if row["form"].casefold().startswith(form.casefold())
    ]
    if not fits:
        return {
            "nir_low": NAN, "nir_high": NAN, "nir_printed": "", "nir_form": "", "nir_basis": "",
            "nir_year": "", "nir_source": "",
        }  # fmt: skip
    row = fits[0]
    return {
        "nir_low": _number(row["low"]),
        "nir_high": _number(row["high"]),
        "nir_printed": row["printed"],
        "nir_form": words or row["form"],
        "nir_basis": row["basis"],
        "nir_year": row["year"] + ("e" if row["estimated"] == "yes" else ""),
        "nir_source": f"{release.id}/{row['id']}",
    }


def _share(commodity: str, stage: str, release: _Release) -> Cells:
    """China's share, the leader and the concentration at one stage, as USGS tonnages give them."""
    blank: Cells = {
        "china_share_pct": NAN, "china_share_stage": "", "china_share_year": "",
        "china_share_source": "", "leading_country": "", "leading_share_pct": NAN,
        "leading_stage": "", "leading_source": "", "hhi_low": NAN, "hhi_high": NAN,
        "hhi_source": "",
    }  # fmt: skip
    row = release.shares.get((commodity, stage))
    if row is None:
        return blank
    cells = dict(blank)
    if row["china_share"]:
        cells |= {
            "china_share_pct": _number(row["china_share"]),
            "china_share_stage": stage,
            "china_share_year": row["year"],
            "china_share_source": release.china.get((commodity, stage), ""),
        }
    if row["leader_share"]:
        first = row["leader"].split(" / ")[0]
        cells |= {
            "leading_country": row["leader"],
            "leading_share_pct": _number(row["leader_share"]),
            "leading_stage": stage,
            "leading_source": release.leaders.get((commodity, stage, first), ""),
            "hhi_low": _number(row["hhi_low"]),
            "hhi_high": _number(row["hhi_high"]),
            "hhi_source": f"{release.id}/{row['id']}",
        }
    return cells


def _uranium(producers: pd.DataFrame) -> Cells:
    """Uranium is not a USGS commodity: its shares come from the uranium set."""
    mined = producers[(producers["mineral"] == "uranium") & producers["headline"]]
    if mined.empty:
        return {}
    lead = mined.loc[mined["share_low"].idxmax()]
    china = mined[mined["iso3"] == "CHN"].iloc[0]
    return {
        "china_share_pct": float(china["share_low"]),
        "china_share_stage": str(china["stage"]),
        "china_share_year": str(china["year"]),
        "china_share_source": str(china["source"]),
        "leading_country": str(lead["country"]),
        "leading_share_pct": float(lead["share_low"]),
        "leading_stage": str(lead["stage"]),
        "leading_source": str(lead["source"]),
    }


def _price(row: Row, release: _Release) -> Cells:
    """Price per kg of contained element; NaN for laboratory lots and for unclear contents."""
    wanted = row["price_form"].casefold()
    fits = [
        price
        for price in release.prices.get(row["price_commodity"], [])
        if wanted and wanted in price["form"].casefold()
    ]
    if not fits:
        return {"price_usd_per_kg": NAN, "price_source": ""}
    per_kg, fraction = _number(fits[0]["usd_per_kg"]), _number(row["element_fraction"])
    if row["price_quality"] != "bulk":
        per_kg = NAN
    return {
        "price_usd_per_kg": round(per_kg / fraction, 4),
        "price_source": f"{release.id}/{fits[0]['id']}",
    }


def _consumption(row: Row, release: _Release) -> Cells:
    """U.S. apparent consumption of USGS Table 7; NaN where withheld or a group's."""
    blank: Cells = {"consumption_t": NAN, "consumption_factor": NAN, "consumption_basis": ""}
    salient = release.salient.get(row["table7"])
    if salient is None or not row["consumption_basis"]:
        return blank
    try:
        tonnes = float(salient["consumption"].replace(",", ""))
    except ValueError:
        return blank
    return {
        "consumption_t": tonnes,
        "consumption_basis": row["consumption_basis"],
        "consumption_factor": _number(row["consumption_factor"]),
        "consumption_source": f"{release.id}/{salient['id']}",
    }


class _Peaks:
    """China's largest share over the allow-list, per mineral and form."""

    def __init__(self, release: _Release, producers: pd.DataFrame, rules: Rules) -> None:
        self._rows: dict[str, list[tuple[Row, Cells]]] = {}
        allowed = producers[producers["allowed"]]
        keys = ["mineral", "stage", "publisher"]
        known = {key: part for key, part in allowed.groupby(keys, sort=False)}  # noqa: C416
        for row in rules.peaks:
            if row["allowed"] != "yes":
                continue
            part = known.get((row["mineral"], row["stage"], row["publisher"]))
            if part is None:
                continue
            bounds = _china_bounds(part, release.shares.get((row["commodity"], row["stage"])))
            if bounds is not None:
                self._rows.setdefault(row["mineral"], []).append((row, bounds))

    def of(self, mineral: str, form: str) -> Cells:
        """The peak columns of SUPPLY; `form` "" is the mineral's own row."""
        fits = [cells for row, cells in self._rows.get(mineral, []) if _serves(row, form)]
        if not fits:
            return {
                "china_peak_low": NAN, "china_peak_high": NAN, "china_peak_stage": "",
                "china_peak_year": "", "china_peak_publisher": "", "china_peak_source": "",
                "china_led": False, "china_led_stage": "",
            }  # fmt: skip
        top = max(fits, key=lambda cells: (cells["china_peak_high"], cells["china_peak_low"]))
        led = [cells for cells in fits if cells["china_led"]]
        first = max(led, key=lambda cells: cells["china_peak_low"]) if led else None
        return top | {
            "china_peak_low": max(float(str(cells["china_peak_low"])) for cells in fits),
            "china_led": first is not None,
            "china_led_stage": first["china_peak_stage"] if first else "",
        }


def _serves(row: Row, form: str) -> bool:
    if not form:
        return row["own"] == "yes"
    return row["forms"] == "*" or form in row["forms"].split(";")


def _china_bounds(part: pd.DataFrame, share: Row | None) -> Cells | None:
    """China's share at one stage; from 0 to the rest where others are printed and China is not."""
    figures = part[part["share_low"].notna()]
    if figures.empty:
        return None
    china = figures[figures["iso3"] == "CHN"]
    others = figures[(figures["iso3"] != "CHN") & (figures["iso3"] != "")]
    if len(china):
        row = china.iloc[0]
        low, high, source = float(row["share_low"]), float(row["share_high"]), str(row["source"])
        led = low > others["share_high"].max() if len(others) else low > 50
    else:
        row = others.iloc[0]
        rest = figures.loc[figures["iso3"] == "", "share_high"].sum()
        if share is None:
            rest = max(0.0, 100 - float(others["share_low"].sum()))
        low, high, led = 0.0, round(float(rest), 1), False
        source = str(row["source"])
    return {
        "china_peak_low": low,
        "china_peak_high": high,
        "china_peak_stage": str(row["stage"]),
        "china_peak_year": str(row["year"]),
        "china_peak_publisher": str(row["publisher"]),
        "china_peak_source": source,
        "china_led": bool(led),
    }


def _number(text: str) -> float:
    return float(text.replace(",", "")) if text else NAN


__all__ = ["USGS", "supply"]
