"""The sheets README and Summary: what this is, headline figures as formulas, native charts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from bomexposure.export.sheets import CHINA, NEUTRAL, RELIANCE, Book, FastSheet, Placed
from bomexposure.model.analysis import Analysis
from bomexposure.model.content import EVIDENCE
from bomexposure.model.exposure import Share
from bomexposure.present import numbers
from bomexposure.present.drawn import drawn_minerals
from bomexposure.present.glossary import EVIDENCE_WORDS, METHOD_WORDS
from bomexposure.present.headline import headline_sentence
from bomexposure.present.weight import speaks_in_lines

CHART_ROWS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One headline row: words, low and high value with their formulas, unit and cell name."""

    words: str
    low: float | None
    high: float | None
    low_formula: str
    high_formula: str
    unit: str
    name: str
    style: str = "percent"


README_LETTERS = 90
"""Letters that fit on one line of the README sheet's second column."""


def write_readme(
    book: Book, analysis: Analysis, sheets: list[tuple[str, str]], notes: list[str]
) -> None:
    """What the workbook is, what its figures mean, and what is on each sheet."""
    sheet = book.sheet("README", landscape=False)
    sheet.set_column("A:A", 24)
    sheet.set_column("B:B", 96)
    look = book.formats
    sheet.write_string("A1", "Critical-mineral exposure", look["title"])
    bom, choices = analysis.bom, analysis.choices
    rows = [
        ("BOM", bom.file),
        ("SHA-256 of the BOM", bom.sha256),
        ("Status of controls on", choices.as_of.isoformat()),
        ("Reference data", analysis.reference.edition),
        ("Index", METHOD_WORDS.get(choices.method, choices.method)),
        ("Acute from", f"index {numbers.figure(choices.acute_threshold)} (high bound)"),
        ("Made by", analysis.generator),
        ("", ""),
        ("Blank cell", "Unknown or not published. Never zero: a zero is written as 0."),
        ("Ranges", "Low and high stand in columns of their own. Certain: at least 95 % of such "
                   "parts hold the mineral; likely: 50 to 95 %; possible: 5 to 50 %."),
        ("Counting", "A line counts once for every mineral it holds, so spend does not add up "
                     "across minerals."),
        ("Formulas", "Totals and shares are live: change a presence on Facts, or a quantity or "
                     "price on By line, and they follow. Contents, masses and indices of lines do "
                     "not: they come from the program."),
        ("Standing", "A screening estimate from what the BOM says and from published "
                     "compositions; not a declaration of a supplier."),
        ("Where figures come from", "Source columns hold figure ids; the sheet Sources gives "
                                    "publication, table, year and the value as printed."),
    ]  # fmt: skip
    rows += [("Note", note) for note in notes]
    at = 2
    for name, words in rows:
        if name:
            sheet.write_string(at, 0, name, look["quiet-wrap"])
            sheet.write_string(at, 1, words, look["wrap"])
            # LibreOffice keeps the height it is given: a wrapped sentence needs its own
            sheet.set_row(at, 15 * -(-len(words) // README_LETTERS))
        at += 1
    sheet.write_string(at + 1, 0, "Sheets", look["heading"])
    for offset, (name, words) in enumerate(sheets, start=at + 2):
        sheet.write_url(offset, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(offset, 1, words, look["wrap"])


def headline_rows(analysis: Analysis, lines: Placed | None, minerals: Placed) -> list[Row]:
    """The headline with formulas over By line and By mineral, each with the value it caches.

    Where By line went to a CSV (`lines` None), what is summed over it stands as a plain value.
    """
    if lines is None:
        nowhere = Placed("By line", defaultdict(lambda: "A"), 2, 2)
        plain = headline_rows(analysis, nowhere, minerals)
        return [
            replace(row, low_formula="", high_formula="") if "By line" in row.low_formula else row
            for row in plain
        ]
    head, coverage = analysis.exposures.headline, analysis.exposures.coverage
    counted, evidence, spend = lines.range("Counted"), lines.range("Evidence"), lines.range("Spend")
    total = int(analysis.bom.lines["counted"].sum())
    known = (
        f'=IF(lines_counted=0,"",100*COUNTIFS({counted},"yes",{evidence},"<>not recognised")'
        "/lines_counted)"
    )
    spend_known = (
        f'=IF(N(spend_known)=0,"",100*SUMIFS({spend},{counted},"yes",{evidence},'
        '"<>not recognised")/spend_known)'
    )
    # a list without prices has no spend, which is not a spend of nothing
    paid = f'=IF(COUNT({spend})=0,"",SUMIFS({spend},{counted},"yes"))'
    return [
        Row("Counted lines", total, total, f'=COUNTIFS({counted},"yes")', "", "lines",
            "lines_counted", "integer"),
        Row("Known spend", head.spend, head.spend, paid, "",
            head.currency or "", "spend_known", "amount"),
        Row("Coverage, lines", coverage.lines_pct, coverage.lines_pct, known, "", "%",
            "coverage_lines"),
        Row("Coverage, spend", coverage.spend_pct, coverage.spend_pct, spend_known, "", "%",
            "coverage_spend"),
        Row("Coverage, mass", coverage.mass_pct, coverage.mass_pct, "", "", "%", "coverage_mass"),
        _acute_lines(lines, *head.lines_acute),
        *(_lines_row(analysis, lines, *one) for one in _LINE_SHARES),
        _share_row(lines, "Spend in acute lines", head.spend_acute_pct, "Acute", "spend_acute"),
        _share_row(lines, "Spend in lines with acute minerals in lesser roles",
                   head.spend_acute_minor_pct, "Acute in a lesser role", "spend_acute_minor"),
        _share_row(lines, "Spend on ≥ 50 % import reliant", head.spend_nir_50_pct,
                   "Line on ≥ 50 % reliance", "spend_nir_50"),
        _share_row(lines, "Spend on 100 % import reliant", head.spend_nir_100_pct,
                   "Line on 100 % reliance", "spend_nir_100"),
        _share_row(lines, "Spend on China-led minerals", head.spend_china_led_pct,
                   "Line is China-led", "spend_china_led"),
        _count_row(analysis, minerals, "Minerals of the 2025 list found", head.minerals, "",
                   "minerals_found"),
        _count_row(analysis, minerals, "Of these acute", head.minerals_acute,
                   f'*({minerals.range("Acute")}<>"no")', "minerals_acute"),
        Row("Export controls in force", head.controls_in_force, head.controls_in_force, "", "",
            "on the as-of date", "controls_in_force", "integer"),
        Row("Acute from index", analysis.choices.acute_threshold, analysis.choices.acute_threshold,
            "", "", "0 to 100; change it to see", "acute_threshold", "number"),
    ]  # fmt: skip


def _acute_lines(lines: Placed, certain: int, likely: int) -> Row:
    held, counted = lines.range("Acute"), lines.range("Counted")
    low = f'=COUNTIFS({held},"certain",{counted},"yes")'
    high = f'=lines_acute_certain+COUNTIFS({held},"likely",{counted},"yes")'
    return Row(
        "Acute lines", certain, certain + likely, low, high, "lines", "lines_acute_certain",
        "integer",
    )  # fmt: skip


_LINE_SHARES = (
    ("Lines on ≥ 50 % import reliant", "nir_50", "Line on ≥ 50 % reliance"),
    ("Lines on 100 % import reliant", "nir_100", "Line on 100 % reliance"),
    ("Lines on China-led minerals", "china_led", "Line is China-led"),
)
"""What the window shows in place of spend where few lines have a price: words, field, column."""


def _lines_row(analysis: Analysis, lines: Placed, words: str, field: str, column: str) -> Row:
    """Share of counted lines, certain and with likely ones, counted in By line."""
    counts = analysis.bom.lines["counted"].to_numpy(dtype=bool)
    holds, total = analysis.exposures.lines[field].astype("str").to_numpy()[counts], counts.sum()
    low = 100 * float((holds == "certain").sum()) / total if total else None
    high = 100 * float((holds != "no").sum()) / total if total else None
    held, counted, name = lines.range(column), lines.range("Counted"), f"lines_{field}_certain"
    part = f'100*COUNTIFS({held},"{{presence}}",{counted},"yes")/lines_counted'
    return Row(
        words, low, high,
        f'=IF(lines_counted=0,"",{part.format(presence="certain")})',
        f'=IF(lines_counted=0,"",{name}+{part.format(presence="likely")})',
        "% of counted lines", name,
    )  # fmt: skip


def _share_row(lines: Placed, words: str, share: Share, column: str, name: str) -> Row:
    spend, held = lines.range("Spend"), lines.range(column)
    counted = lines.range("Counted")
    low = (
        f'=IF(N(spend_known)=0,"",100*SUMIFS({spend},{held},"certain",{counted},"yes")/spend_known)'
    )
    high = (
        f'=IF(N(spend_known)=0,"",{name}_certain+100*SUMIFS({spend},{held},"likely",'
        f'{counted},"yes")/spend_known)'
    )
    top = None if share.certain is None else share.certain + (share.likely or 0.0)
    return Row(words, share.certain, top, low, high, "% of known spend", f"{name}_certain")


def _count_row(
    analysis: Analysis, minerals: Placed, words: str, value: int, more: str, name: str
) -> Row:
    """A count of minerals held certainly or likely; a formula where it gives just `value`."""
    frame = drawn_minerals(analysis)
    held = (frame["lines_certain"] + frame["lines_likely"] > 0) & frame["critical_2025"]
    if more:
        held &= frame["acute"]
    formula = (
        f'=SUMPRODUCT(({minerals.range("2025 list")}="yes")*'
        f"(({minerals.range('Lines certain')}+{minerals.range('Lines likely')})>0){more})"
    )
    same = int(held.sum()) == value
    return Row(words, value, value, formula if same else "", "", "of 60", name, "integer")


def write_summary(
    book: Book, sheet: FastSheet, analysis: Analysis, lines: Placed | None, minerals: Placed
) -> None:
    """Headline table, charts, and the first minerals."""
    look = book.formats
    sheet.set_column("A:A", 2)
    sheet.set_column("B:B", 44)
    sheet.set_column("C:D", 11)
    sheet.set_column("E:E", 22)
    sheet.set_column("F:P", 11)
    sheet.write_string("B1", analysis.bom.file.rpartition(".")[0] or analysis.bom.file,
                       look["title"])  # fmt: skip
    sheet.write_string(
        "B2",
        f"Critical-mineral exposure, status of controls on {analysis.choices.as_of.isoformat()}, "
        f"data {analysis.reference.edition}. Blank is unknown, never zero.",
        look["quiet"],
    )
    sheet.merge_range("B3:P3", headline_sentence(analysis), look["wrap"])
    sheet.set_row(2, 32)
    for column, words in enumerate(("Headline", "Low", "High", "Unit"), start=1):
        style = "number" if words in ("Low", "High") else "text"
        sheet.write_string(4, column, words, book.head(style))
    rows = headline_rows(analysis, lines, minerals)
    for at, row in enumerate(rows, start=5):
        sheet.write_string(at, 1, row.words, look["text"])
        _value(sheet, at, 2, row.low, row.low_formula, look[row.style])
        high_formula = row.high_formula or (f"=C{at + 1}" if row.low_formula else "")
        _value(sheet, at, 3, row.high, high_formula, look[row.style])
        sheet.write_string(at, 4, row.unit, look["quiet"])
        book.book.define_name(row.name, f"='Summary'!$C${at + 1}")
    at = 5 + len(rows) + 1
    _charts(book, sheet, analysis, minerals, at)


def _value(sheet: FastSheet, row: int, column: int, value: Any, formula: str, look: Any) -> None:
    if formula:
        sheet.write_formula(row, column, formula, look, "" if value is None else value)
    elif value is not None:
        sheet.write_number(row, column, value, look)


def _charts(
    book: Book, sheet: FastSheet, analysis: Analysis, minerals: Placed, first_row: int
) -> None:
    """Three native charts over By mineral, and one over the counts of evidence."""
    # By mineral has those that are only possible last: no line is known to hold one
    found = analysis.exposures.minerals
    count = min(CHART_ROWS, int((found["lines_certain"] + found["lines_likely"] > 0).sum()))
    evidence_at = first_row
    for column, words in enumerate(("Lines by evidence", "Lines"), start=1):
        style = "integer" if words == "Lines" else "text"
        sheet.write_string(evidence_at, column, words, book.head(style))
    kinds = list(reversed(EVIDENCE))
    by_evidence = analysis.exposures.coverage.by_evidence
    for offset, kind in enumerate(kinds, start=1):
        sheet.write_string(evidence_at + offset, 1, EVIDENCE_WORDS[kind], book.formats["text"])
        sheet.write_number(
            evidence_at + offset, 2, by_evidence.get(kind, 0), book.formats["integer"]
        )
    if count:
        sheet.insert_chart("G5", _supply_chart(book, minerals, count))
        sheet.insert_chart("G24", _spend_chart(book, analysis, minerals, count))
        below = evidence_at + len(kinds) + 2
        sheet.insert_chart(below, 1, _index_chart(book, minerals, count))
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series({
        "name": "Counted lines",
        "categories": ["Summary", evidence_at + 1, 1, evidence_at + len(kinds), 1],
        "values": ["Summary", evidence_at + 1, 2, evidence_at + len(kinds), 2],
        "fill": {"color": NEUTRAL}, "gap": 60, "data_labels": {"value": True},
    })  # fmt: skip
    chart.set_title({"name": "Counted lines by evidence", "name_font": _FONT_TITLE})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 640, "height": 260})
    sheet.insert_chart("G43" if count else "G5", chart)


_FONT = {"size": 9, "color": "#555C62"}
_FONT_TITLE = {"size": 12, "bold": True, "color": "#1B2126"}
_GRID = {"visible": True, "line": {"color": "#DEDED9", "width": 0.75}}


def _supply_chart(book: Book, minerals: Placed, count: int) -> Any:
    """Net import reliance with its range, and China's share, for the first minerals."""
    chart = book.book.add_chart({"type": "column"})
    names = _top(minerals, "Mineral", count)
    spread = _top(minerals, "Range of reliance", count)
    chart.add_series({
        "name": "Net import reliance (low), whisker to high", "categories": names,
        "values": _top(minerals, "Reliance low, %", count), "fill": {"color": RELIANCE}, "gap": 60,
        "y_error_bars": {"type": "custom", "direction": "plus", "plus_values": spread,
                         "minus_values": spread, "end_style": 0,  # else an exact figure has a cap
                         "line": {"color": "#1B2126", "width": 1.5}},
    })  # fmt: skip
    chart.add_series({
        "name": "China share at its highest stage", "categories": names,
        "values": _top(minerals, "China share low, %", count), "fill": {"color": CHINA},
    })  # fmt: skip
    chart.set_title({"name": "Net import reliance and China share, %", "name_font": _FONT_TITLE})
    chart.set_y_axis({"min": 0, "max": 100, "major_unit": 25, "major_gridlines": _GRID,
                      "num_font": _FONT, "line": {"none": True}})  # fmt: skip
    chart.set_x_axis({"num_font": {**_FONT, "rotation": -45}})
    chart.set_legend({"position": "top", "font": _FONT})
    chart.set_size({"width": 760, "height": 360})
    return chart


def _spend_chart(book: Book, analysis: Analysis, minerals: Placed, count: int) -> Any:
    """Spend in lines that hold each mineral: certain solid, likely hatched.

    Lines are counted where few have a price.
    """
    currency = analysis.exposures.headline.currency or ""
    in_lines = speaks_in_lines(analysis)
    heads = [
        f"Lines {word}" if in_lines else f"Spend {word}, {currency}"
        for word in ("certain", "likely")
    ]
    chart = book.book.add_chart({"type": "bar", "subtype": "stacked"})
    names = _top(minerals, "Mineral", count)
    chart.add_series({
        "name": "certain", "categories": names, "gap": 40,
        "values": _top(minerals, heads[0], count), "fill": {"color": NEUTRAL},
    })  # fmt: skip
    chart.add_series({
        "name": "likely", "categories": names,
        "values": _top(minerals, heads[1], count),
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": NEUTRAL, "bg_color": "#FFFFFF"},
        "border": {"color": NEUTRAL, "width": 0.75},
    })  # fmt: skip
    unit = f", {currency}" if currency else ""
    title = "Lines that hold it" if in_lines else f"Spend in lines that hold it{unit}"
    chart.set_title({"name": title, "name_font": _FONT_TITLE})
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_x_axis({"min": 0, "major_gridlines": _GRID, "num_font": _FONT,
                      "num_format": "#,##0.##", "label_position": "low"})  # fmt: skip
    chart.set_legend({"position": "top", "font": _FONT})
    chart.set_size({"width": 760, "height": 360})
    return chart


def _index_chart(book: Book, minerals: Placed, count: int) -> Any:
    """The index of the first minerals, low end."""
    chart = book.book.add_chart({"type": "bar"})
    chart.add_series({
        "name": "Index, low end", "categories": _top(minerals, "Mineral", count), "gap": 40,
        "values": _top(minerals, "Index low", count), "fill": {"color": CHINA},
        "data_labels": {"value": True, "num_format": "0", "font": _FONT},
    })  # fmt: skip
    chart.set_title({"name": "Index, low end, 0 to 100", "name_font": _FONT_TITLE})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_x_axis({"min": 0, "max": 100, "major_gridlines": _GRID, "num_font": _FONT,
                      "label_position": "low"})  # fmt: skip
    chart.set_size({"width": 640, "height": 400})
    return chart


def _top(placed: Placed, heading: str, count: int) -> str:
    return f"={placed.part(heading, 0, count)}"
