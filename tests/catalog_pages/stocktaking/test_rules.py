"""What a scan means, what a count takes in, who is a commission."""

import pytest

from catalog_pages.models import Item, Stocktaking
from catalog_pages.shelf_order import shelf_key
from catalog_pages.stocktaking import rules
from catalog_pages.stocktaking.rules import Scope, bounds

COUNT = Stocktaking(branch_id=1, store="library")
S = Item.Status


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, "counted"),
        ({"status": S.REFERENCE}, "counted"),
        ({"status": S.MISSING}, "found"),
        ({"status": S.ON_LOAN}, "loan"),
        ({"status": S.IN_TRANSIT}, "away"),
        ({"status": S.REPAIR}, "away"),
        ({"status": S.LOST}, "gone"),
        ({"status": S.WITHDRAWN, "branch_id": 2}, "gone"),
        ({"branch_id": 2}, "branch"),
        ({"branch_id": 2, "status": S.ON_LOAN}, "branch"),
        ({"store": "children"}, "store"),
    ],
)
def test_the_verdict_follows_from_the_register(columns, expected):
    assert rules.verdict(COUNT, Item(**({"branch_id": 1, "store": "library"} | columns))) == expected


def test_a_barcode_nobody_knows():
    assert rules.verdict(COUNT, None) == "unknown"


@pytest.mark.parametrize(
    ("number", "shelf", "expected"),
    [
        ("81", "A", "counted"),
        ("82.5", "A", "counted"),
        ("83", "A", "place"),
        ("79", "A", "place"),
        ("81", "B", "place"),
        ("", "A", "place"),
    ],
)
def test_a_part_of_the_store(number, shelf, expected):
    count = Stocktaking(branch_id=1, store="library", shelf="A")
    count.key_from, count.key_to = bounds("ddc", "81", "82")
    item = Item(branch_id=1, store="library", shelf=shelf, shelf_key=shelf_key("ddc", number))
    assert rules.verdict(count, item) == expected


@pytest.mark.parametrize(
    ("scheme", "first", "last"),
    [("", "1", "2"), ("ddc", "5", "3"), ("ddc", "?", "3"), ("nothing", "1", ""), ("ddc", "1", "-")],
)
def test_what_bounds_no_shelves(scheme, first, last):
    with pytest.raises(ValueError, match="class"):
        bounds(scheme, first, last)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((), (), True),
        (("A",), ("B",), False),
        (("A",), (), True),
        (("", *bounds("ddc", "1", "2")), ("", *bounds("ddc", "3", "4")), False),
        (("", *bounds("ddc", "1", "3")), ("", *bounds("ddc", "3.5", "4")), True),
        (("", *bounds("ddc", "", "3")), ("", *bounds("ddc", "2", "")), True),
        (("", *bounds("ddc", "1", "")), ("", *bounds("udc", "1", "")), False),
    ],
)
def test_two_counts_of_the_same_copies(first, second, expected):
    assert Scope(*first).overlaps(Scope(*second)) is Scope(*second).overlaps(Scope(*first)) is expected


@pytest.mark.parametrize("names", [[], ["A", "B"], ["A", "B", ""], ["A", "B", " a "], ["A", "A", "A", "A"]])
def test_fewer_than_three_are_no_commission(names):
    with pytest.raises(rules.TooFew):
        rules.check_commission([{"name": name} for name in names])


@pytest.mark.parametrize(
    ("sent", "clean"),
    [(" 123\r\n", "123"), ("\x02A 1\x03", "A 1"), ("\t", ""), ("e\u0301", "é"), ("\x00", "")],
)
def test_what_scanners_put_around_a_barcode(sent, clean):
    assert rules.clean_barcode(sent) == clean
