"""Specs made from the hand-made pump say what tests/fakes.py puts into it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from bomexposure.model.analysis import Analysis
from bomexposure.present.actions import suggested_actions, top_exposures
from bomexposure.present.charts import dumbbell, pareto, quadrant
from bomexposure.present.headline import headline_sentence, share_without, tiles
from bomexposure.present.heat import best_grouping, heat_map
from bomexposure.present.lines import line_detail, lines_table, lines_that_matter
from bomexposure.present.minerals import mineral_detail, minerals_table
from bomexposure.present.policy import calendar, changes_ahead, controls_table
from bomexposure.present.questions import open_questions
from bomexposure.present.sourcing import producer_map, share_step, sourcing_table
from bomexposure.present.specs import TableSpec
from bomexposure.present.summary import WIDTH, summary_lines


def row(spec: TableSpec, key: str, value: str) -> dict[str, str]:
    at = spec.rows[key].tolist().index(value)
    return {column.key: spec.text(at, column) for column in spec.columns}


def test_minerals_table_words_marks_and_ranges(answer: Analysis) -> None:
    spec = minerals_table(answer)
    magnesium = row(spec, "mineral", "magnesium")
    # reliance >75 (75 to 100) times China's 88 % gives an index of 66 to 88
    assert magnesium["nir_low"] == ">75"
    assert magnesium["index_low"] == "66–88"
    # no certain line, one likely line of $20.00
    assert magnesium["lines_certain"] == "0–1"
    assert magnesium["spend_certain"] == "0–20.00"
    arsenic = row(spec, "mineral", "arsenic")
    assert (arsenic["nir_low"], arsenic["index_low"]) == ("withheld", "unknown")
    assert row(spec, "mineral", "gold")["nir_low"] == "E (net exporter)"
    assert row(spec, "mineral", "gallium")["control"] == "China: ban suspended"
    assert row(spec, "mineral", "dysprosium")["control"] == "China: licence"


def test_shares_that_no_source_gives_read_as_not_published(answer: Analysis) -> None:
    shares = ["china_peak_low", "china_peak_high", "leading_share_pct"]

    def silenced(frame: pd.DataFrame) -> pd.DataFrame:
        kept = frame["mineral"] != "arsenic"
        return frame.assign(
            leading_country=frame["leading_country"].where(kept, ""),
            **{one: frame[one].where(kept) for one in shares},
        )

    own = answer.exposures
    own = replace(own, minerals=silenced(own.minerals), forms=silenced(own.forms))
    silent = replace(answer, exposures=own)
    told = row(minerals_table(silent), "mineral", "arsenic")
    words = (told["china_peak_low"], told["leader"], told["leading_share_pct"])
    assert words == ("not published",) * 3


def test_texts_of_a_column_equal_its_cells(answer: Analysis) -> None:
    for spec in (minerals_table(answer), lines_table(answer), controls_table(answer)):
        for column in spec.columns:
            assert spec.texts(column) == [spec.text(at, column) for at in range(len(spec))]


def test_lines_table_says_why_a_line_is_not_counted(answer: Analysis) -> None:
    spec = lines_table(answer)
    assert row(spec, "id", "BOM!5")["not_counted_why"] == "assembly whose parts are listed"
    assert row(spec, "id", "BOM!11")["class_name"] == "not recognised"
    magnet = row(spec, "id", "BOM!6")
    assert magnet["minerals"] == "dysprosium;neodymium"
    assert (magnet["acute_word"], magnet["spend"]) == ("yes", "11.40")


def test_lines_that_matter_put_acute_lines_first(answer: Analysis) -> None:
    # magnet 11.40, bush 4.92 and LED 0.04 are acute; the housing, 20.00, holds aluminum only
    assert lines_that_matter(answer, 9)["line"].tolist() == [1, 2, 3, 4]
    assert lines_that_matter(answer, 2)["line"].tolist() == [1, 2]


def test_line_detail_leads_to_reason_and_source(answer: Analysis) -> None:
    detail = line_detail(answer, 1)
    sections = dict(detail.sections)
    assert [fact.words for fact in sections["Why"]] == ["“NdFeB” names a neodymium magnet"]
    dysprosium = sections["Holds"][0]
    assert dysprosium.sources == ("parts/MAGNET_NDFEB",)
    assert dysprosium.words == "certain, dopant, 500 – 800 – 1,100 mg"
    housing = dict(line_detail(answer, 4).sections)
    assert housing["Beside it, not counted"][0].name == "Graphite"


def test_mineral_detail_gives_each_figure_its_source(answer: Analysis) -> None:
    detail = mineral_detail(answer, "gallium")
    facts = {fact.name: fact for fact in detail.facts}
    assert facts["Net import reliance"].sources == ("mcs2026/nir/gallium",)
    assert facts["Gated value"].words == "$40.00: the whole product"
    with pytest.raises(KeyError):
        mineral_detail(answer, "unobtainium")


def test_dumbbell_draws_ranges_withheld_and_likely(answer: Analysis) -> None:
    rows = {one.key: one for one in dumbbell(answer).rows}
    assert "gold" not in rows  # not on the 2025 list
    whisker = next(mark for mark in rows["magnesium"].marks if mark.shape == "whisker")
    assert (whisker.low, whisker.high, whisker.role) == (75.0, 100.0, "reliance")
    assert [mark.style for mark in rows["magnesium"].marks if mark.panel == 1] == ["hatch"]
    withheld = next(mark for mark in rows["arsenic"].marks if mark.shape == "tick")
    assert withheld.label == "W"
    assert dumbbell(answer).title.endswith("(1 without published reliance)")
    assert next(one.key for one in dumbbell(answer, sort="name").rows) == "aluminum"


def test_quadrant_counts_what_it_cannot_place(answer: Analysis) -> None:
    spec = quadrant(answer)
    assert {point.key for point in spec.points} == {
        "dysprosium", "neodymium", "gallium", "graphite", "magnesium", "aluminum"}  # fmt: skip
    assert "1 mineral without published reliance" in spec.caption


def test_pareto_counts_each_line_once(answer: Analysis) -> None:
    # housing 20.00 of 40.00, then the magnet 11.40 (neodymium adds nothing), then the bush 4.92
    notes = {one.label: one.notes[1] for one in pareto(answer).rows}
    assert notes["Aluminum"] == "50 %"
    assert notes["Dysprosium"] == "78 %"  # 31.40 of 40.00
    assert notes["Neodymium"] == "78 %"
    assert notes["Graphite"] == "91 %"  # 36.32 of 40.00


def test_heat_map_shares_are_of_the_group(answer: Analysis) -> None:
    spec = heat_map(answer, "supplier")
    cells = {(spec.row_keys[one.row], spec.column_keys[one.column]): one for one in spec.cells}
    assert cells["dysprosium", "MagnaForm"].label == "100"
    assert cells["magnesium", "Gießerei Süd"].label == "0–100"
    assert cells["graphite", "MagnaForm"].step == -1


def test_heat_map_of_lines_tells_certain_from_likely(answer: Analysis) -> None:
    coverage = replace(answer.exposures.coverage, spend_known_pct=17.0)
    bare = replace(answer, exposures=replace(answer.exposures, coverage=coverage))
    spec = heat_map(bare, "supplier")
    cells = {(spec.row_keys[one.row], spec.column_keys[one.column]): one for one in spec.cells}
    # the magnet is MagnaForm's one line; the housing likely holds magnesium
    assert (cells["dysprosium", "MagnaForm"].label, cells["dysprosium", "MagnaForm"].step) == (
        "1",
        5,
    )
    assert cells["magnesium", "Gießerei Süd"].label == "0–1"
    assert cells["magnesium", "Gießerei Süd"].step == 0
    assert "spend" not in spec.title


def test_lines_are_told_apart_by_the_first_grouping_that_does(answer: Analysis) -> None:
    def grouped(*rows: tuple[str, str, int]) -> str:
        groups = pd.DataFrame(rows, columns=["kind", "key", "lines"])
        return best_grouping(replace(answer, exposures=replace(answer.exposures, groups=groups)))

    # six counted lines
    assert grouped(("assembly", "A", 4), ("assembly", "B", 2)) == "assembly"
    assert grouped(("assembly", "TOP", 6), ("supplier", "S", 4), ("supplier", "T", 2)) == "supplier"
    assert grouped(("supplier", "", 4), ("supplier", "S", 1), ("supplier", "T", 1)) == "family"
    assert grouped(("category", "Part", 6), ("category", "Other", 0)) == "family"
    assert grouped() == "family"


def test_spend_that_nobody_stated_is_not_zero(answer: Analysis) -> None:
    # magnesium is held likely alone: without the housing's price its spend is unknown
    minerals = answer.exposures.minerals
    bare = minerals.assign(
        spend_likely=minerals["spend_likely"].mask(minerals["mineral"] == "magnesium")
    )
    told = replace(answer, exposures=replace(answer.exposures, minerals=bare))
    row = next(row for row in dumbbell(told).rows if row.key == "magnesium")
    assert row.notes[-1] == "unknown"
    table = minerals_table(told)
    spend = next(column for column in table.columns if column.key == "spend_certain")
    at = table.rows["mineral"].tolist().index("magnesium")
    assert table.texts(spend)[at] == "unknown"


def test_share_without_base_metals(answer: Analysis) -> None:
    # without aluminum: magnet 11.40, bush 4.92, LED 0.04 certain; housing 20.00 likely (magnesium)
    share = share_without(answer, "nir_50", ("aluminum", "copper", "silicon"))
    assert share.certain == pytest.approx(100 * 16.36 / 40)
    assert share.likely == pytest.approx(50.0)


def test_headline_sentence_and_tiles(answer: Analysis) -> None:
    sentence = headline_sentence(answer)
    assert sentence.startswith("One line worth $11.40 depends on dysprosium")
    assert "41 % of known spend" in sentence
    shown = {tile.key: tile for tile in tiles(answer)}
    assert next(iter(shown)) == "coverage"
    assert (shown["acute"].figure, shown["acute"].unit) == ("5", "of 7 found")


def test_headline_without_costs_counts_lines(answer: Analysis) -> None:
    head = answer.exposures.headline
    unknown = replace(head.spend_acute_pct, certain=None, likely=None)
    bare = replace(
        answer,
        exposures=replace(answer.exposures, headline=replace(head, spend_acute_pct=unknown)),
    )
    assert "3 of 6 counted lines" in headline_sentence(bare)
    assert {tile.key: tile.figure for tile in tiles(bare)}["spend-acute"] == "3"


def test_where_few_lines_have_a_price_tiles_and_charts_count_lines(answer: Analysis) -> None:
    coverage = replace(answer.exposures.coverage, spend_known_pct=17.0)
    bare = replace(answer, exposures=replace(answer.exposures, coverage=coverage))
    sentence = headline_sentence(bare)
    assert "$" not in sentence
    assert "3 of 6 counted lines" in sentence
    shown = {tile.key: tile for tile in tiles(bare)}
    assert (shown["spend-acute"].caption, shown["spend-acute"].figure) == ("Acute lines", "3")
    assert shown["spend-acute"].below.startswith("17 % of lines have a cost")
    # magnet, bush, LED and housing of six lines hold a mineral of which China makes most
    assert shown["china-led"].caption == "Lines on China-led"
    assert shown["china-led"].figure == "67"
    for spec in (dumbbell(bare), pareto(bare)):
        assert spec.axes[-1].title == "Lines that hold it"
        assert "spend" not in spec.caption.casefold()
    graphite = next(row for row in dumbbell(bare).rows if row.key == "graphite")
    assert graphite.notes[-1] == "1"


def test_changes_ahead_and_calendar(answer: Analysis) -> None:
    changes = changes_ahead(answer)
    assert [(one.when, one.event) for one in changes] == [("27 Nov 2026", "CN-03")]
    styles = {row.key: [mark.style for mark in row.marks] for row in calendar(answer).rows}
    # in force from Dec 2024, suspended from 9 Nov 2025, returning after 27 Nov 2026
    assert styles["CN-03"] == ["solid", "hatch", "outline"]


def test_actions_follow_their_rules(answer: Analysis) -> None:
    # the fake knows no compositions: nobody can say what a substitute would take out
    assert [one.rule for one in suggested_actions(answer, 5)] == [
        "ask", "second source", "stock", "confirm"]  # fmt: skip
    assert [one.mineral for one in top_exposures(answer, 3)] == [
        "dysprosium", "gallium", "graphite"]  # fmt: skip


def test_open_questions_hold_weak_lines_only(answer: Analysis) -> None:
    assert open_questions(answer).rows["id"].tolist() == ["BOM!11"]


def test_sourcing_and_map(answer: Analysis) -> None:
    assert sourcing_table(answer, "gallium").rows["country"].tolist() == ["Japan"]
    spec = producer_map(answer, "gallium", "primary", "2025e", "U.S. Geological Survey")
    assert [(one.iso3, one.excluded) for one in spec.countries] == [("CHN", True), ("JPN", False)]
    assert [share_step(one) for one in (0.0, 0.5, 1.0, 9.9, 25.0)] == [0, 1, 2, 3, 5]


def test_summary_fits_a_terminal(answer: Analysis) -> None:
    told = summary_lines(answer)
    assert max(len(line) for line in told) <= WIDTH + 12
    assert any("27 Nov 2026" in line for line in told)
    assert any("1 counted line is not recognised" in line for line in told)


def test_an_answer_without_minerals_is_told_in_words(answer: Analysis) -> None:
    exposures = answer.exposures
    empty = replace(
        answer,
        exposures=replace(
            exposures,
            minerals=exposures.minerals.head(0),
            headline=replace(exposures.headline, minerals=0, minerals_acute=0, top_minerals=()),
        ),
        controls=answer.controls.head(0),
        sourcing=answer.sourcing.head(0),
    )
    assert headline_sentence(empty).startswith("No mineral of the 2025 U.S. list was found")
    assert not dumbbell(empty).rows
    assert not quadrant(empty).points
    assert isinstance(minerals_table(empty).rows, pd.DataFrame)
    assert summary_lines(empty)
