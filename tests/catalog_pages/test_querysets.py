"""Reads of the catalogue: results in order with availability, in a fixed number of queries."""

import pytest

from catalog_pages.models import Item, Record
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory


@pytest.fixture
def branches(db):
    return [BranchFactory(code=f"b{number}", position=number) for number in range(5)]


def hold(record, branch, number=1, status=Item.Status.AVAILABLE):
    return ItemFactory.create_batch(number, record=record, branch=branch, status=status)


def test_results_come_in_the_order_asked_for(db):
    first, second = RecordFactory(), RecordFactory()
    assert Record.objects.for_results([second.pk, 0, first.pk]) == [second, first]
    assert Record.objects.for_results([]) == []


def test_availability_counts_items_the_library_has(branches):
    record = RecordFactory()
    hold(record, branches[0], 2, Item.Status.ON_LOAN)
    hold(record, branches[1], 1)
    hold(record, branches[2], 1, Item.Status.REFERENCE)
    hold(record, branches[3], 4, Item.Status.WITHDRAWN)
    (found,) = Record.objects.for_results([record.pk])
    assert (found.availability.available, found.availability.total) == (2, 4)
    assert found.availability.branch_count == 3
    # Those with an item on the shelf come first.
    assert [branch.code for branch in found.availability.branches] == ["b1", "b2", "b0"]


def test_three_branches_are_named_at_most(branches):
    record = RecordFactory()
    for branch in branches:
        hold(record, branch)
    (found,) = Record.objects.for_results([record.pk])
    assert len(found.availability.branches) == 3
    assert found.availability.branch_count == 5


def test_a_record_without_items(db):
    (found,) = Record.objects.for_results([RecordFactory().pk])
    assert (found.availability.available, found.availability.total, found.availability.branches) == (0, 0, ())


@pytest.mark.parametrize(("records", "items"), [(1, 1), (1, 500), (20, 3)])
def test_results_take_three_queries(records, items, branches, django_assert_num_queries):
    made = RecordFactory.create_batch(records)
    Item.objects.bulk_create(
        Item(record=record, branch=branches[number % 5]) for record in made for number in range(items)
    )
    with django_assert_num_queries(3):
        for record in Record.objects.for_results([record.pk for record in made]):
            assert record.availability.total == items
            assert [str(branch) for branch in record.availability.branches]
