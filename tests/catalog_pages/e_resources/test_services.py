"""Facts are the same in all languages; use is counted without following people."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from catalog_pages.models import EResourcePage
from library.aliases import make_aliases
from library.models import DailyCount
from tests.factories.catalog_pages import make_e_resource
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(index):
    page = make_e_resource(index, "Baza", address="https://old.example/")
    make_aliases(page=page)
    return page


@pytest.fixture
def translation(page):
    """The Russian alias, translated."""
    russian = page.get_translations().get(locale__language_code="ru").specific
    russian.alias_of = None
    russian.title = "База"
    russian.save()
    return russian


def test_what_changes_in_one_language_holds_in_all(page, translation):
    branch = BranchFactory()
    page.address, page.access, page.use = "https://new.example/", "subscription", "branches"
    page.branches = [branch]
    page.save_revision().publish()
    for version in EResourcePage.objects.filter(translation_key=page.translation_key):
        assert (version.address, version.access, version.use) == (
            "https://new.example/",
            "subscription",
            "branches",
        )
        assert list(version.branches.all()) == [branch]
    translation.refresh_from_db()
    assert translation.title == "База"


def test_an_old_draft_of_a_translation_does_not_bring_old_facts_back(page, translation):
    draft = translation.save_revision()
    page.address = "https://new.example/"
    page.save_revision().publish()
    draft.publish()
    translation.refresh_from_db()
    assert translation.address == "https://new.example/"


def edit_form(page, **changes):
    form_class = page.get_edit_handler().get_form_class()
    data = {
        "title": page.title, "slug": page.slug, "intro": "", "address": page.address, "kind": page.kind,
        "access": page.access, "use": page.use, "description": "null", "remote_note": "", "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0, **changes,
    }  # fmt: skip
    user = UserFactory(is_superuser=True)
    return form_class(data, instance=page, parent_page=page.get_parent(), for_user=user)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "ftp://old.example/"}, "address"),
        ({"address": "old.example"}, "address"),
        ({"access": "trial", "trial_until": ""}, "trial_until"),
        ({"use": "branches"}, "branches"),
        ({"languages": ["xyz"]}, "languages"),
        ({"languages": ["aze", "rus"], "access": "trial", "trial_until": "2030-01-31"}, None),
    ],
)
def test_the_form_says_what_is_wrong(page, changes, field):
    form = edit_form(page, **changes)
    assert set(form.errors) == ({field} if field else set())
    if not field:
        assert form.save(commit=False).languages == " aze rus "


def test_facts_cannot_be_changed_on_a_translation(page, translation):
    form = edit_form(translation, address="https://evil.example/", title="Новая")
    assert form.is_valid(), form.errors
    assert form.save(commit=False).address == "https://old.example/"
    assert form.fields["address"].disabled
    assert not edit_form(page).fields["address"].disabled


def test_the_way_out_is_counted_by_day_and_resource_and_sets_no_cookie(client, page):
    english = page.get_translations().get(locale__language_code="en")
    with override("en"):
        responses = [client.get(english.specific.way), client.get(page.way)]
    for response in responses:
        assert response.status_code == 302
        assert response.headers["Location"] == "https://old.example/"
        assert not response.cookies
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "nofollow" in response.headers["X-Robots-Tag"]
    assert list(DailyCount.objects.values_list("name", "kind", "count")) == [("e_resources", "baza", 2)]


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}])
def test_what_a_browser_fetches_in_advance_is_not_counted(client, page, headers):
    assert client.get(page.way, headers=headers).status_code == 302
    assert not DailyCount.objects.exists()


@pytest.mark.parametrize("address", ["99999/", "99999999999999999999999/", "1/?next=https://evil.example/"])
def test_the_way_out_leads_nowhere_else(client, page, address):
    assert client.get(f"/az/e-resources/go/{address}").status_code == 404
    assert client.post(page.way).status_code == 405


def test_unpublished_resources_have_no_way_out(client, page):
    page.unpublish()
    assert client.get(page.way).status_code == 404


def test_no_other_access_keeps_the_end_of_a_trial(index):
    page = make_e_resource(index, "Baza", trial_until=timezone.localdate() - timedelta(days=1))
    assert page.trial_until is None
