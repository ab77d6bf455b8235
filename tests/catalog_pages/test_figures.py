"""What the catalogue tells of itself in the statistics."""

from datetime import date

import pytest
from django.utils import timezone

from catalog_pages.figures import measures
from catalog_pages.models import Item
from tests.factories.catalog_pages import ItemFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read():
    found = {measure.name: measure for measure in measures()}
    return lambda name, year=2025: sorted(found[name].read(year), key=str)


def test_titles_and_copies_are_those_there_are(read):
    one, other = BranchFactory.create_batch(2)
    ItemFactory.create_batch(2, branch=one)
    ItemFactory(branch=other, status=Item.Status.ON_LOAN, available=False)
    for status in Item.GONE:
        ItemFactory(branch=other, status=status, available=False)
    assert read("titles") == [(0, None, 6)]
    assert read("items") == sorted([(0, one.pk, 2), (0, other.pk, 1)], key=str)


def test_acquisitions_are_counted_by_the_month_of_arrival_also_those_gone_since(read):
    branch = BranchFactory()
    assert [measure.first_day() for measure in measures()] == [None, None, None]
    ItemFactory(branch=branch, arrived_on=date(2025, 1, 1))
    ItemFactory(branch=branch, arrived_on=date(2025, 1, 31), status=Item.Status.LOST, available=False)
    ItemFactory(branch=branch, arrived_on=date(2025, 12, 31))
    ItemFactory(branch=branch, arrived_on=date(2024, 12, 31))
    ItemFactory(branch=branch, arrived_on=None)
    assert read("acquired") == sorted([(1, branch.pk, 2), (12, branch.pk, 1)], key=str)
    assert read("acquired", timezone.localdate().year + 1) == []
    assert [measure.first_day() for measure in measures()][2] == date(2024, 12, 31)
