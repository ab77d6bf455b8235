from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from catalog_pages.shelf import holdings, neighbours
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Baku"))


def test_copies_are_counted_by_branch_and_the_place_to_go_comes_first(django_assert_max_num_queries):
    record = RecordFactory()
    closed, lent, open_now = BranchFactory(), BranchFactory(), BranchFactory(open_weekdays=[0])
    ItemFactory.create_batch(2, record=record, branch=closed)
    ItemFactory(record=record, branch=lent, status="on_loan")
    ItemFactory.create_batch(7, record=record, branch=open_now)
    ItemFactory(record=record, branch=open_now, status="lost")
    with django_assert_max_num_queries(8):
        found = holdings(record, at=MONDAY_NOON)
    assert [holding.branch for holding in found.branches] == [open_now, closed, lent]
    assert (found.total, found.available) == (10, 9)
    assert found.open_now.branch == open_now
    first = found.branches[0]
    assert (len(first.copies), first.unseen) == (4, 3)


def test_a_thousand_copies_cost_no_more_queries(django_assert_max_num_queries):
    record = RecordFactory()
    branches = BranchFactory.create_batch(8)
    ItemFactory.create_batch(400, record=record, branch=branches[0])
    for branch in branches[1:]:
        ItemFactory.create_batch(5, record=record, branch=branch)
    with django_assert_max_num_queries(8):
        found = holdings(record)
    assert sum(len(holding.copies) for holding in found.branches) == 32


def test_what_may_not_leave_the_library_is_for_reading_there():
    record = RecordFactory()
    ItemFactory(record=record, status="reference", loanable=False)
    found = holdings(record)
    assert found.available == 1
    assert found.loanable == 0
    assert found.branches[0].is_reference


def test_neighbours_stand_in_the_order_of_class_numbers_within_the_scheme():
    numbers = ["891.1", "894.361", "894.361", "895", "5"]
    records = [RecordFactory(class_number=number) for number in numbers]
    RecordFactory(class_scheme="udc", class_number="894.361")
    RecordFactory(class_number="")
    before, after = neighbours(records[1])
    assert before == [records[4], records[0]]
    assert after == [records[2], records[3]]


def test_a_record_without_a_class_number_has_no_neighbours():
    assert neighbours(RecordFactory(class_number="")) == ([], [])
