from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from library.calendar import hours_today, week
from library.models import Branch, OpeningHours

pytestmark = pytest.mark.django_db
BAKU = ZoneInfo("Asia/Baku")


@pytest.fixture
def branch():
    branch = Branch.objects.create(code="central", name={"en": "Central"}, kind="central")
    for opens, closes in [("09:00", "13:00"), ("14:00", "18:00")]:
        OpeningHours.objects.create(branch=branch, weekday=0, opens=opens, closes=closes)
    return branch


@pytest.mark.parametrize(
    ("clock", "is_open", "closes_next", "opens_next"),
    [
        ("08:59", False, None, time(9)),
        ("09:00", True, time(13), None),
        ("12:59", True, time(13), None),
        ("13:30", False, None, time(14)),
        ("17:59", True, time(18), None),
        ("18:00", False, None, None),
    ],
)
def test_open_now(branch, clock, is_open, closes_next, opens_next):
    at = datetime.combine(datetime(2026, 11, 23), time.fromisoformat(clock), BAKU)  # a Monday
    hours = hours_today([branch], at)[branch.pk]
    assert (hours.is_open_now, hours.closes_next, hours.opens_next) == (is_open, closes_next, opens_next)
    assert (hours.opens, hours.closes) == (time(9), time(18))


def test_a_day_without_hours_is_closed(branch):
    hours = hours_today([branch], datetime(2026, 11, 24, 12, tzinfo=BAKU))[branch.pk]
    assert hours.spans == () and not hours.is_open_now and hours.opens is None


def test_the_week_begins_today(branch):
    days = week(branch, datetime(2026, 11, 22, 12, tzinfo=BAKU))  # a Sunday
    assert [bool(day.spans) for day in days] == [False, True, False, False, False, False, False]
    assert days[0].now is not None and days[1].now is None


def test_63_branches_take_one_query(branch, django_assert_num_queries):
    branches = [branch, *Branch.objects.bulk_create(Branch(code=f"v{n}", name={}) for n in range(62))]
    with django_assert_num_queries(1):
        assert len(hours_today(branches)) == 63


def test_the_day_is_the_librarys_not_utc(branch):
    late = datetime(2026, 11, 22, 21, 30, tzinfo=ZoneInfo("UTC"))  # half past one on Monday in Baku
    assert hours_today([branch], late)[branch.pk].spans
