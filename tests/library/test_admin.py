"""Staff edit branches and their hours in the admin."""

from datetime import date

import pytest
from django.urls import reverse

from library.models import Branch, DatedHours
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def management(prefix, total):
    return {
        f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000,
    }  # fmt: skip


def branch_form(hours=(), days=()):
    data = {"code": "yeni", "kind": "village", "name_az": "Yeni kitabxana", "is_active": "on", "position": 1}
    data |= management("hours", len(hours)) | management("dated_hours", len(days))
    data |= management("photographs", 0)
    for n, (weekday, opens, closes) in enumerate(hours):
        data |= {f"hours-{n}-weekday": weekday, f"hours-{n}-opens": opens, f"hours-{n}-closes": closes}
    for n, (day, opens, closes) in enumerate(days):
        data |= {
            f"dated_hours-{n}-day": day,
            f"dated_hours-{n}-opens": opens,
            f"dated_hours-{n}-closes": closes,
        }
    return data


def add_address():
    return reverse(Branch.snippet_viewset.get_url_name("add"))


def test_a_branch_is_added_with_its_hours(staff):
    response = staff.post(
        add_address(), branch_form([(0, "09:00", "13:00"), (0, "14:00", "18:00")], [("2030-01-02", "", "")])
    )
    assert response.status_code == 302, response.context["form"].errors
    branch = Branch.objects.get(code="yeni")
    assert branch.name == {"az": "Yeni kitabxana"}
    assert branch.hours.count() == 2
    assert DatedHours.objects.get().opens is None


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([(0, "09:00", "13:00"), (0, "12:00", "18:00")], "overlap"),
        ([(0, "18:00", "09:00")], "must be after the opening time"),
    ],
)
def test_impossible_hours_are_explained_and_nothing_is_saved(staff, hours, words):
    response = staff.post(add_address(), branch_form(hours))
    assert response.status_code == 200
    assert words in response.text
    assert not Branch.objects.exists()


@pytest.mark.parametrize("view", ["list", "add"])
@pytest.mark.parametrize("model", ["Branch", "Department", "StaffMember", "PublicHoliday", "MovedWorkingDay"])
def test_the_lists_and_forms_open(staff, model, view):
    from library import models

    viewset = getattr(models, model).snippet_viewset
    assert staff.get(reverse(viewset.get_url_name(view))).status_code == 200


def test_a_lone_quotation_mark_in_a_search_box_is_no_error(staff):
    BranchFactory()
    address = reverse(Branch.snippet_viewset.get_url_name("list"))
    assert staff.get(address, {"q": '"'}).status_code == 200


@pytest.mark.parametrize("edit", ["added", "changed", "removed"])
def test_a_single_day_that_is_past_stays_as_it_was(staff, edit):
    branch = BranchFactory()
    past, ahead = date(2020, 1, 2), date(2035, 1, 2)
    data = branch_form(days=[(past, "", "")])
    if edit != "added":
        kept = DatedHours.objects.create(branch=branch, day=past)
        data |= {"dated_hours-INITIAL_FORMS": 1, "dated_hours-0-id": kept.pk}
        data |= {"dated_hours-0-day": ahead} if edit == "changed" else {"dated_hours-0-DELETE": "on"}
    answer = staff.post(reverse(Branch.snippet_viewset.get_url_name("edit"), args=[branch.pk]), data)
    assert answer.status_code == 200 and "what was true then stays on record" in answer.text
    assert [row.day for row in DatedHours.objects.all()] == ([] if edit == "added" else [past])


def test_a_form_with_a_past_day_untouched_is_saved(staff):
    branch = BranchFactory()
    kept = DatedHours.objects.create(branch=branch, day=date(2020, 1, 2))
    data = branch_form(days=[("2020-01-02", "", "")])
    data |= {"dated_hours-INITIAL_FORMS": 1, "dated_hours-0-id": kept.pk}
    answer = staff.post(reverse(Branch.snippet_viewset.get_url_name("edit"), args=[branch.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("+994 22 305-00-00, 305-00-01", True),
        ("104", True),
        ("call us", False),
        ("+994 22 305-00-00, -", False),
    ],
)
def test_telephone_numbers(staff, typed, saved):
    answer = staff.post(add_address(), branch_form() | {"phone": typed})
    assert (answer.status_code == 302) is saved
    assert saved or "is not a telephone number" in answer.text
