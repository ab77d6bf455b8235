from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from library.calendar import calendar_of
from library.hours import apply_preset, clear_day, preset_week, set_day, set_series
from library.models import DatedHours, OpeningHours
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
DAYTIME, SHORT = (time(9), time(18)), (time(10), time(14))


@pytest.fixture
def branch():
    return BranchFactory(open_weekdays=range(5))


@pytest.fixture
def monday():
    """A Monday to come."""
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def spans(branch, day):
    return list(calendar_of(branch, first=day, last=day).on(day).spans)


def test_all_mondays(branch, monday):
    set_series(branch=branch, weekday=0, spans=[SHORT])
    assert spans(branch, monday - timedelta(70)) == [SHORT]
    assert spans(branch, monday) == [SHORT]
    assert spans(branch, monday + timedelta(1)) == [DAYTIME]


def test_this_and_following_mondays(branch, monday):
    set_series(branch=branch, weekday=0, spans=[SHORT], from_day=monday)
    assert spans(branch, monday - timedelta(7)) == [DAYTIME]
    assert spans(branch, monday) == [SHORT] == spans(branch, monday + timedelta(700))


def test_a_later_change_replaces_an_announced_one(branch, monday):
    set_series(branch=branch, weekday=0, spans=[SHORT], from_day=monday + timedelta(14))
    set_series(branch=branch, weekday=0, spans=[], from_day=monday)
    assert spans(branch, monday - timedelta(7)) == [DAYTIME]
    assert spans(branch, monday) == [] == spans(branch, monday + timedelta(21))


def test_setting_the_same_series_twice_is_setting_it_once(branch, monday):
    for _time in range(2):
        set_series(branch=branch, weekday=0, spans=[SHORT], from_day=monday)
    assert OpeningHours.objects.filter(branch=branch, weekday=0).count() == 2


def test_one_monday_alone_and_back(branch, monday):
    set_day(branch=branch, day=monday, spans=[SHORT], reason={"en": "Library Week"})
    assert spans(branch, monday) == [SHORT]
    assert spans(branch, monday + timedelta(7)) == [DAYTIME]
    set_day(branch=branch, day=monday, spans=[])
    assert spans(branch, monday) == []
    clear_day(branch=branch, day=monday)
    assert spans(branch, monday) == [DAYTIME]


def test_a_single_day_survives_a_change_of_the_series(branch, monday):
    set_day(branch=branch, day=monday, spans=[])
    set_series(branch=branch, weekday=0, spans=[SHORT])
    assert spans(branch, monday) == []


@pytest.mark.parametrize(
    ("hours", "code"),
    [([(time(9), time(13)), (time(12), time(18))], "overlap"), ([(time(9), time(9))], "backwards")],
)
def test_impossible_hours_change_nothing(branch, monday, hours, code):
    for change in (
        lambda: set_series(branch=branch, weekday=0, spans=hours),
        lambda: set_day(branch=branch, day=monday, spans=hours),
    ):
        with pytest.raises(ValidationError) as error:
            change()
        assert error.value.code == code
    assert spans(branch, monday) == [DAYTIME]


def test_the_past_stays_as_it_was(branch):
    yesterday = timezone.localdate() - timedelta(1)
    DatedHours.objects.create(branch=branch, day=yesterday)
    for change in (
        lambda: set_day(branch=branch, day=yesterday, spans=[]),
        lambda: clear_day(branch=branch, day=yesterday),
    ):
        with pytest.raises(ValidationError) as error:
            change()
        assert error.value.code == "past"
    assert DatedHours.objects.filter(branch=branch, day=yesterday).exists()


@pytest.mark.parametrize(
    ("staff", "provincial", "closed", "breaks_for_lunch"),
    [
        (1, False, {0, 6}, True),
        (2, False, {0, 6}, False),
        (3, False, {0, 6}, False),
        (4, False, {6}, False),
        (12, False, {6}, False),
        (1, True, {6}, True),
    ],
)
def test_presets_by_number_of_staff(staff, provincial, closed, breaks_for_lunch):
    week = preset_week(
        staff=staff, opens=time(9), closes=time(18), lunch=(time(13), time(14)), provincial=provincial
    )
    assert {weekday for weekday, hours in week.items() if not hours} == closed
    assert {len(hours) == 2 for weekday, hours in week.items() if hours} == {breaks_for_lunch}


def test_a_preset_becomes_the_week(branch, monday):
    apply_preset(branch=branch, staff=1, opens=time(9), closes=time(18), lunch=(time(13), time(14)))
    assert spans(branch, monday) == []
    assert spans(branch, monday + timedelta(1)) == [(time(9), time(13)), (time(14), time(18))]
    assert calendar_of(branch).next_open_day(date(2030, 1, 7)) == date(2030, 1, 8)
