"""Accounts of staff in the administration."""

import pytest
from django.urls import reverse

from library.models import Role, User
from library.roles import group_of
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db

FORM = {
    "email": "a@library.example", "first_name": "Test", "last_name": "Person", "password1": "a long password, new",
    "password2": "a long password, new", "is_active": "on",
}  # fmt: skip


@pytest.fixture
def administrator(client):
    user = UserFactory(first_name="A", last_name="B", email="ab@library.example")
    user.groups.add(group_of("administrator"))
    client.force_login(user)
    return client


def test_an_account_is_made_with_its_libraries_and_roles(administrator):
    branch, desk = BranchFactory(), group_of("desk")
    address = reverse("wagtailusers_users:add")
    assert "They are never shared" in administrator.get(address).text
    response = administrator.post(
        address, FORM | {"username": "leyla", "branches": [branch.pk], "groups": [desk.pk]}, follow=True
    )
    user = User.objects.get(username="leyla")
    assert (list(user.branches.all()), list(user.groups.all())) == ([branch], [desk])
    assert "They are never shared" not in response.text


@pytest.mark.parametrize("name", ["librarian", "Admin", "desk2"])
def test_a_name_that_is_no_persons_gets_a_hint_and_no_refusal(administrator, name):
    response = administrator.post(reverse("wagtailusers_users:add"), FORM | {"username": name}, follow=True)
    assert User.objects.filter(username=name).exists()
    assert "They are never shared" in response.text


def test_the_libraries_are_changed(administrator):
    user, branch = UserFactory(), BranchFactory()
    address = reverse("wagtailusers_users:edit", args=[user.pk])
    assert branch.name["az"] in administrator.get(address).text
    form = FORM | {"username": user.username, "branches": [branch.pk], "password1": "", "password2": ""}
    assert administrator.post(address, form).status_code == 302
    assert list(user.branches.all()) == [branch]


def test_only_a_superuser_makes_or_touches_superusers(administrator, admin_user):
    administrator.post(reverse("wagtailusers_users:add"), FORM | {"username": "leyla", "is_superuser": "on"})
    assert not User.objects.get(username="leyla").is_superuser
    for address in ("wagtailusers_users:edit", "library_second_factor_reset"):
        assert administrator.get(reverse(address, args=[admin_user.pk])).status_code == 302


def test_a_group_says_whether_its_members_need_a_code(administrator):
    group = group_of("desk")
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    page = administrator.get(address)
    assert "role-second_factor_required" in page.text and "Can work at the lending desk" in page.text
    form = group_form(page) | {"role-second_factor_required": "on"}
    response = administrator.post(address, form)
    assert response.status_code == 302, response.context["form"].errors
    role = Role.objects.get(group=group)
    assert role.second_factor_required and role.code == "desk"


def test_a_librarys_own_group_may_need_a_code_too(administrator):
    address = reverse("wagtailusers_groups:add")
    form = group_form(administrator.get(address)) | {
        "name": "Volunteers",
        "role-second_factor_required": "on",
    }
    assert administrator.post(address, form).status_code == 302
    assert Role.objects.get(group__name="Volunteers").second_factor_required


def group_form(page):
    """What the browser would send back of a group's page: its name, its rights, the sets of forms."""
    form = page.context["form"]
    group = form.instance
    shown = form.registered_permissions.values_list("pk", flat=True)
    rights = group.permissions.filter(pk__in=list(shown)).values_list("pk", flat=True) if group.pk else []
    data = {"name": group.name, "permissions": list(rights)}
    for panel in page.context["permission_panels"]:
        if hasattr(panel, "management_form"):
            prefix = panel.prefix
            data |= {
                f"{prefix}-TOTAL_FORMS": 0,
                f"{prefix}-INITIAL_FORMS": 0,
                f"{prefix}-MAX_NUM_FORMS": 1000,
            }
    return data


def test_ones_own_account_page_can_be_saved(administrator):
    page = administrator.get("/admin/account/")
    form = {
        "name_email-first_name": "New", "name_email-last_name": "Name", "name_email-email": "n@library.example",
        "locale-preferred_language": "ru", "locale-current_time_zone": "Asia/Baku", "theme-theme": "system",
        "theme-density": "default", "theme-contrast": "system", "theme-keyboard_shortcuts": "on",
    }  # fmt: skip
    assert page.status_code == 200
    assert administrator.post("/admin/account/", form).status_code == 302
    assert User.objects.filter(first_name="New").exists()
