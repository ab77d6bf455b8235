"""Numbers given one after the other."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog_pages.items import numbers
from catalog_pages.models import Item, NumberSeries
from tests.factories.catalog_pages import AccessionFactory, ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory()


def take(kind="item", **more):
    return numbers.take(kind, **{"store": "library", **more})


def test_the_narrowest_series_is_used(branch):
    series = {
        (None, ""): "all-", (None, "children"): "young-", (branch, ""): "own-", (branch, "children"): "own-young-"
    }  # fmt: skip
    for (place, store), prefix in series.items():
        NumberSeries.objects.create(kind="item", branch=place, store=store, prefix=prefix)
    other = BranchFactory()
    assert take(branch=other) == ["all-1"] and take(branch=other, store="children") == ["young-1"]
    assert take(branch=branch) == ["own-1"] and take(branch=branch, store="children") == ["own-young-1"]


def test_without_gaps(branch):
    NumberSeries.objects.create(kind="item", last=9, digits=4, prefix="2026/")
    assert take(branch=branch, how_many=2) == ["2026/0010", "2026/0011"]

    class Refused(Exception):
        pass

    with pytest.raises(Refused), transaction.atomic():
        take(branch=branch, how_many=5)
        raise Refused
    assert numbers.propose("item", branch=branch, store="library") == ["2026/0012"]
    assert take(branch=branch) == ["2026/0012"]


@pytest.mark.parametrize(
    ("used", "following"),
    [("5", "6"), ("10003", "10004"), ("10004", "4"), ("other", "4"), ("2", "4"), ("٥", "4"), ("9" * 30, "4")],
)
def test_behind_what_staff_typed(branch, used, following):
    NumberSeries.objects.create(kind="item", last=3)
    numbers.note_used([used], kind="item", branch=branch, store="library")
    assert take(branch=branch) == [following]


def test_numbers_that_others_have_are_passed_over(branch):
    NumberSeries.objects.create(kind="barcode")
    for number in (1, 2, 4):
        ItemFactory(barcode=str(number))
    assert take("barcode", branch=branch, how_many=2) == ["3", "5"]


@pytest.mark.parametrize("how_many", [1, 2, 7])
def test_a_long_row_of_taken_numbers_is_passed_over_in_few_steps(branch, how_many):
    NumberSeries.objects.create(kind="item")
    record = RecordFactory()
    Item.objects.bulk_create(
        Item(record=record, branch=branch, accession_number=str(n)) for n in range(1, 1001) if n != 2
    )
    with CaptureQueriesContext(connection) as queries:
        found = take(branch=branch, how_many=how_many)
    assert len(set(found)) == how_many and len(queries) <= 40
    assert not Item.objects.filter(accession_number__in=found).exists()
    assert set(found) <= {"2", *(str(n) for n in range(1001, 1010))}


def test_a_library_of_its_own_may_have_the_same_numbers(branch):
    NumberSeries.objects.create(kind="accession", branch=branch)
    AccessionFactory(number="1")
    assert take("accession", branch=branch) == ["1"]
    assert numbers.taken("accession", ["1"], branch=branch, store="library") == set()
    assert numbers.taken("accession", ["1"], branch=BranchFactory(), store="library") == {"1"}


@pytest.mark.parametrize(
    ("there", "following"),
    [([], "1"), (["0041", "0040"], "0042"), (["K-7", "K-12"], "K-13"), (["A1", "B2"], "1"), (["x"], "x1")],
)
def test_a_library_that_set_nothing_up_goes_on_from_its_last_numbers(branch, there, following):
    for number in there:
        ItemFactory(accession_number=number)
    assert take(branch=branch) == [following]


def test_one_series_for_a_place(branch):
    for place in (branch, None):
        NumberSeries.objects.create(kind="item", branch=place)
        with pytest.raises(ValidationError, match="such a series"):
            NumberSeries(kind="item", branch=place).full_clean()
