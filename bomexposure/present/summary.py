"""The answer in a terminal: what `analyze` prints when no file is asked for."""

from __future__ import annotations

from bomexposure.model.analysis import Analysis
from bomexposure.present import numbers
from bomexposure.present.charts import listed_minerals
from bomexposure.present.columns_of_text import aligned, clipped, width
from bomexposure.present.drawn import drawn_name
from bomexposure.present.headline import headline_sentence, tiles
from bomexposure.present.line_names import line_name
from bomexposure.present.lines import lines_that_matter, taken_for
from bomexposure.present.minerals import acute_words, control_words
from bomexposure.present.policy import changes_ahead
from bomexposure.present.relying import surely_acute_lines
from bomexposure.present.specs import Tile

WIDTH = 98


def summary_lines(analysis: Analysis, minerals: int = 12, lines: int = 5) -> list[str]:
    """Lines of text: what was read, headline figures, minerals, lines, dates, gaps, sources."""
    bom = analysis.bom
    counted = int(bom.lines["counted"].sum())
    told = [
        f"{bom.file}: {numbers.count(len(bom.lines), 'line')}, {numbers.whole(counted)} counted",
        f"Status on {numbers.day(analysis.choices.as_of)}, data {analysis.reference.edition}",
        "",
        *_wrapped(headline_sentence(analysis)),
        "",
        *_tile_lines(tiles(analysis)),
    ]
    told += ["", *_mineral_lines(analysis, minerals)]
    told += ["", *_line_lines(analysis, lines)]
    changes = changes_ahead(analysis, 4)
    if changes:
        told += ["", "Dates to know"]
        for change in changes:
            told += _wrapped(change.what, f"  {change.when:<12}  ", " " * 16)
    told += ["", *_gap_lines(analysis)]
    return told


def _tile_lines(shown: tuple[Tile, ...]) -> list[str]:
    width = max(len(tile.caption) for tile in shown)
    told = []
    for tile in shown:
        if tile.bars:
            figures = ", ".join(f"{bar.name} {bar.words}" for bar in tile.bars)
            told.append(f"{tile.caption:<{width}}  {figures}")
            continue
        figure = " ".join(part for part in (tile.figure, tile.unit) if part)
        below = f"  ({tile.below})" if tile.below else ""
        told.append(f"{tile.caption:<{width}}  {figure}{below}")
    return told


def _mineral_lines(analysis: Analysis, count: int) -> list[str]:
    frame = listed_minerals(analysis)
    if frame.empty:
        return ["No mineral of the 2025 list was found in the lines that were recognised."]
    currency = analysis.exposures.headline.currency
    shown = frame.head(count)
    controls = control_words(analysis, shown["mineral"].tolist())
    head = ("Mineral", "Reliance %", "China %, highest stage", "Index", "Acute", "Lines",
            f"Spend {currency or ''}".strip(), "Control")  # fmt: skip
    rows = [head]
    for (_, row), control in zip(shown.iterrows(), controls, strict=True):
        likely = row["spend_likely"] if numbers.known(row["spend_likely"]) else 0.0
        share = numbers.span(row["china_peak_low"], row["china_peak_high"], numbers.percent_figure)
        stage = f" {row['china_peak_stage']}" if row["china_peak_stage"] else ""
        both = row["lines_certain"] + row["lines_likely"]
        rows.append(
            (
                drawn_name(row["mineral"], row["drawn"]),
                numbers.reliance(row["nir_low"], row["nir_high"], row["nir_printed"]),
                clipped(f"{share}{stage}", 26),
                numbers.index(row["index_low"], row["index_high"]),
                acute_words(row["acute"], row["index_low"], analysis.choices.acute_threshold),
                numbers.span(row["lines_certain"], both),
                numbers.span(
                    row["spend_certain"], row["spend_certain"] + likely, numbers.money_figure
                ),
                clipped(control, 22),
            )
        )
    told = aligned(rows, right=(1, 3, 5, 6))
    if len(frame) > count:
        more = numbers.count(len(frame) - count, "more mineral")
        told.append(f"{more} of the 2025 list; --json and --xlsx name them all")
    return told


def _acute_word(acute: str, sure: bool) -> str:
    """As the table of minerals above says it: 'could be' where only the high bound reaches."""
    words = {"certain": "yes" if sure else "could be", "likely": "likely", "no": "no"}
    return words[acute]


def _line_lines(analysis: Analysis, count: int) -> list[str]:
    chosen = lines_that_matter(analysis, count)["line"].tolist()
    if not chosen:
        return ["No line holds a mineral of the 2025 list, as far as recognised."]
    lines, found = analysis.bom.lines, analysis.exposures.lines
    named = taken_for(analysis)
    spend = found["spend"].tolist()
    sure = surely_acute_lines(analysis)
    currency = analysis.exposures.headline.currency
    rows: list[tuple[str, ...]] = [("Row", "Part", "Taken for", "Worst mineral", "Acute", "Spend")]
    for at in chosen:
        row = lines.iloc[at]
        rows.append(
            (
                str(row["row"]),
                clipped(line_name(row), 38),
                clipped(str(named.iat[at]), 24),
                numbers.mineral_name(str(found["top_mineral"].iat[at])) or "likely only",
                _acute_word(str(found["acute"].iat[at]), bool(sure[at])),
                numbers.money(spend[at], currency),
            )
        )
    return ["Lines that carry most", *aligned(rows, right=(0, 5))]


def _gap_lines(analysis: Analysis) -> list[str]:
    """What the figures do not say: lines not recognised, costs missing, issues."""
    lines = analysis.bom.lines
    counted = lines["counted"]
    blind = int((counted & (analysis.contents.recognitions["evidence"] == "none")).sum())
    told = []
    if blind:
        verb = "is" if blind == 1 else "are"
        told.append(
            f"{numbers.count(blind, 'counted line')} {verb} not recognised: content unknown."
        )
    no_cost = int((counted & analysis.exposures.lines["spend"].isna()).sum())
    if no_cost:
        verb = "has" if no_cost == 1 else "have"
        told.append(f"{numbers.count(no_cost, 'counted line')} {verb} no known spend.")
    if len(analysis.issues):
        things = numbers.count(len(analysis.issues), "issue")
        told.append(f"{things} in the file; --json lists each with its row and what mends it.")
    if not told and not counted.any():
        return ["No line of this BOM is counted."]
    return told or ["All counted lines were recognised and have a cost."]


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    told, line = [], first
    for word in text.split():
        joined = f"{line}{word}" if line in (first, rest) else f"{line} {word}"
        if width(joined) > WIDTH and line not in (first, rest):
            told.append(line)
            joined = f"{rest}{word}"
        line = joined
    return [*told, line]
