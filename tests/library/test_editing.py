"""Two editors on one entry."""

import pytest
from django.urls import reverse

from library.models import Branch, Department, OpeningHours
from tests.factories.library import BranchFactory, UserFactory
from tests.library.test_admin import branch_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def branch():
    return BranchFactory(name={"az": "Köhnə ad"})


def address(entry):
    return reverse(entry.snippet_viewset.get_url_name("edit"), args=[entry.pk])


def seen_version(staff, entry):
    return staff.get(address(entry)).context["form"]["seen_version"].value()


def test_nobody_else_was_there(staff, branch):
    answer = staff.post(address(branch), branch_form() | {"seen_version": seen_version(staff, branch)})
    assert answer.status_code == 302
    assert Branch.objects.get(pk=branch.pk).name == {"az": "Yeni kitabxana"}


@pytest.mark.parametrize("what", ["a field", "an inline row"])
def test_the_second_editor_is_told_and_may_decide(staff, branch, what):
    seen = seen_version(staff, branch)
    if what == "a field":
        Branch.objects.filter(pk=branch.pk).update(email="other@library.example")
    else:
        OpeningHours.objects.create(branch=branch, weekday=0, opens="09:00", closes="18:00")
    answer = staff.post(address(branch), branch_form() | {"seen_version": seen})
    assert answer.status_code == 200 and "Somebody else has changed this entry" in answer.text
    assert Branch.objects.get(pk=branch.pk).name == {"az": "Köhnə ad"}
    assert 'value="Yeni kitabxana"' in answer.text, "what she typed is lost"
    again = answer.context["form"]["seen_version"].value()
    assert staff.post(address(branch), branch_form() | {"seen_version": again}).status_code == 302


def test_a_department_is_guarded_too(staff, branch):
    department = Department.objects.create(branch=branch, name={"az": "Uşaq"})
    seen = seen_version(staff, department)
    Department.objects.filter(pk=department.pk).update(email="other@library.example")
    data = {"name_az": "Uşaq şöbəsi", "branch": branch.pk, "position": 0, "seen_version": seen}
    answer = staff.post(address(department), data)
    assert answer.status_code == 200 and "Somebody else" in answer.text
