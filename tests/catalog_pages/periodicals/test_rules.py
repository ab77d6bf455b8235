"""When issues are to be expected, and what number they have."""

from datetime import date, timedelta

import pytest

from catalog_pages.periodicals.rules import Rhythm, number_after

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NO_HOLIDAYS = lambda day: False  # noqa: E731


def days(frequency, first=YEAR[0], last=YEAR[1], *, after=None, until=YEAR[1], is_free=NO_HOLIDAYS, **more):
    rhythm = Rhythm(frequency, first, last, **more)
    return list(rhythm.days(after or first - timedelta(days=1), until, is_free))


@pytest.mark.parametrize(
    ("frequency", "more", "count"),
    [
        ("daily", {}, 261),
        ("daily", {"weekdays": (0, 1, 2, 3, 4, 5, 6)}, 365),
        ("weekly", {"weekdays": (4,)}, 52),
        ("weekly", {"weekdays": (1, 3, 5)}, 157),
        ("monthly", {}, 12),
        ("quarterly", {}, 4),
        ("per_year", {"per_year": 6}, 6),
        ("per_year", {"per_year": 10}, 10),
        ("per_year", {"per_year": 366}, 366),
    ],
)
def test_a_year_has_so_many_issues(frequency, more, count):
    found = days(frequency, **more)
    assert len(found) == count and found == sorted(found)
    assert all(YEAR[0] <= day <= YEAR[1] for day in found)


def test_a_month_without_the_day_has_its_last():
    found = days("monthly", first=date(2026, 1, 31), until=date(2026, 4, 30))
    assert found == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_public_holidays_are_left_out():
    novruz = {date(2026, 3, day) for day in range(20, 25)}
    found = days("daily", first=date(2026, 3, 16), until=date(2026, 3, 27), is_free=novruz.__contains__)
    assert [day.day for day in found] == [16, 17, 18, 19, 25, 26, 27]


@pytest.mark.parametrize("frequency", ["daily", "weekly", "monthly", "quarterly", "per_year"])
def test_going_on_from_any_day_gives_the_same_as_at_once(frequency):
    more = {"weekdays": (1, 4), "per_year": 9}
    whole = days(frequency, **more)
    for cut in (date(2026, 1, 1), date(2026, 2, 28), date(2026, 7, 15), date(2026, 12, 30)):
        parts = days(frequency, until=cut, **more) + days(frequency, after=cut, **more)
        assert parts == whole


@pytest.mark.parametrize(
    ("last", "day", "number"),
    [
        (None, date(2026, 5, 1), "40"),
        ((date(2026, 5, 1), "40"), date(2026, 5, 8), "41"),
        ((date(2026, 5, 1), "7-8"), date(2026, 6, 1), "9"),
        ((date(2026, 5, 1), "7–8"), date(2026, 6, 1), "9"),
        ((date(2026, 12, 30), "52"), date(2027, 1, 6), "1"),
        ((date(2026, 5, 1), "special"), date(2026, 6, 1), "1"),
    ],
)
def test_numbers(last, day, number):
    assert number_after(last, day, 40) == number
