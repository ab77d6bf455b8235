"""Staff edit the libraries they work for, in services and in forms."""

from datetime import time

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.permissions import policy_registry

from library.hours import set_day, set_series
from library.models import Branch, Department, OpeningHours, StaffMember
from library.permissions import NotYourBranch, may_edit_branch
from library.roles import group_of
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db

NINE_TO_SIX = [(time(9), time(18))]


@pytest.fixture
def own():
    return BranchFactory()


@pytest.fixture
def other():
    return BranchFactory()


@pytest.fixture
def editor(own):
    user = UserFactory()
    user.groups.add(group_of("branch_editor"))
    user.branches.add(own)
    return user


def test_hours_are_edited_for_ones_own_library_only(editor, own, other):
    set_series(branch=own, weekday=0, spans=NINE_TO_SIX, by=editor)
    with pytest.raises(NotYourBranch):
        set_series(branch=other, weekday=0, spans=NINE_TO_SIX, by=editor)
    with pytest.raises(NotYourBranch):
        set_day(branch=other, day=timezone.localdate(), spans=[], by=editor)
    assert list(OpeningHours.objects.values_list("branch", flat=True)) == [own.pk]


def test_working_for_a_library_is_not_enough_without_the_right(own):
    user = UserFactory()
    user.branches.add(own)
    with pytest.raises(NotYourBranch):
        may_edit_branch(user, own)


@pytest.mark.parametrize("special", ["superuser", "every branch"])
def test_who_edits_every_library_edits_any(editor, other, special):
    if special == "superuser":
        editor.is_superuser = True
        editor.save()
    else:
        editor.user_permissions.add(Permission.objects.get(codename="edit_every_branch"))
    may_edit_branch(editor, other)
    may_edit_branch(editor, None)


def test_what_belongs_to_all_libraries_is_nobodys_own(editor):
    with pytest.raises(NotYourBranch):
        may_edit_branch(editor, None)


def test_the_policies_answer_for_rows_and_people(editor, own, other):
    stranger = UserFactory()
    department = Department.objects.create(branch=other, name={"az": "Şöbə"})
    mine = StaffMember.objects.create(
        department=Department.objects.create(branch=own, name={"az": "Şöbə"}), name="A", role={"az": "r"}
    )
    branches, departments, staff = (
        policy_registry.get_by_type(model) for model in (Branch, Department, StaffMember)
    )
    assert list(branches.instances_user_has_permission_for(editor, "change")) == [own]
    assert not departments.user_has_permission_for_instance(editor, "change", department)
    assert departments.user_has_permission_for_instance(editor, "view", department)
    assert list(staff.instances_user_has_any_permission_for(editor, ["change", "delete"])) == [mine]
    assert not branches.instances_user_has_permission_for(stranger, "change").exists()
    assert list(branches.users_with_permission_for_instance("change", own)) == [editor]
    assert not branches.users_with_permission_for_instance("change", other).exists()


def test_a_department_cannot_be_put_into_another_library(client, editor, own, other):
    client.force_login(editor)
    address = reverse(Department.snippet_viewset.get_url_name("add"))
    form = {"name_az": "Uşaq şöbəsi", "position": 0}
    for branch in (other.pk, ""):
        response = client.post(address, form | {"branch": branch})
        assert response.status_code == 200 and "branch" in response.context["form"].errors
    assert client.post(address, form | {"branch": own.pk}).status_code == 302
    assert Department.objects.get().branch == own


def test_a_refused_change_changes_nothing(client, editor, other):
    client.force_login(editor)
    address = reverse(Branch.snippet_viewset.get_url_name("edit"), args=[other.pk])
    client.post(address, {"name_az": "Mənim", "code": other.code, "kind": "town", "position": 0})
    other.refresh_from_db()
    assert other.name["az"] != "Mənim"


def test_several_rows_are_deleted_only_where_they_are_ones_own(client, editor, own, other):
    departments = [Department.objects.create(branch=branch, name={"az": "Şöbə"}) for branch in (own, other)]
    client.force_login(editor)
    ids = "&".join(f"id={department.pk}" for department in departments)
    client.post(f"/admin/bulk/library/department/delete/?{ids}")
    assert list(Department.objects.all()) == [departments[1]]
