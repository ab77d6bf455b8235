"""Staff edit branches and their hours in the admin."""

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
