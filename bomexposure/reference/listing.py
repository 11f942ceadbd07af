"""What `reference list` and `reference show MINERAL` say: plain data, and the same as text.

`mineral_card` is the data behind `show` (JSON as it stands); `list_text` and `card_text` lay it
out for people. Figures are worded as the source prints them; a figure that nobody publishes reads
"not published", never 0.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from bomexposure.model.errors import UsageError
from bomexposure.model.supply import Reference
from bomexposure.reference import editions
from bomexposure.reference.names import mineral_names
from bomexposure.reference.sets import open_set

SCHEMA = "bomexposure/reference/1"
NOT_PUBLISHED = "not published"


def find_mineral(reference: Reference, text: str) -> str:
    """The mineral id that `text` names: an id, a name, a symbol or another known name.

    Raises UsageError for a name that stands for none, or for a group of several.
    """
    known = set(reference.supply["mineral"])
    wanted = text.strip()
    if wanted.casefold() in known:
        return wanted.casefold()
    names = mineral_names(open_set(editions.shipped_folder("rules")))
    ids = names.ids(wanted) if wanted in names else ()
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise UsageError(f"'{text}' is a group of minerals.", f"Ask for one of: {', '.join(ids)}.")
    near = names.near(wanted)
    raise UsageError(
        f"No mineral is called '{text}'.",
        f"Near it: {', '.join(near)}." if near else "`bomexposure reference list` names them all.",
    )


def mineral_card(reference: Reference, mineral: str, as_of: date) -> dict[str, Any]:
    """Everything the reference knows of one mineral, as plain data ready for JSON.

    Args:
        mineral: a mineral id; see `find_mineral`.
        as_of: the day on which the status of controls is computed.

    Unknown numbers are None. `sources` holds every figure that the other parts name by id.
    """
    supply = reference.supply
    rows = supply[supply["mineral"] == mineral]
    own = _plain(rows[rows["headline"]])[0]
    forms = _plain(rows[~rows["headline"]])
    output = reference.producers
    output = output[output["mineral"] == mineral]
    output = output[output["share_low"].notna() | output["value"].notna()]
    card: dict[str, Any] = {
        "schema": SCHEMA,
        "edition": reference.edition,
        "mineral": mineral,
        "supply": own,
        "forms": forms,
        "producers": _plain(output, drop=("mineral",)),
        "import_sources": _plain(_of(reference.import_sources, mineral), drop=("mineral",)),
        "reserves": _plain(_of(reference.reserves, mineral), drop=("mineral",)),
        "prices": _plain(_of(reference.prices, mineral), drop=("mineral",)),
        "controls": controls(reference, mineral, as_of),
        "substitutes": _plain(_of(reference.substitutes, mineral), drop=("mineral",)),
        "suppliers": _plain(_of(reference.suppliers, mineral), drop=("mineral",)),
    }
    fields = ("set", "title", "publisher", "locator", "year", "printed", "url")
    cited = reference.sources.table(_cited(card))
    card["sources"] = {
        figure: dict(zip(fields, cells, strict=True))
        for figure, *cells in zip(
            cited["id"].tolist(),
            *(cited[field].astype("str").tolist() for field in fields),
            strict=True,
        )
    }
    return card


def controls(reference: Reference, mineral: str, as_of: date) -> list[dict[str, Any]]:
    """The policy events that name the mineral, with their status on `as_of`; in force first."""
    order = {"in force": 0, "end date passed, not verified": 1, "suspended": 2, "announced": 3}
    found = [event for event in reference.events if mineral in event.minerals]
    found.sort(key=lambda event: (order.get(event.status(as_of), 9), event.id))
    return [
        {
            "event": event.id,
            "title": event.title,
            "country": event.country,
            "measure": event.measure,
            "destination": event.destination,
            "reach": list(event.reach),
            "status": event.status(as_of),
            "changes": [{"date": day.isoformat(), "what": words} for day, words in event.changes()],
            "date_precision": event.date_precision,
            "last_confirmed": event.last_confirmed.isoformat() if event.last_confirmed else None,
            "note": event.note,
            "sources": list(event.sources),
        }
        for event in found
    ]


def list_text(reference: Reference) -> str:
    """One aligned line per tracked mineral, the listed ones first."""
    rows = reference.supply[reference.supply["headline"]]
    rows = rows.sort_values(["critical_2025", "name"], ascending=[False, True], kind="stable")
    table: list[tuple[str, ...]] = [
        ("mineral", "list", "import reliance", "China", "stage", "China, peak", "leader")
    ]
    for row in _plain(rows):
        table.append(
            (
                str(row["mineral"]),
                "2025" if row["critical_2025"] else "-",
                _printed(row["nir_printed"]),
                _percent(row["china_share_pct"]),
                _short(row["china_share_stage"], 24),
                _span(row["china_peak_low"], row["china_peak_high"]),
                _leader(row),
            )
        )
    listed = int(rows["critical_2025"].sum())
    head = (
        f"{reference.edition}: {len(rows)} minerals, {listed} of them on the 2025 U.S. list.\n"
        "Import reliance as printed: percent of U.S. consumption; E is a net exporter, NA not "
        "available.\n"
    )
    return head + "\n" + "\n".join(_aligned(table)) + "\n"


def card_text(card: dict[str, Any], as_of: date) -> str:
    """The card of `mineral_card`, laid out for people; each figure is followed by its source."""
    own, sources = card["supply"], card["sources"]
    say = _Page(sources)
    listed = "on the 2025 U.S. list" if own["critical_2025"] else "tracked, not on the 2025 list"
    say.head(f"{own['name']} ({card['mineral']}), {listed}. {card['edition']}.")
    if own["uses"]:
        say.line(f"Used for {own['uses']}.")
    if own["note"]:
        say.line(f"Note: {own['note']}")
    say.head("Dependence and concentration")
    _figures(say, own)
    _forms(say, own, card["forms"])
    _producers(say, card["producers"])
    _sources_of_imports(say, card["import_sources"])
    _prices(say, card["prices"], own)
    _reserves(say, card["reserves"])
    _events(say, card["controls"], as_of)
    say.head("Substitutes")
    for row in card["substitutes"]:
        say.figure(f"{row['application']}: {row['substitute']} ({row['tradeoff']})", row["source"])
    say.none_if_empty()
    say.head("Plants and projects outside China")
    for row in card["suppliers"]:
        doubt = ", not confirmed" if row["unconfirmed"] else ""
        say.figure(
            f"{row['company']}, {row['facility']}: {row['stage']}, {row['status']} "
            f"(as of {row['as_of'] or 'no date'}{doubt}) {row['capacity']}".rstrip(),
            row["source"],
        )
    say.none_if_empty()
    return say.text()


class _Page:
    """Lines of text, with the address of each figure below it."""

    def __init__(self, sources: dict[str, dict[str, str]]) -> None:
        self._sources = sources
        self._lines: list[str] = []
        self._empty = False

    def head(self, words: str) -> None:
        if self._lines:
            self._lines.append("")
        self._lines.append(words)
        self._empty = True

    def line(self, words: str) -> None:
        self._lines.append("  " + words)
        self._empty = False

    def figure(self, words: str, figure: str) -> None:
        self.line(words)
        cited = self._sources.get(figure)
        if cited:
            printed = f", printed '{cited['printed']}'" if cited["printed"] else ""
            self._lines.append(
                f"      {cited['publisher']}, {cited['title']}: {cited['locator']}{printed}"
            )

    def none_if_empty(self) -> None:
        if self._empty:
            self.line("none known")

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def _figures(say: _Page, row: dict[str, Any], beside: dict[str, Any] | None = None) -> None:
    """The figures of one row of SUPPLY; those that equal the row `beside` are left out."""
    other = beside if beside is not None else dict.fromkeys(row)
    if beside is not None and row["nir_source"] == other["nir_source"]:
        say.line("Net import reliance: that of the mineral stands in")
    elif row["nir_printed"]:
        say.figure(
            f"Net import reliance {_printed(row['nir_printed'])} percent, {row['nir_form']}, "
            f"{row['nir_year']}, of {row['nir_basis']} ({row['nir_scope']})",
            row["nir_source"],
        )
    else:
        say.line(f"Net import reliance {NOT_PUBLISHED}")
    if beside is not None and row["china_share_source"] == other["china_share_source"]:
        pass
    elif row["china_share_pct"] is not None:
        say.figure(
            f"China's share {_percent(row['china_share_pct'])} percent, "
            f"{row['china_share_stage']}, {row['china_share_year']}",
            row["china_share_source"],
        )
    else:
        say.line(f"China's share {NOT_PUBLISHED} by USGS")
    if row["china_peak_high"] is not None:
        say.figure(
            f"China's largest share {_span(row['china_peak_low'], row['china_peak_high'])} "
            f"percent, {row['china_peak_stage']}, {row['china_peak_year']}, "
            f"{row['china_peak_publisher']}",
            row["china_peak_source"],
        )
    if row["leading_country"] and row["leading_source"] != other["leading_source"]:
        say.figure(f"Leader {_leader(row)}, {row['leading_stage']}", row["leading_source"])
    if row["hhi_low"] is not None and row["hhi_source"] != other["hhi_source"]:
        say.figure(
            f"Concentration (HHI) {row['hhi_low']:.0f} to {row['hhi_high']:.0f}", row["hhi_source"]
        )


def _forms(say: _Page, own: dict[str, Any], forms: list[dict[str, Any]]) -> None:
    """Each further form with what differs from the mineral's own row."""
    if not forms:
        return
    say.head(
        "Traded forms" + (f" (the figures above are for: {own['form']})" if own["form"] else "")
    )
    parts = ("nir_source", "china_share_source", "china_peak_source")
    alike = [form for form in forms if all(form[part] == own[part] for part in parts)]
    if alike:
        say.line(f"{', '.join(form['form'] for form in alike)}: as above; {alike[0]['note']}.")
    for form in forms:
        if form not in alike:
            say.line(f"{form['form']}: {form['note']}.")
            _figures(say, form, beside=own)


def _producers(say: _Page, rows: list[dict[str, Any]]) -> None:
    say.head("Producers, stage by stage")
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["stage"], row["publisher"], row["year"]), []).append(row)
    for (stage, publisher, year), part in groups.items():
        first = part[0]
        marks = [
            mark
            for mark, here in (
                ("headline", first["headline"]),
                ("counts for the peak", first["allowed"]),
                (first["confidence"], first["confidence"] == "unconfirmed"),
                (f"{first['kind']}, not output", first["kind"] != "production"),
                (first["scope"], first["scope"] != "this mineral"),
            )
            if here
        ]
        tail = f" ({', '.join(marks)})" if marks else ""
        say.line(f"{stage}, {year}, {publisher}{tail}")
        ranked = sorted(part, key=lambda row: -(row["share_low"] or 0.0))
        named = [
            f"{row['country']} {_span(row['share_low'], row['share_high'])}"
            for row in ranked
            if row["share_high"]
        ]
        say.figure("  " + "; ".join(named) if named else "  no shares", ranked[0]["source"])
    say.none_if_empty()


def _sources_of_imports(say: _Page, rows: list[dict[str, Any]]) -> None:
    say.head("Where U.S. imports come from")
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["form"], row["period"]), []).append(row)
    for (form, period), part in groups.items():
        named = "; ".join(
            f"{row['country']} {_span(row['share_low'], row['share_high'])}" for row in part
        )
        mark = ", the form of the reliance" if part[0]["headline"] else ""
        say.figure(f"{form}, {period}{mark}: {named}", part[0]["source"])
    say.none_if_empty()


def _prices(say: _Page, rows: list[dict[str, Any]], own: dict[str, Any]) -> None:
    say.head("Prices")
    newest = max((row["year"] for row in rows), default="")
    for row in rows:
        if row["year"] == newest:
            say.figure(f"{row['printed']} {row['unit']}, {newest}: {row['form']}", row["source"])
    if own["price_usd_per_kg"] is not None:
        say.line(f"Per kg of contained element: {own['price_usd_per_kg']:,.2f} USD")
    say.none_if_empty()


def _reserves(say: _Page, rows: list[dict[str, Any]]) -> None:
    say.head("Reserves")
    for row in sorted(rows, key=lambda row: -(row["value_t"] or 0.0)):
        if row["printed"] not in ("NA", "—"):
            say.line(f"{row['country']}: {row['printed']} ({row['scope']})")
    say.none_if_empty()


def _events(say: _Page, rows: list[dict[str, Any]], as_of: date) -> None:
    say.head(f"Controls on {as_of.isoformat()}")
    for row in rows:
        dates = "; ".join(f"{one['date']} {one['what']}" for one in row["changes"])
        say.figure(
            f"{row['status'].upper()}: {row['title']} [{row['event']}], {row['measure']}, to "
            f"{row['destination']}; {dates}; last confirmed {row['last_confirmed'] or 'no date'}",
            next(iter(row["sources"]), ""),
        )
    say.none_if_empty()


def _of(frame: pd.DataFrame, mineral: str) -> pd.DataFrame:
    return frame[frame["mineral"] == mineral]


def _plain(frame: pd.DataFrame, drop: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Rows as dictionaries, NaN as None."""
    rows: list[dict[str, Any]] = frame.drop(columns=list(drop)).to_dict("records")  # type: ignore[assignment]
    return [
        {
            name: None if isinstance(cell, float) and cell != cell else cell
            for name, cell in row.items()
        }
        for row in rows
    ]


def _cited(card: dict[str, Any]) -> list[str]:
    """Every figure id in the card, each once, in order."""
    found: dict[str, None] = {}
    for row in (card["supply"], *card["forms"]):
        found |= dict.fromkeys(row[name] for name in row if name.endswith("_source") and row[name])
    for part in ("producers", "import_sources", "reserves", "prices", "substitutes", "suppliers"):
        found |= dict.fromkeys(row["source"] for row in card[part])
    for row in card["controls"]:
        found |= dict.fromkeys(row["sources"])
    return list(found)


def _printed(mark: str) -> str:
    return mark or NOT_PUBLISHED


def _percent(number: float | None) -> str:
    return "-" if number is None else f"{number:g}"


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "-"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _leader(row: dict[str, Any]) -> str:
    if not row["leading_country"]:
        return "-"
    share = row["leading_share_pct"]
    return f"{row['leading_country']} {share:g}" if share is not None else row["leading_country"]


def _short(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 3].rstrip() + "..."


def _aligned(table: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
