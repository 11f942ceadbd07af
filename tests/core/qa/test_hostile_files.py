"""Files that nobody meant well with end in a result or in one clear line."""

from __future__ import annotations

import pytest

from bomexposure.model.errors import BomExposureError
from tests.core.qa.conftest import Analyzed

HEAD = "Part number,Description,Qty,Unit cost\n"


def test_a_bom_in_which_nothing_counts_is_analyzed(analyzed: Analyzed) -> None:
    result = analyzed(HEAD + "A1,Screw M4x12 A2,-4,0.1\nA2,Magnet N42,-1,5\nA3,Washer,0,1\n")
    assert not result.bom.lines["counted"].any()
    assert result.exposures.headline.top_minerals == ()


def test_a_document_in_one_cell_does_not_hang_the_reader(analyzed: Analyzed) -> None:
    result = analyzed(HEAD + f"A1,{'x screw ' * 100_000},2,1\nA2,Screw M4x12,3,1\n")
    assert len(result.bom.lines) == 2


@pytest.mark.parametrize("text", ["", "\n\n", "Dear Sir,\nthank you, kindly.\n", "\x00\x00\x00"])
def test_what_is_no_table_is_refused_with_a_remedy(analyzed: Analyzed, text: str) -> None:
    with pytest.raises(BomExposureError) as fault:
        analyzed(text)
    assert fault.value.what
    assert fault.value.mend


def test_an_absurd_amount_is_told_and_ends_as_unknown(analyzed: Analyzed) -> None:
    result = analyzed(HEAD + "A1,Screw M4x12 A2,1e300,1e300\nA2,Magnet N42,1e999,5\nA3,Nut,4,2\n")
    assert result.bom.lines["quantity"].isna().tolist() == [True, True, False]
    assert (result.issues["code"] == "quantity-unreadable").sum() == 2
    # only the nut has an amount and a price: 4 pieces of 2
    assert result.exposures.headline.spend == 8
