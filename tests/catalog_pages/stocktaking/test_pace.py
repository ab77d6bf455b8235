"""Lists of scans are written in steps that no one has to wait for long."""

import uuid

import pytest

from catalog_pages.stocktaking import services
from catalog_pages.stocktaking.services import (
    FEWEST_SCANS,
    FIRST_SCANS,
    MOST_SCANS,
    TARGET,
    CountRefused,
    NewScan,
    Pace,
    add_list,
    add_scans,
)
from tests.factories.catalog_pages import ItemFactory, RecordFactory, StocktakingFactory

LIMIT = 0.2  # seconds of any write transaction


@pytest.mark.parametrize("speed", [20_000, 4_000, 500, 60])  # scans a second
def test_steps_settle_at_the_target_whatever_the_server_does(speed):
    pace = Pace()
    for _step in range(20):
        pace.note(pace.size / speed, pace.size)
    assert FEWEST_SCANS <= pace.size <= MOST_SCANS
    assert pace.size / speed <= TARGET * 1.5 or pace.size == FEWEST_SCANS


def test_a_server_that_becomes_four_times_as_slow_stays_below_the_limit():
    pace, longest = Pace(), 0.0
    for step in range(40):
        seconds = pace.size / (2_000 if step % 10 < 5 else 500)
        longest = max(longest, seconds)
        pace.note(seconds, pace.size)
    assert longest <= LIMIT


@pytest.mark.django_db
def test_a_list_counts_as_one_transaction_would_and_twice_is_once():
    count = StocktakingFactory()
    record = RecordFactory()
    items = ItemFactory.create_batch(130, record=record, branch=count.branch)
    codes = [item.barcode for item in items] + ["unknown", items[0].barcode, "\x00"]
    scans = [NewScan(uuid.uuid4(), code) for code in codes]
    steps = list(add_list(count, scans, user=None))
    assert len(steps[0]) == FIRST_SCANS and len(steps) > 1
    answers = [answer for step in steps for answer in step]
    assert [answer.client_id for answer in answers] == [scan.client_id for scan in scans]
    assert [answer.verdict for answer in answers[-3:]] == ["unknown", "counted", services.REFUSED]
    assert not answers[-2].is_new and count.scans.count() == 131
    again = [answer for step in add_list(count, scans, user=None) for answer in step]
    assert [answer.verdict for answer in again] == [answer.verdict for answer in answers]
    assert count.scans.count() == 131


@pytest.mark.django_db
def test_what_was_counted_before_the_count_was_closed_stays(monkeypatch):
    count = StocktakingFactory()
    scans = [NewScan(uuid.uuid4(), f"C{number}") for number in range(FIRST_SCANS * 2)]
    steps = add_list(count, scans, user=None)
    next(steps)
    type(count).objects.filter(pk=count.pk).update(state="closing")
    with pytest.raises(CountRefused):
        next(steps)
    assert count.scans.count() == FIRST_SCANS


@pytest.mark.django_db
def test_the_queries_do_not_grow_with_the_list(django_assert_max_num_queries):
    count = StocktakingFactory()
    items = ItemFactory.create_batch(60, branch=count.branch)
    with django_assert_max_num_queries(9):
        answers = add_scans(count, [NewScan(uuid.uuid4(), item.barcode) for item in items], user=None)
    assert all(answer.title and answer.is_new for answer in answers)
