"""Where a line or an issue stands: a row alone, or with its sheet where there are several."""

from __future__ import annotations

import pandas as pd
import pytest

from bomexposure.present.line_names import issue_place, row_mark, row_words

ONE = pd.DataFrame({"sheet": ["Board", "Board"], "row": [4, 5]})
TWO = pd.DataFrame({"sheet": ["Board", "Case"], "row": [4, 4]})


def test_a_row_is_named_with_its_sheet_only_where_there_are_several() -> None:
    assert (row_words(ONE, 1), row_mark(ONE, 1)) == ("5", "5")
    assert (row_words(TWO, 1), row_mark(TWO, 1)) == ("4 of sheet Case", "Case 4")


@pytest.mark.parametrize(
    ("sheet", "row", "words"),
    [
        ("Case", "4", "Sheet Case, row 4"),
        ("Case", "<NA>", "Sheet Case"),
        ("", "4", "Row 4"),
        ("", "<NA>", ""),
    ],
)
def test_an_issue_says_where_it_is(sheet: str, row: str, words: str) -> None:
    assert issue_place(sheet, row) == words
