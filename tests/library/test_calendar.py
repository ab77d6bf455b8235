from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from library.calendar import calendar_of, calendars, exceptions_ahead, hours_today, week
from library.models import Branch, DatedHours, MovedWorkingDay, OpeningHours, PublicHoliday

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


def test_63_branches_take_as_many_queries_as_one(branch, django_assert_num_queries):
    branches = [branch, *Branch.objects.bulk_create(Branch(code=f"v{n}", name={}) for n in range(62))]
    with django_assert_num_queries(4):
        assert len(hours_today(branches)) == 63


def test_the_day_is_the_librarys_not_utc(branch):
    late = datetime(2026, 11, 22, 21, 30, tzinfo=ZoneInfo("UTC"))  # half past one on Monday in Baku
    assert hours_today([branch], late)[branch.pk].spans


def on(branch, day):
    return next(hours for hours in week(branch, datetime(*day, 12, tzinfo=BAKU)))


def test_a_holiday_of_every_year_closes_every_branch(branch):
    PublicHoliday.objects.create(
        name={"en": "Victory Day"}, first_day=date(2020, 11, 22), last_day=date(2020, 11, 23), every_year=True
    )
    hours = on(branch, (2026, 11, 23))
    assert (hours.spans, hours.reason, hours.is_special) == ((), "Victory Day", True)


def test_29_february_comes_only_in_leap_years(branch):
    OpeningHours.objects.create(branch=branch, weekday=1, opens="09:00", closes="18:00")
    PublicHoliday.objects.create(
        name={"en": "Leap"}, first_day=date(2024, 2, 29), last_day=date(2024, 2, 29), every_year=True
    )
    calendar = calendar_of(branch, first=date(2028, 1, 1), last=date(2033, 12, 31))
    assert [day for day in calendar.special_days if day.month in (2, 3)] == [
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]


def test_a_holiday_over_new_year_is_one_holiday(branch):
    PublicHoliday.objects.create(
        name={"en": "New Year"}, first_day=date(2020, 12, 31), last_day=date(2021, 1, 2), every_year=True
    )
    calendar = calendar_of(branch, first=date(2027, 1, 1), last=date(2027, 1, 31))
    assert calendar.on(date(2027, 1, 2)).reason == "New Year"


def test_exceptions_ahead_leave_out_what_changes_nothing(branch):
    DatedHours.objects.create(branch=branch, day=date(2026, 11, 30), reason={"en": "Stocktaking"})
    DatedHours.objects.create(branch=branch, day=date(2026, 12, 5), opens="10:00", closes="14:00")
    PublicHoliday.objects.create(
        name={"en": "A Sunday"}, first_day=date(2026, 12, 6), last_day=date(2026, 12, 6)
    )
    ahead = exceptions_ahead(branch, at=datetime(2026, 11, 24, 12, tzinfo=BAKU))
    assert [(hours.day, bool(hours.spans), hours.reason) for hours in ahead] == [
        (date(2026, 11, 30), False, "Stocktaking"),
        (date(2026, 12, 5), True, ""),
    ]


def test_a_year_of_63_branches_takes_a_constant_number_of_queries(branch, django_assert_num_queries):
    branches = [branch, *Branch.objects.bulk_create(Branch(code=f"v{n}", name={}) for n in range(62))]
    OpeningHours.objects.bulk_create(
        OpeningHours(branch=b, weekday=day, opens="09:00", closes="18:00")
        for b in branches
        for day in range(1, 6)
    )
    with django_assert_num_queries(4):
        found = calendars(branches, first=date(2026, 1, 1), last=date(2026, 12, 31))
    assert sum(len(list(c.days(date(2026, 1, 1), date(2026, 12, 31)))) for c in found.values()) == 63 * 365


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (OpeningHours(weekday=0, opens=time(9), closes=time(9)), "closes"),
        (OpeningHours(weekday=0, opens=time(9), closes=time(10), first_day=date(2026, 2, 2),
                      last_day=date(2026, 2, 1)), "last_day"),
        (DatedHours(day=date(2026, 2, 2), opens=time(9)), "closes"),
        (DatedHours(day=date(2026, 2, 2), opens=time(9), closes=time(8)), "closes"),
        (PublicHoliday(name={"az": "x"}, first_day=date(2026, 2, 2), last_day=date(2026, 2, 1)), "last_day"),
        (PublicHoliday(name={"az": "x"}, first_day=date(2026, 2, 2), last_day=date(2027, 2, 1)), "last_day"),
        (MovedWorkingDay(day_off=date(2026, 2, 2), day_worked=date(2026, 2, 2)), "day_worked"),
    ],
)  # fmt: skip
def test_impossible_entries_are_refused_with_the_field_named(entry, wrong):
    with pytest.raises(ValidationError) as error:
        entry.clean()
    assert wrong in error.value.message_dict
