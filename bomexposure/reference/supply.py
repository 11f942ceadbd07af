"""The SUPPLY table: what the United States depends on and who leads, per mineral and traded form.

Which published figure speaks for which mineral and form is data (the rules set); this module
only looks the figures up and keeps their bounds. Method: docs/method.md, "Supply".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from bomexposure.model.supply import SUPPLY
from bomexposure.reference.figures import CONSUMPTION
from bomexposure.reference.names import REST_OF_WORLD
from bomexposure.reference.producers import THIS, USGS, newest_year
from bomexposure.reference.rules import Row, Rules
from bomexposure.reference.sets import DataSet
from bomexposure.reference.usgs.marks import read_mark

NAN = float("nan")
Cells = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Release:
    """The tables of one USGS release, indexed for look-up; newest data year only."""

    id: str
    nir: dict[str, list[Row]]
    shares: dict[tuple[str, str], Row]
    prices: dict[str, list[Row]]
    salient: dict[str, Row]
    outputs: dict[tuple[str, str, str], str]
    """(commodity, stage, country) -> figure id of the country's printed output."""


def supply(usgs: DataSet, uranium: DataSet, producers: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The SUPPLY table of one edition.

    Args:
        usgs: an imported USGS release; uranium: the set that stands in for the chapter that USGS
            does not have; producers: the PRODUCERS table of the same edition.
    """
    release = _read(usgs, uranium)
    peaks = _Peaks(producers, rules)
    further: dict[str, list[Row]] = {}
    for row in rules.forms:
        further.setdefault(row["mineral"], []).append(row)
    made: list[Cells] = []
    for row in rules.minerals:
        own = _headline(row, release)
        own |= peaks.of(row["id"], "")
        made.append(own)
        for form in further.get(row["id"], []):
            made.append(_form(row, form, own, release) | peaks.of(row["id"], form["form"]))
    return SUPPLY.conform(pd.DataFrame(made))


def _read(usgs: DataSet, uranium: DataSet) -> _Release:
    year = newest_year(usgs)
    nir = _by_commodity(usgs, "nir.csv", year)
    prices = _by_commodity(usgs, "prices.csv", year)
    shares: dict[tuple[str, str], Row] = {}
    outputs: dict[tuple[str, str, str], str] = {}
    for given, name, wanted in ((usgs, "production.csv", year), (uranium, "facts.csv", "")):
        for row in given.rows("shares.csv"):
            if row["year"] == (wanted or row["year"]):
                row["id"] = f"{given.id}/{row['id']}"
                shares[row["commodity"], row["stage"]] = row
        output = given.table(name)
        if wanted:
            output = output[(output["year"] == wanted) & (output["form"] != "exports")]
        keys = zip(output["commodity"], output["stage"], output["country"], strict=True)
        outputs |= dict(zip(keys, (given.id + "/" + output["id"]).tolist(), strict=True))
    salient = {row["name"]: row for row in usgs.rows("table7.csv")}
    return _Release(usgs.id, nir, shares, prices, salient, outputs)


def _by_commodity(usgs: DataSet, name: str, year: str) -> dict[str, list[Row]]:
    """The rows of one year of a table, by commodity."""
    given = usgs.table(name)
    found: dict[str, list[Row]] = {}
    rows: list[Row] = given[given["year"] == year].to_dict("records")  # type: ignore[assignment]
    for row in rows:
        found.setdefault(row["commodity"], []).append(row)
    return found


def _headline(row: Row, release: _Release) -> Cells:
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
    if not cells.get("leading_country") and row["leader_named"]:
        cells["leading_country"] = row["leader_named"]
        cells["leading_stage"] = row["leader_stage"]
        named = release.salient.get(row["table7"])
        cells["leading_source"] = f"{release.id}/{named['id']}" if named else ""
    cells |= _price(row, release)
    cells |= _consumption(row, release)
    return cells


def _form(row: Row, form: Row, own: Cells, release: _Release) -> Cells:
    """A further traded form: its own figures, the headline's where it has none."""
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
            "china_share_source": release.outputs.get((commodity, stage, "China"), ""),
        }
    if row["leader"]:
        first = row["leader"].split(" / ")[0]
        cells |= {
            "leading_country": row["leader"],
            "leading_share_pct": _number(row["leader_share"]),
            "leading_stage": stage,
            "leading_source": release.outputs.get((commodity, stage, first), ""),
        }
    if row["hhi_low"]:
        cells |= {
            "hhi_low": _number(row["hhi_low"]),
            "hhi_high": _number(row["hhi_high"]),
            "hhi_source": row["id"],
        }
    return cells


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
    salient = release.salient.get(row["table7"])
    if salient is None or not row["consumption_basis"]:
        return {"consumption_t": NAN, "consumption_factor": NAN, "consumption_basis": ""}
    mark = read_mark(salient["consumption"])
    return {
        "consumption_t": mark.number if mark.number is not None and not mark.flag else NAN,
        "consumption_basis": row["consumption_basis"],
        "consumption_factor": _number(row["consumption_factor"]),
        "consumption_source": f"{release.id}/{salient['id']}{CONSUMPTION}",
    }


class _Peaks:
    """China's largest share over the allow-list, per mineral and form."""

    def __init__(self, producers: pd.DataFrame, rules: Rules) -> None:
        self._rows: dict[str, list[tuple[Row, Peak]]] = {}
        allowed = producers[producers["allowed"]]
        known: dict[tuple[str, str, str], list[_Output]] = {}
        for mineral, *fields in zip(
            allowed["mineral"].tolist(), *(allowed[name].tolist() for name in _FIELDS), strict=True
        ):
            output = _Output(*fields)
            known.setdefault((mineral, output.stage, output.publisher), []).append(output)
        for row in rules.peaks:
            outputs = known.get((row["mineral"], row["stage"], row["publisher"]))
            if row["allowed"] != "yes" or outputs is None:
                continue
            peak = _china_at(outputs, cut_list=row["publisher"] != USGS)
            if peak is not None:
                self._rows.setdefault(row["mineral"], []).append((row, peak))

    def of(self, mineral: str, form: str) -> Cells:
        """The peak columns of SUPPLY; `form` "" is the mineral's own row."""
        fits = [peak for row, peak in self._rows.get(mineral, []) if _serves(row, form)]
        if not fits:
            return {
                "china_peak_low": NAN, "china_peak_high": NAN, "china_peak_stage": "",
                "china_peak_year": "", "china_peak_publisher": "", "china_peak_source": "",
                "china_led": False, "china_led_stage": "",
            }  # fmt: skip
        top = max(fits, key=lambda peak: (peak.high, peak.low))
        led = [peak for peak in fits if peak.led]
        return {
            "china_peak_low": max(peak.low for peak in fits),
            "china_peak_high": top.high,
            "china_peak_stage": top.stage,
            "china_peak_year": top.year,
            "china_peak_publisher": top.publisher,
            "china_peak_source": top.source,
            "china_led": bool(led),
            "china_led_stage": max(led, key=lambda peak: peak.low).stage if led else "",
        }


class _Output(NamedTuple):
    """One row of PRODUCERS, for the few rows on the allow-list."""

    stage: str
    publisher: str
    country: str
    iso3: str
    low: float
    high: float
    year: str
    source: str


_FIELDS = ("stage", "publisher", "country", "iso3", "share_low", "share_high", "year", "source")


class Peak(NamedTuple):
    """China's share at one stage, with bounds."""

    low: float
    high: float
    stage: str
    year: str
    publisher: str
    source: str
    led: bool


def _serves(row: Row, form: str) -> bool:
    if not form:
        return row["own"] == "yes"
    return row["forms"] == "*" or form in row["forms"].split(";")


def _china_at(outputs: list[_Output], cut_list: bool) -> Peak | None:
    """China's share at one stage; from 0 to the rest where others are printed and China is not.

    None where no country has a figure, where China stands in the table without one (NA, W), and
    where the table has no row for the rest in which China could be. `cut_list` says that the
    publisher prints the largest producers only, so that the rest is what is missing to 100.
    """
    china = next((one for one in outputs if one.iso3 == "CHN"), None)
    named = [one for one in outputs if one.iso3 not in ("CHN", "") and one.low == one.low]
    rest = [one for one in outputs if one.country == REST_OF_WORLD and one.low == one.low]
    if china is not None:
        if china.low != china.low:
            return None
        led = china.low > max((one.high for one in named), default=50.0)
        return Peak(china.low, china.high, *_place(china), led)
    if not named or not (rest or cut_list):
        return None
    left = 100 - sum(one.low for one in named) if cut_list else sum(one.high for one in rest)
    return Peak(0.0, round(max(0.0, left), 1), *_place(named[0]), False)


def _place(output: _Output) -> tuple[str, str, str, str]:
    return output.stage, output.year, output.publisher, output.source


def _number(text: str) -> float:
    return float(text.replace(",", "")) if text else NAN
