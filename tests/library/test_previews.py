"""Drafts are seen in every language of the interface, and at the width of a telephone."""

import pytest
from django.conf import settings
from django.urls import reverse

from catalog_pages.models import ListPage
from home.models import ContentPage, HomePage, SectionPage
from library.aliases import make_aliases
from library.models import BasePage, Branch, BranchPhotograph
from library.roles import group_of
from tests.factories.blocks import make_picture
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_in_each_language(language, translated):
    page = make_page(make_site()["az"], "Qaydalar", intro="Bütün qaydalar.")
    page.title = "Yeni qaydalar"
    mode = "" if language == "az" else f"language-{language}"
    assert mode in dict(page.preview_modes)
    response = page.make_preview_request(preview_mode=mode)
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text and "Yeni qaydalar" in response.text
    assert ("foreign-language" in response.text) == (language != "az")


@pytest.mark.parametrize("code", ["az", "ru", "en"])
@pytest.mark.parametrize("model", [ContentPage, SectionPage, ListPage])
def test_each_kind_of_page_in_each_language_of_content(model, code):
    page = make_page(make_site()[code], "A page", kind=model)
    response = page.make_preview_request(preview_mode=page.default_preview_mode)
    assert response.status_code == 200 and f'<html lang="{code}"' in response.text


def test_home_pages_and_stand_ins():
    homes = make_site()
    assert homes["ru"].make_preview_request(preview_mode="language-ka").status_code == 200
    page = make_page(homes["az"], "Qaydalar")
    alias = make_aliases(page=page)[0].specific
    assert "foreign-language" in alias.make_preview_request(preview_mode="").text


@pytest.mark.parametrize("mode", ["language-", "language-xx", "language-<script>", "other", None])
def test_a_mode_that_does_not_exist_does_no_harm(mode):
    page = make_page(make_site()["en"], "A page")
    response = page.make_preview_request(preview_mode=mode)
    assert response.status_code == 200 and "<script>alert" not in response.text


def test_all_page_types_offer_a_telephone_first():
    for model in BasePage.__subclasses__() + [HomePage]:
        if not model._meta.abstract:
            assert model().preview_sizes[0]["name"] == "mobile"


def test_staff_choose_the_language_beside_the_form(client, admin_user):
    page = make_page(make_site()["az"], "Qaydalar")
    client.force_login(admin_user)
    assert "language-ka" in client.get(f"/admin/pages/{page.pk}/edit/").text


@pytest.fixture
def branch():
    branch = BranchFactory(code="town", name={"az": "Şəhər kitabxanası", "en": "Town library"})
    branch.photographs.create(picture=make_picture(), alternative_text={"en": "The house"})
    return branch


def test_a_library_is_previewed_with_what_is_not_saved(branch):
    make_site()
    branch.name = {**branch.name, "en": "Library by the river"}
    branch.photographs = [BranchPhotograph(picture=make_picture(), alternative_text={"en": "The new house"})]
    response = branch.make_preview_request(preview_mode="language-en")
    assert response.status_code == 200
    assert "Library by the river" in response.text and "The new house" in response.text
    assert '<html lang="ka"' in branch.make_preview_request(preview_mode="language-ka").text
    assert '<html lang="az"' in branch.make_preview_request(preview_mode=branch.default_preview_mode).text


def test_the_form_of_a_library_has_the_preview(client, branch, admin_user):
    make_site()
    client.force_login(admin_user)
    edit = reverse(branch.snippet_viewset.get_url_name("edit"), args=[branch.pk])
    assert "language-ka" in client.get(edit).text
    add = client.get(reverse(branch.snippet_viewset.get_url_name("add")))
    assert add.status_code == 200 and "language-ka" not in add.text
    assert Branch().make_preview_request(preview_mode="").status_code == 404


@pytest.mark.parametrize(
    ("role", "own", "status"), [("branch_editor", True, 200), ("branch_editor", False, 403)]
)
def test_libraries_are_previewed_by_those_who_may_edit_them(client, branch, role, own, status):
    make_site()
    user = UserFactory()
    user.groups.add(group_of(role))
    if own:
        user.branches.add(branch)
    client.force_login(user)
    address = reverse(branch.snippet_viewset.get_url_name("preview_on_edit"), args=[branch.pk])
    response = client.post(address, {})
    assert (200 if response.status_code == 200 else 403) == status, response.status_code
