"""Staff change opening hours: a day, a series, the week of the rules, the holidays, and look at the year."""

import re
from datetime import date, time, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from library.calendar import calendar_of
from library.models import Branch, DatedHours, MovedWorkingDay, OpeningHours, PublicHoliday
from library.timetable.services import Scope, WeekChanged, change_day, remove_day, week_version
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db
DAYTIME, SHORT = (time(9), time(18)), (time(10), time(14))


@pytest.fixture
def branch():
    return BranchFactory(code="qovlar", open_weekdays=range(5))


@pytest.fixture
def staff(client):
    user = UserFactory(is_superuser=True, is_staff=True)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def monday():
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def address(branch, day):
    return reverse("timetable:day", args=[branch.code, day])


def form(branch, day, *spans, scope="day", **more):
    data = {"state": "open" if spans else "closed", "scope": scope, "version": week_version(branch, day)}
    for number, (opens, closes) in enumerate(spans):
        data |= {f"opens_{number}": opens, f"closes_{number}": closes}
    return data | more


def spans(branch, day):
    return list(calendar_of(branch, first=day, last=day).on(day).spans)


def test_the_week_shows_hours_and_why(staff, branch, monday):
    PublicHoliday.objects.create(name={"en": "Novruz"}, first_day=monday, last_day=monday)
    DatedHours.objects.create(branch=branch, day=monday + timedelta(1), reason={"en": "Stocktaking"})
    MovedWorkingDay.objects.create(day_off=monday + timedelta(2), day_worked=monday + timedelta(5))
    page = staff.get(reverse("timetable:week", args=[branch.code]), {"week": monday + timedelta(3)}).text
    for words in ("Public holiday: Novruz", "Single day: Stocktaking", "Moved working day", "09:00–18:00"):
        assert words in page
    assert f"?week={monday - timedelta(7)}" in page and f"?week={monday + timedelta(7)}" in page


@pytest.mark.parametrize("week", ["", "yesterday", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_an_impossible_week_is_this_week(staff, branch, week):
    page = staff.get(reverse("timetable:week", args=[branch.code]), {"week": week})
    assert page.status_code == 200 and "timetable-today" in page.text


@pytest.mark.parametrize("path", ["2026-02-30/", "1999-01-01/", "tomorrow/"])
def test_an_impossible_day_is_no_page(staff, branch, path):
    assert staff.get(reverse("timetable:week", args=[branch.code]) + path).status_code == 404


@pytest.mark.parametrize(
    ("scope", "before", "on", "after"),
    [
        ("day", [DAYTIME], [SHORT], [DAYTIME]),
        ("following", [DAYTIME], [SHORT], [SHORT]),
        ("all", [SHORT], [SHORT], [SHORT]),
    ],
)
def test_a_change_reaches_as_far_as_chosen(staff, branch, monday, scope, before, on, after):
    answer = staff.post(address(branch, monday), form(branch, monday, ("10:00", "14:00"), scope=scope))
    assert answer.status_code == 302 and answer.url.endswith(f"?week={monday}")
    days = (monday - timedelta(7), monday, monday + timedelta(7))
    assert [spans(branch, day) for day in days] == [before, on, after]
    assert spans(branch, monday + timedelta(1)) == [DAYTIME]


def test_two_spans_and_a_reason(staff, branch, monday):
    hours = (("09:00", "13:00"), ("14:00", "18:00"))
    staff.post(address(branch, monday), form(branch, monday, *hours, reason_az="Təmir", reason_en="Repairs"))
    assert len(spans(branch, monday)) == 2
    assert DatedHours.objects.filter(branch=branch).first().reason == {"az": "Təmir", "en": "Repairs"}
    page = staff.get(address(branch, monday)).text
    assert 'value="Təmir"' in page and 'value="14:00"' in page


def test_a_single_day_is_removed(staff, branch, monday):
    staff.post(address(branch, monday), form(branch, monday))
    assert spans(branch, monday) == []
    assert "Remove this single day" in staff.get(address(branch, monday)).text
    staff.post(address(branch, monday), {"remove": "1", "version": week_version(branch, monday)})
    assert spans(branch, monday) == [DAYTIME]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([("09:00", "13:00"), ("12:00", "18:00")], "overlap"),
        ([("18:00", "09:00")], "must be after the opening time"),
        ([("09:00", "")], "Give both times"),
        ([("nine", "ten")], "Enter a valid time"),
        ([("", "")], "Give the hours"),
    ],
)
@pytest.mark.parametrize("scope", ["day", "following", "all"])
def test_impossible_hours_are_explained_and_nothing_is_saved(staff, branch, monday, hours, words, scope):
    before = list(OpeningHours.objects.values_list("pk"))
    answer = staff.post(address(branch, monday), form(branch, monday, *hours, scope=scope))
    assert answer.status_code == 422 and words in answer.text
    assert list(OpeningHours.objects.values_list("pk")) == before and not DatedHours.objects.exists()


@pytest.mark.parametrize("data", [{}, {"state": "ajar", "scope": "for ever"}, {"version": "x" * 9999}])
def test_a_form_out_of_nowhere_changes_nothing(staff, branch, monday, data):
    assert staff.post(address(branch, monday), data).status_code == 422
    assert not DatedHours.objects.exists()


def test_the_past_is_shown_and_stays(staff, branch):
    day = timezone.localdate() - timedelta(1)
    assert "This day is past" in staff.get(address(branch, day)).text
    for scope in ("day", "following", "all"):
        staff.post(address(branch, day), form(branch, day, ("10:00", "14:00"), scope=scope))
        with pytest.raises(ValidationError):
            change_day(
                branch=branch, day=day, spans=[SHORT], scope=Scope(scope), version=week_version(branch, day)
            )
    assert not DatedHours.objects.exists() and OpeningHours.objects.count() == 5


class TestTwoEditors:
    def test_the_second_is_told_and_may_insist(self, staff, branch, monday):
        mine = form(branch, monday, ("10:00", "14:00"))
        staff.post(address(branch, monday), form(branch, monday, reason_en="Storm"))
        answer = staff.post(address(branch, monday), mine)
        assert answer.status_code == 409 and "Somebody else changed this week" in answer.text
        assert "Storm" in answer.text and 'value="10:00"' in answer.text
        assert spans(branch, monday) == []
        version = re.search(r'name="version" value="(\w+)"', answer.text)[1]
        assert staff.post(address(branch, monday), mine | {"version": version}).status_code == 302
        assert spans(branch, monday) == [SHORT]

    def test_another_week_does_not_matter(self, staff, branch, monday):
        mine = form(branch, monday, ("10:00", "14:00"))
        later = monday + timedelta(7)
        staff.post(address(branch, later), form(branch, later))
        assert staff.post(address(branch, monday), mine).status_code == 302

    def test_removal_too(self, branch, monday):
        DatedHours.objects.create(branch=branch, day=monday)
        with pytest.raises(WeekChanged):
            remove_day(branch=branch, day=monday, version="old")
        assert DatedHours.objects.exists()


class TestPreset:
    DATA = {"staff": 1, "opens": "09:00", "closes": "18:00", "lunch_from": "13:00", "lunch_until": "14:00"}

    def post(self, client, branch, day, **more):
        data = self.DATA | {"from_day": day, "version": week_version(branch, day)} | more
        return client.post(reverse("timetable:preset", args=[branch.code]), data)

    def test_it_is_looked_at_and_then_applied(self, staff, branch, monday):
        seen = self.post(staff, branch, monday)
        assert seen.status_code == 200 and "09:00–13:00" in seen.text
        assert spans(branch, monday) == [DAYTIME]
        looked_at = re.search(r'name="looked_at" value="(\w+)"', seen.text)[1]
        # What was changed after looking is looked at again.
        assert "09:00–18:00" in self.post(staff, branch, monday, looked_at=looked_at, staff=2).text
        assert self.post(staff, branch, monday, looked_at=looked_at).status_code == 302
        assert spans(branch, monday) == [] and len(spans(branch, monday + timedelta(1))) == 2
        assert spans(branch, monday - timedelta(7)) == [DAYTIME]
        assert Branch.objects.get().staff_count == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"staff": 0}, {"staff": "many"}, {"opens": "19:00"}, {"lunch_until": ""}, {"lunch_from": "08:00"},
            {"lunch_from": "15:00"}, {"from_day": "2020-01-01"}, {"from_day": "9999-12-31"}, {"from_day": ""},
        ],
    )  # fmt: skip
    def test_impossible_presets_are_explained(self, staff, branch, monday, wrong):
        answer = self.post(staff, branch, monday, **wrong)
        assert answer.status_code == 422 and "Nothing is saved yet" in answer.text
        assert OpeningHours.objects.count() == 5

    def test_two_editors(self, staff, branch, monday):
        seen = self.post(staff, branch, monday)
        looked_at = re.search(r'name="looked_at" value="(\w+)"', seen.text)[1]
        version = re.search(r'name="version" value="(\w+)"', seen.text)[1]
        DatedHours.objects.create(branch=branch, day=monday)
        assert self.post(staff, branch, monday, looked_at=looked_at, version=version).status_code == 409
        assert spans(branch, monday + timedelta(1)) == [DAYTIME]


def test_holidays_are_proposed_once(staff):
    year = timezone.localdate().year + 1
    for _time in range(2):
        answer = staff.post(reverse("timetable:holidays"), {"country": "AZ", "year": year}, follow=True)
        assert answer.status_code == 200
    assert "entered already" in answer.text
    assert PublicHoliday.objects.filter(is_proposed=True).count() > 5
    assert staff.post(reverse("timetable:holidays"), {"country": "XX", "year": 1}).status_code == 422


def test_a_year_of_63_branches_in_ten_queries(staff):
    branches = BranchFactory.create_batch(63, open_weekdays=range(6))
    PublicHoliday.objects.create(
        name={"en": "Novruz"}, first_day=date(2020, 3, 20), last_day=date(2020, 3, 24), every_year=True
    )
    DatedHours.objects.create(branch=branches[0], day=date(timezone.localdate().year, 6, 1))
    page = reverse("timetable:this_year")
    staff.get(page)
    with CaptureQueriesContext(connection) as queries:
        html = staff.get(page).text
    assert len(queries) <= 10, "\n".join(query["sql"][:110] for query in queries)
    days = 366 if timezone.localdate().year % 4 == 0 else 365
    assert html.count('<td class="day-') == 63 * days
    assert html.count('class="day-single-closed"') == 2  # the day and the legend
    assert 'class="day-holiday"' in html


@pytest.mark.parametrize("year", [1, 1999, 9999, 10**30])
def test_years_out_of_reach_are_no_page(staff, year):
    assert staff.get(f"/admin/hours/year/{year}/").status_code == 404


def test_staff_without_the_right_are_turned_away(client, branch, monday):
    user = UserFactory(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    pages = [
        reverse("timetable:week", args=[branch.code]),
        reverse("timetable:preset", args=[branch.code]),
        address(branch, monday),
        reverse("timetable:this_year"),
        reverse("timetable:holidays"),
    ]
    for page in pages:
        assert client.get(page).status_code == 302, page
    client.post(address(branch, monday), form(branch, monday))
    assert not DatedHours.objects.exists()


def test_the_branch_list_and_form_lead_to_the_week(staff, branch):
    week = reverse("timetable:week", args=[branch.code])
    viewset = Branch.snippet_viewset
    assert week in staff.get(reverse(viewset.get_url_name("list"))).text
    assert week in staff.get(reverse(viewset.get_url_name("edit"), args=[branch.pk])).text
