"""The importer on small releases written here in the published layout, sound and broken."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from usgs_releases import (
    COBALT,
    HEADER,
    SALIENT_COBALT,
    output,
    price,
    read,
    reliance,
    source,
    text,
    write_release,
)

from bomexposure.model.errors import OutputError, ReferenceDataError
from bomexposure.reference import editions
from bomexposure.reference.sets import open_set
from bomexposure.reference.usgs.importing import ImportReport, import_release, report_text


def imported(tmp_path: Path, rows: list[list[str]], **more: object) -> ImportReport:
    release = write_release(tmp_path / "release", rows, **more)  # type: ignore[arg-type]
    return import_release(release, tmp_path / "home")


def test_a_release_becomes_an_edition_that_opens(tmp_path: Path) -> None:
    report = imported(tmp_path, COBALT)
    assert (report.edition, report.unplaced) == ("mcs2027", ())
    opened = open_set(report.folder)
    assert opened.source.edition == "MCS 2027"
    nir = opened.rows("nir.csv")
    assert [(row["commodity"], row["year"], row["low"], row["high"]) for row in nir] == [
        ("cobalt", "2026", "79", "79")
    ]


def test_shares_leader_and_concentration_by_hand(tmp_path: Path) -> None:
    report = imported(tmp_path, COBALT)
    # 70 + 20 + 10 (other) = 100: shares 70 and 20; HHI 4900 + 400 = 5300, and 5400 with the
    # other countries as one (10 squared)
    row = read(report.folder / "shares.csv")[0]
    assert (row["leader"], row["leader_share"], row["china_share"]) == (
        "Congo (Kinshasa)", "70", "20",
    )  # fmt: skip
    assert (row["hhi_low"], row["hhi_high"]) == ("5300", "5400")
    shares = {one["country"]: one["share_low"] for one in read(report.folder / "production.csv")}
    assert shares == {"Congo (Kinshasa)": "70", "China": "20", "Other countries": "10",
                      "World total": ""}  # fmt: skip


def test_withheld_output_stays_a_mark_and_outside_every_share(tmp_path: Path) -> None:
    report = imported(tmp_path, [*COBALT, output("United States", "W")])
    rows = {row["country"]: row for row in read(report.folder / "production.csv")}
    assert (rows["United States"]["printed"], rows["United States"]["value"]) == ("W", "")
    assert rows["United States"]["share_low"] == ""
    assert rows["China"]["share_low"] == "20"
    assert read(report.folder / "shares.csv")[0]["withheld"] == "United States"


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [(">75", "75", "100"), ("<25", "0", "25"), ("E", "0", "0"), ("s", "0", "0.5"), ("NA", "", "")],
)
def test_marks_of_the_reliance_become_bounds(
    tmp_path: Path, printed: str, low: str, high: str
) -> None:
    report = imported(tmp_path, [reliance(printed), *COBALT[1:]])
    row = read(report.folder / "nir.csv")[0]
    assert (row["printed"], row["low"], row["high"]) == (printed, low, high)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding_gives_the_same_bytes(tmp_path: Path, encoding: str) -> None:
    plain = import_release(write_release(tmp_path / "a", COBALT), tmp_path / "one")
    other = import_release(
        write_release(tmp_path / "b", COBALT, encoding=encoding), tmp_path / "two"
    )
    for name in plain.rows:
        assert (plain.folder / name).read_bytes() == (other.folder / name).read_bytes()


def test_columns_may_change_their_order_case_and_spacing(tmp_path: Path) -> None:
    order = [3, 0, 8, 1, 7, 2, 5, 4, 6, 9, 11, 10]
    header = [HEADER[place].upper().replace("_", " ") + " " for place in order]
    rows = [[row[place] for place in order] for row in COBALT]
    plain = import_release(write_release(tmp_path / "a", COBALT), tmp_path / "one")
    moved = import_release(write_release(tmp_path / "b", rows, header=header), tmp_path / "two")
    for name in plain.rows:
        assert (plain.folder / name).read_bytes() == (moved.folder / name).read_bytes()


def test_a_zip_and_a_gzip_are_read_like_a_folder(tmp_path: Path) -> None:
    release = write_release(tmp_path / "release", COBALT)
    packed = tmp_path / "release.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in release.iterdir():
            archive.write(file, f"MCS2027/{file.name}")
    squeezed = tmp_path / "squeezed"
    squeezed.mkdir()
    for file in release.iterdir():
        (squeezed / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
    folder = import_release(release, tmp_path / "one").folder
    for other in (packed, squeezed):
        again = import_release(other, tmp_path / other.stem).folder
        assert (again / "nir.csv").read_bytes() == (folder / "nir.csv").read_bytes()


def test_importing_again_replaces_the_edition_with_the_same_bytes(tmp_path: Path) -> None:
    first = imported(tmp_path, COBALT)
    before = {file.name: file.read_bytes() for file in first.folder.iterdir()}
    again = imported(tmp_path, COBALT)
    assert {file.name: file.read_bytes() for file in again.folder.iterdir()} == before
    assert sorted(one.name for one in (tmp_path / "home").iterdir()) == ["mcs2027"]


def test_a_missing_unit_is_found_out_and_not_filled_in(tmp_path: Path) -> None:
    whole = output("Canada", "5")
    short = [*whole[:6], *whole[7:], ""]  # year and value moved one to the left
    report = imported(tmp_path, [*COBALT, short])
    assert [(one.row, one.why) for one in report.unplaced] == [(7, "the unit '' is not known")]


def test_a_comma_that_nobody_quoted_is_put_back(tmp_path: Path) -> None:
    row = output("Canada", "5", detail="Mine production, contained")
    split = [*row[:5], "Mine production", "contained", *row[6:11]]
    report = imported(tmp_path, [*COBALT, split])
    assert report.unplaced == ()
    canada = next(
        one for one in read(report.folder / "production.csv") if one["country"] == "Canada"
    )
    assert (canada["value"], canada["unit"], canada["year"]) == ("5", "metric tons", "2026")


def test_a_missing_notes_cell_does_no_harm(tmp_path: Path) -> None:
    # so stands the world row of yttrium in the release of 2026
    row = output("Canada", "5")
    shifted = [*row[:9], "Yes", "Cobalt", ""]
    report = imported(tmp_path, [*COBALT, shifted])
    assert report.unplaced == ()
    canada = next(
        one for one in read(report.folder / "production.csv") if one["country"] == "Canada"
    )
    assert (canada["value"], canada["estimated"]) == ("5", "no")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (output("Atlantis", "5"), "the country 'Atlantis' is not in the alias table"),
        (output("Canada", "about 5"), "the value 'about 5' is neither a number nor a known mark"),
        (output("Canada", "5", unit="bushels"), "the unit 'bushels' is not known"),
        (output("Canada", "5", chapter="UNOBTAINIUM"), "no mineral is assigned"),
        (output("Canada", "5", year="later"), "no year stands in the year column"),
        (output("Canada", "5", chapter="COPPER", detail="Moon production"), "no stage is known"),
        (price("5", "dollars per bucket"), "the price unit 'dollars per bucket' is not known"),
        (reliance("most", "NICKEL"), "the value 'most' is neither a number nor a known mark"),
        (source("Canada", "W"), "the share 'W' is not a number"),
        (["COBALT", "Salient", "Cobalt", "United States", "Rumor", "x", "percent", "2026", "5",
          "", "Yes", ""], "the statistic 'Rumor' is not known"),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_is_listed_with_its_reason(
    tmp_path: Path, row: list[str], why: str
) -> None:
    report = imported(tmp_path, [*COBALT, row])
    assert len(report.unplaced) == 1
    assert report.unplaced[0].why.startswith(why)
    assert report.unplaced[0].row == 7  # header and five rows stand before it
    assert read(report.folder / "unplaced.csv")[0]["why"].startswith(why)
    assert why in report_text(report)
    # and nothing of it entered a table
    assert len(read(report.folder / "production.csv")) == 4


def test_two_rows_of_the_same_words_are_told_apart_by_a_rule_or_not_at_all(
    tmp_path: Path,
) -> None:
    mica = [reliance("34", "MICA (NATURAL)"), reliance("100", "MICA (NATURAL)")]
    report = imported(tmp_path, [*COBALT, *mica, reliance("80")])
    rows = [row for row in read(report.folder / "nir.csv") if row["commodity"] == "mica"]
    assert [(row["form"], row["printed"]) for row in rows] == [
        ("scrap and flake", "34"), ("sheet", "100"),
    ]  # fmt: skip
    # the second cobalt row has no rule
    assert [one.why for one in report.unplaced] == [
        "a second row of the same words, and no rule tells them apart"
    ]


def test_manganese_is_priced_per_ton_unit_whatever_the_unit_column_says(tmp_path: Path) -> None:
    rows = [
        price("4.50", "dollars per metric ton", "MANGANESE"),
        price("4.50", "dollars per metric ton", "COBALT"),
    ]
    report = imported(tmp_path, [*COBALT, *rows])
    prices = {row["commodity"]: row["usd_per_kg"] for row in read(report.folder / "prices.csv")}
    # 10 kg of manganese cost 4.50 dollars; a ton of cobalt at 4.50 dollars is 0.0045 a kg
    assert prices == {"manganese": "0.45", "cobalt": "0.0045"}


def test_import_shares_keep_bounds_and_the_period(tmp_path: Path) -> None:
    report = imported(tmp_path, [*COBALT, source("Peru", ">99"), source("Other countries", "<1")])
    rows = read(report.folder / "import_sources.csv")
    assert [(row["share_low"], row["share_high"], row["period"]) for row in rows] == [
        ("99", "100", "2022-25"), ("0", "1", "2022-25"),
    ]  # fmt: skip


def test_a_curly_quote_and_other_spellings_find_the_country(tmp_path: Path) -> None:
    report = imported(
        tmp_path, [*COBALT, output("Côte d’Ivoire", "1"), output("Korea, Republic of", "2")]
    )
    codes = {row["iso3"] for row in read(report.folder / "production.csv")}
    assert {"CIV", "KOR"} <= codes


def test_an_untracked_chapter_is_passed_over_and_counted(tmp_path: Path) -> None:
    report = imported(tmp_path, [*COBALT, output("Canada", "5", chapter="PERLITE")])
    assert report.unplaced == ()
    assert report.untracked == {"PERLITE": 1}


def test_a_total_of_xx_gives_no_share(tmp_path: Path) -> None:
    rows = [row for row in COBALT if row[3] != "World total"]
    report = imported(tmp_path, [*rows, output("World total", "XX")])
    row = read(report.folder / "shares.csv")[0]
    assert (row["leader"], row["leader_share"], row["hhi_low"]) == ("Congo (Kinshasa)", "", "")


def test_the_figures_loaded_are_those_of_the_chosen_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bomexposure import reference
    from bomexposure.reference.comparing import changes_text, compare_editions

    imported(tmp_path, COBALT)
    monkeypatch.setattr(editions, "user_folder", lambda: tmp_path / "home")
    assert list(editions.available()) == ["mcs2026", "mcs2027"]
    newest = reference.load(knowledge=False)
    old = reference.load("mcs2026", knowledge=False)
    assert (newest.edition, old.edition) == ("MCS 2027", "MCS 2026")
    cobalt = newest.supply[(newest.supply["mineral"] == "cobalt") & newest.supply["headline"]]
    assert cobalt["leading_share_pct"].item() == 70.0
    changes = compare_editions(old, newest)
    share = next(
        one for one in changes
        if one.mineral == "cobalt" and not one.form and one.field == "leader's share"
    )  # fmt: skip
    # MCS 2026 has 73.1
    assert (share.before, share.after) == ("73.1", "70")
    assert share.change == pytest.approx(-3.1)
    assert "cobalt" in changes_text(old, newest, changes)
    assert compare_editions(old, old) == []


def test_a_folder_without_the_commodity_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    with pytest.raises(ReferenceDataError, match="no USGS table"):
        import_release(tmp_path, tmp_path / "home")


@pytest.mark.parametrize("name", ["missing.zip", "letter.txt"])
def test_a_path_that_is_no_release_is_refused(tmp_path: Path, name: str) -> None:
    if name == "letter.txt":
        (tmp_path / name).write_text("Dear reader")
    with pytest.raises(ReferenceDataError) as caught:
        import_release(tmp_path / name, tmp_path / "home")
    assert caught.value.mend


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    header = [cell if cell != "Value" else "Amount" for cell in HEADER]
    release = write_release(tmp_path / "release", COBALT, header=header)
    with pytest.raises(ReferenceDataError, match="no column 'value'"):
        import_release(release, tmp_path / "home")


def test_a_release_of_two_years_is_refused(tmp_path: Path) -> None:
    release = write_release(tmp_path / "release", COBALT)
    table = release / "MCS2027_T7_Critical_Minerals_Salient.csv"
    table.rename(release / "MCS2026_T7_Critical_Minerals_Salient.csv")
    with pytest.raises(ReferenceDataError, match="year"):
        import_release(release, tmp_path / "home")


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    release = write_release(tmp_path / "release", [])
    with pytest.raises(ReferenceDataError, match="no import reliance"):
        import_release(release, tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_a_cut_gzip_is_refused(tmp_path: Path) -> None:
    release = write_release(tmp_path / "release", COBALT)
    data = release / "MCS2027_Commodities_Data.csv"
    whole = gzip.compress(text(HEADER, COBALT).encode())
    data.unlink()
    (release / "MCS2027_Commodities_Data.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReferenceDataError, match="cannot be unpacked"):
        import_release(release, tmp_path / "home")


def test_a_home_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    release = write_release(tmp_path / "release", COBALT)
    with pytest.raises(OutputError):
        import_release(release, blocked)


def test_a_footnote_digit_at_a_name_of_table_7_is_dropped(tmp_path: Path) -> None:
    noted = ["MCS2027", "2026_estimated", "metric tons", "Cobalt9", *SALIENT_COBALT[4:]]
    report = imported(tmp_path, COBALT, salient=[noted])
    assert read(report.folder / "table7.csv")[0]["name"] == "Cobalt"


def test_the_shipped_edition_is_the_importers_own_output(tmp_path: Path, gathered: Path) -> None:
    report = import_release(gathered / "raw", tmp_path)
    shipped = editions.shipped_folder("mcs2026")
    made = {file.name: file.read_bytes() for file in report.folder.iterdir()}
    assert made == {file.name: file.read_bytes() for file in shipped.iterdir()}
    assert report.unplaced == ()


def test_tables_of_controls_and_agreements_are_kept_as_printed(tmp_path: Path) -> None:
    release = write_release(tmp_path / "release", COBALT)
    (release / "MCS2027_T4_Country_Export_Control.csv").write_bytes(
        text(
            ["Country", "Control_Type", "Commodity_Year", "Data_source", "Notes"],
            [["Korea, Republic of", "Export ban", "Zinc (2026).", "https://example.org", ""]],
        ).encode("utf-8-sig")
    )
    (release / "MCS2027_T5_Trade_Agreements.csv").write_bytes(
        # the release of 2026 prints the date twice under one header, the second time in ISO form
        text(
            ["Country", "Agreement", "Signing_date", "Signing_date", "Focus_area", "Source"],
            [["Japan", "Some framework", "1-Feb-26", "2026-02-01", "Mining", ""]],
        ).encode("utf-8-sig")
    )
    report = import_release(release, tmp_path / "home")
    control, agreement = (read(report.folder / name)[0] for name in ("table4.csv", "table5.csv"))
    assert (control["iso3"], control["goods"]) == ("KOR", "Zinc (2026).")
    assert (agreement["country"], agreement["date"]) == ("Japan", "2026-02-01")
