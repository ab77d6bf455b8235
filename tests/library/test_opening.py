"""The opening calendar against a slow model that looks at every day and every minute."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.opening import DatedSpan, Day, MovedDay, NeverOpens, OpeningCalendar, Source, WeeklySpan

MONDAY = date(2026, 11, 23)
START = date(2024, 1, 1)
NINE_TO_SIX = (time(9), time(18))


def week(*weekdays, opens=time(9), closes=time(18), **valid):
    return [WeeklySpan(day, opens, closes, **valid) for day in weekdays]


@pytest.mark.parametrize(
    ("day", "spans", "source"),
    [
        (MONDAY, (NINE_TO_SIX,), Source.WEEKLY),
        (date(2026, 11, 28), (), Source.WEEKLY),  # a Saturday
        (date(2026, 11, 8), (), Source.HOLIDAY),
        (date(2026, 11, 10), ((time(12), time(15)),), Source.DATED),  # specially open on a holiday
        (date(2026, 11, 24), (), Source.DATED),  # closed on a working day
        (date(2026, 11, 26), (), Source.MOVED),
        (date(2026, 11, 29), (NINE_TO_SIX,), Source.MOVED),  # a Sunday worked instead
    ],
)
def test_the_strongest_entry_decides(day, spans, source):
    calendar = OpeningCalendar(
        week(0, 1, 2, 3, 4),
        dated=[
            DatedSpan(date(2026, 11, 10), time(12), time(15)),
            DatedSpan(date(2026, 11, 24), reason="Repairs"),
        ],
        holidays={date(2026, 11, 8): "Victory Day", date(2026, 11, 10): "Observed"},
        moved=[MovedDay(off=date(2026, 11, 26), worked=date(2026, 11, 29))],
    )
    result = calendar.on(day)
    assert (result.spans, result.source) == (spans, source)


@pytest.mark.parametrize(("rule", "is_open"), [(True, False), (False, True)])
def test_a_holiday_on_friday_closes_the_saturday(rule, is_open):
    friday = date(2026, 11, 27)
    calendar = OpeningCalendar(
        week(0, 1, 2, 3, 4, 5), holidays={friday: "Holiday"}, saturday_after_friday=rule
    )
    assert bool(calendar.on(friday + timedelta(1)).spans) is is_open


def test_a_dated_opening_overrules_the_saturday_rule():
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    calendar = OpeningCalendar(
        week(5), holidays={friday: "Holiday"}, dated=[DatedSpan(saturday, time(10), time(14), "Library Week")]
    )
    assert calendar.on(saturday) == Day(((time(10), time(14)),), Source.DATED, "Library Week")


def test_this_and_following_hours():
    calendar = OpeningCalendar(
        week(0, last=MONDAY - timedelta(1)) + week(0, opens=time(10), closes=time(16), first=MONDAY)
    )
    assert calendar.on(MONDAY - timedelta(7)).spans == (NINE_TO_SIX,)
    assert calendar.on(MONDAY).spans == ((time(10), time(16)),)


@pytest.mark.parametrize(
    "calendar",
    [
        OpeningCalendar(),
        OpeningCalendar(week(0, last=MONDAY - timedelta(1))),
        OpeningCalendar(dated=[DatedSpan(MONDAY - timedelta(1), time(9), time(18))]),
        OpeningCalendar(holidays={MONDAY: "Holiday"}),
    ],
)
def test_a_branch_that_never_opens_says_so(calendar):
    with pytest.raises(NeverOpens):
        calendar.next_open_day(MONDAY)
    with pytest.raises(NeverOpens):
        calendar.add_open_days(MONDAY, 15)


def test_a_far_opening_is_found():
    calendar = OpeningCalendar(week(2, first=date(2036, 1, 1)))
    assert calendar.next_open_day(MONDAY) == date(2036, 1, 2)


# Closures around a due date, as the field's tables have them: the day itself, the week after, every Saturday.
@pytest.mark.parametrize(
    ("closed", "day", "expected"),
    [
        ([date(2013, 2, 23)], date(2013, 2, 23), date(2013, 2, 24)),
        ([date(2013, 2, 23), date(2013, 2, 24)], date(2013, 2, 23), date(2013, 2, 25)),
        ([], date(2013, 2, 23), date(2013, 2, 23)),
        ([date(2014, 1, 1), date(2013, 12, 31)], date(2013, 12, 31), date(2014, 1, 2)),
    ],
)
def test_next_open_day_rolls_over_closures(closed, day, expected):
    calendar = OpeningCalendar(week(*range(7)), dated=[DatedSpan(day) for day in closed])
    assert calendar.next_open_day(day) == expected


def test_the_last_open_day_rolls_back():
    calendar = OpeningCalendar(
        week(*range(7)), dated=[DatedSpan(date(2014, 1, 1)), DatedSpan(date(2013, 12, 31))]
    )
    assert calendar.last_open_day(date(2014, 1, 1), earliest=date(2013, 12, 1)) == date(2013, 12, 30)
    with pytest.raises(NeverOpens):
        calendar.last_open_day(date(2014, 1, 1), earliest=date(2013, 12, 31))


# --- Against the slow model ---

times = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
spans = st.tuples(times, times).filter(lambda pair: pair[0] < pair[1])
days = st.integers(0, 3650).map(lambda number: START + timedelta(number))
maybe_days = st.none() | days


@st.composite
def calendars(draw):
    weekly = [
        WeeklySpan(weekday, opens, closes, first, last)
        for weekday, (opens, closes), first, last in draw(
            st.lists(st.tuples(st.integers(0, 6), spans, maybe_days, maybe_days), max_size=8)
        )
    ]
    weekly = [span for n, span in enumerate(weekly) if not any(_overlap(span, other) for other in weekly[:n])]
    dated = [
        DatedSpan(day, *(pair or (None, None)))
        for day, pair in draw(
            st.lists(st.tuples(days, st.none() | spans), max_size=5, unique_by=lambda x: x[0])
        )
    ]
    holidays = dict.fromkeys(draw(st.lists(days, max_size=8)), "Holiday")
    moved = [MovedDay(*pair) for pair in draw(st.lists(st.tuples(days, days), max_size=2))]
    return OpeningCalendar(weekly, dated=dated, holidays=holidays, moved=moved)


def _overlap(one, other):
    return one.weekday == other.weekday and one.opens < other.closes and other.opens < one.closes


@settings(max_examples=60, deadline=None)
@given(calendars(), days, days)
def test_open_days_equal_a_count_day_by_day(calendar, one, other):
    first, last = sorted((one, other))
    slow = sum(bool(calendar.on(first + timedelta(n)).spans) for n in range((last - first).days))
    assert calendar.open_days_between(first, last) == slow


@settings(max_examples=60, deadline=None)
@given(calendars(), days, times, days, times)
def test_open_minutes_equal_a_count_day_by_day(calendar, one, clock, other, other_clock):
    start, end = sorted((datetime.combine(one, clock), datetime.combine(other, other_clock)))
    slow = 0
    for n in range((end.date() - start.date()).days + 1):
        day = start.date() + timedelta(n)
        for opens, closes in calendar.on(day).spans:
            begin = max(datetime.combine(day, opens), start)
            finish = min(datetime.combine(day, closes), end)
            slow += max(0, int((finish - begin).total_seconds() // 60))
    assert calendar.minutes_open_between(start, end) == slow


@settings(max_examples=60, deadline=None)
@given(calendars(), days)
def test_the_next_open_day_equals_a_search_day_by_day(calendar, day):
    limit = START + timedelta(3650 + 30)
    slow = next(
        (d for d in (day + timedelta(n) for n in range((limit - day).days)) if calendar.on(d).spans), None
    )
    if slow is None:
        with pytest.raises(NeverOpens):
            calendar.next_open_day(day)
    else:
        assert calendar.next_open_day(day) == slow


@settings(max_examples=60, deadline=None)
@given(calendars(), days, times)
def test_open_at_agrees_with_the_minutes(calendar, day, clock):
    moment = datetime.combine(day, clock)
    assert calendar.is_open_at(moment) == (
        calendar.minutes_open_between(moment, moment + timedelta(minutes=1)) == 1
    )
