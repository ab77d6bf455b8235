"""Items told by MARC fields."""

from decimal import Decimal

import pytest

from catalog_pages.marc.holdings import Holding, holdings
from catalog_pages.marc.iso2709 import build, parse

LEADER = "00000nam a22000005i 4500"


@pytest.mark.parametrize(
    ("tag", "field", "expected"),
    [
        ("952", "$aCENTRAL$pB1$oX 1$cStore$iA7$g12,50",
         Holding("central", "B1", "X 1", "Store", "available", "A7", Decimal("12.50"))),
        ("952", "$aone$btwo$pB1", Holding("two", "B1")),
        ("952", "$bone$q2030-01-01", Holding("one", status="on_loan")),
        ("952", "$bone$71", Holding("one", status="reference")),
        ("952", "$bone$11", Holding("one", status="lost")),
        ("952", "$bone$01$11", Holding("one", status="withdrawn")),
        ("952", "$bone$00$10$70$gnothing", Holding("one")),
        ("852", "$aORG$bMain$cAdults$h821$iNIZ$pB2", Holding("main", "B2", "821 NIZ", "Adults")),
        ("852", "$aORG$hX", None),
        ("952", "$pB1", None),
    ],
)  # fmt: skip
def test_items(tag, field, expected):
    record = parse(build(LEADER, [(tag, b"  " + field.replace("$", "\x1f").encode())]))
    assert list(holdings(record)) == ([expected] if expected else [])
