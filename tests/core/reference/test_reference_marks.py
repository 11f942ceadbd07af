"""Marks, names, concentration and sets: the small parts under the reference."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bomexposure.model.errors import ReferenceDataError
from bomexposure.reference import editions
from bomexposure.reference.concentration import Output, half_place, stage_shares
from bomexposure.reference.names import country_names, folded, mineral_names
from bomexposure.reference.sets import open_set
from bomexposure.reference.usgs.marks import plain, read_mark, reliance_bounds, share_text


@pytest.mark.parametrize(
    ("cell", "number", "flag"),
    [
        ("1,310", 1310, ""),
        ("0.5", 0.5, ""),
        ("—", 0, "zero"),
        ("--", 0, "zero"),
        (">2,000,000", 2_000_000, ">"),
        ("<200,000", 200_000, "<"),
        ("W", None, "W"),
        ("XX", None, "XX"),
        ("10,000 - 15,000", None, "range"),
        ("Very small", None, "text"),
        ("", None, "NA"),
        ("12 or so", None, "unreadable"),
    ],
)
def test_printed_cells(cell: str, number: float | None, flag: str) -> None:
    mark = read_mark(cell)
    assert (mark.number, mark.flag) == (number, flag)


def test_a_withheld_reliance_has_no_bounds() -> None:
    assert reliance_bounds("W") is None
    assert reliance_bounds("") is None


@given(st.floats(min_value=0, max_value=1e12))
def test_plain_numbers_read_back(number: float) -> None:
    assert float(plain(number)) == pytest.approx(number, abs=1e-6)
    assert "e" not in plain(number)


def test_shares_have_one_decimal_and_two_below_one_percent() -> None:
    assert (share_text(73.06), share_text(0.644), share_text(0.0), share_text(None)) == (
        "73.1", "0.64", "0", "",
    )  # fmt: skip


def test_half_the_place_value_of_a_rounded_total() -> None:
    # 110,000 is rounded to ten thousands, 1,310 to tens, 3.4 to tenths
    assert half_place("110,000") == 5000
    assert half_place("1,310") == 5
    assert half_place("3.4") == pytest.approx(0.05)


def test_rows_that_fall_short_of_the_printed_total_are_divided_by_it() -> None:
    # iron and steel: the release leaves producers out; 800 of a printed 1,900 is 42.1 percent,
    # and the 300 that no row holds count as one country in the high bound
    told = stage_shares(
        [
            Output("China", 800, "800"),
            Output("Japan", 800, "800"),
            Output("World total", 1900, "1,900"),
        ]
    )
    assert told.denominator == "published world total"
    assert told.china == pytest.approx(800 / 1900 * 100)
    assert told.leaders == ("China", "Japan")
    assert told.hhi_low == pytest.approx(2 * (800 / 19) ** 2)
    assert told.hhi_high == pytest.approx(2 * (800 / 19) ** 2 + (300 / 19) ** 2)


@given(st.lists(st.floats(min_value=0.001, max_value=1e9), min_size=1, max_size=20),
       st.floats(min_value=0, max_value=1e9))  # fmt: skip
def test_concentration_stays_in_its_limits(outputs: list[float], rest: float) -> None:
    rows = [Output(f"country {place}", number, "x") for place, number in enumerate(outputs)]
    told = stage_shares([*rows, Output("Other countries", rest, "x")])
    assert told.hhi_low is not None
    assert told.hhi_high is not None
    assert told.leader_share is not None
    assert 0 < told.hhi_low <= told.hhi_high <= 10_000.001
    # the index is never below the square of the leader's share, nor above it times a hundred
    assert told.leader_share**2 <= told.hhi_low + 1e-6 <= told.leader_share * 100 + 1e-3


@given(st.lists(st.floats(min_value=1, max_value=1e6), min_size=2, max_size=8))
def test_shares_do_not_depend_on_the_order_of_rows(outputs: list[float]) -> None:
    rows = [Output(f"country {place}", number, "x") for place, number in enumerate(outputs)]
    forward, backward = stage_shares(rows), stage_shares(rows[::-1])
    assert forward.leader_share == pytest.approx(backward.leader_share)
    assert forward.hhi_low == pytest.approx(backward.hhi_low)


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("Rare earths (group)", 14),
        ("Heavy rare earths (group)", 7),
        ("rare-earths-magnet", 4),
        ("NdFeB magnets", 4),
        ("Platinum-group metals (group)", 5),
        ("most goods", 0),
    ],
)
def test_groups_expand_to_their_members_with_a_note(name: str, members: int) -> None:
    names = mineral_names(open_set(editions.shipped_folder("rules")))
    assert len(names.ids(name)) == members
    assert names.note(name)


@pytest.mark.parametrize(
    ("name", "mineral"),
    [
        ("phosphorus", "phosphate"), ("Iron and steel", "iron"),
        ("Diamond (industrial)", "diamond"), ("Magnesium compounds", "magnesium"),
        ("bauxite", "aluminum"), ("silicon carbide", "silicon"),
        ("superhard materials", "diamond"), ("gold (not listed)", "gold"), ("Nd", "neodymium"),
        ("METALLURGICAL COAL", "metallurgical-coal"),
    ],
)  # fmt: skip
def test_names_of_the_gathered_tables_find_their_id(name: str, mineral: str) -> None:
    assert mineral_names(open_set(editions.shipped_folder("rules"))).ids(name) == (mineral,)


def test_an_unknown_mineral_is_no_guess() -> None:
    with pytest.raises(KeyError):
        mineral_names(open_set(editions.shipped_folder("rules"))).ids("unobtainium")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Côte d’Ivoire", "CIV"), ("Cote d'Ivoire", "CIV"), ("Korea, Republic of", "KOR"),
        ("Burma", "MMR"), ("Türkiye", "TUR"), ("Congo (Kinshasa)", "COD"), ("EU", ""),
        ("China, Germany, and Russia", ""), ("Other countries", ""),
    ],
)  # fmt: skip
def test_countries_are_found_under_all_their_names(name: str, code: str) -> None:
    assert country_names(open_set(editions.shipped_folder("rules"))).code(name) == code


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


def copied(tmp_path: Path, name: str = "uranium") -> Path:
    folder = tmp_path / name
    shutil.copytree(editions.shipped_folder(name), folder)
    return folder


def test_a_changed_file_refuses_to_load(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    file = folder / "facts.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("38.6", "98.6"), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"facts\.csv .* was changed") as caught:
        open_set(folder)
    assert "Install the program again" in caught.value.mend


def test_a_missing_file_refuses_to_load(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "facts.csv").unlink()
    with pytest.raises(ReferenceDataError, match=r"lacks its file facts\.csv"):
        open_set(folder)


@pytest.mark.parametrize("content", ["", "not toml at all [", 'id = "x"\n'])
def test_a_broken_source_file_refuses_to_load(tmp_path: Path, content: str) -> None:
    folder = copied(tmp_path)
    (folder / "SOURCE.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="cannot be read"):
        open_set(folder)


def test_line_ends_of_windows_do_not_change_the_hash(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    file = folder / "facts.csv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert open_set(folder).id == "uranium"


def test_every_shipped_set_says_whose_it_is() -> None:
    from bomexposure.reference.loading import SHIPPED

    for name in (*SHIPPED, "mcs2026"):
        source = open_set(editions.shipped_folder(name)).source
        assert source.id == name
        assert source.title
        assert source.publisher
        assert source.edition
        assert source.licence
        assert len(source.sha256) == 64
