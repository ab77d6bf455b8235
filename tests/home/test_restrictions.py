"""Restricted pages are found by those who may see them, and leave no trace for anybody else."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Page, PageViewRestriction

from home.restrictions import page_audiences
from home.sources import PageSource
from library.audiences import group_audience, search_audience
from search.documents import EVERYONE
from search.models import OutboxEntry
from search.outbox import drain
from search.service import search, search_groups
from tests.factories.home import make_page, make_site
from tests.factories.library import UserFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db

LOGIN, GROUPS, PASSWORD = (
    PageViewRestriction.LOGIN,
    PageViewRestriction.GROUPS,
    PageViewRestriction.PASSWORD,
)


def restrict(page, kind, *groups):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open sesame")
    restriction.groups.set(groups)
    return restriction


@pytest.fixture
def home():
    return make_site()["en"]


@pytest.fixture
def choir():
    return Group.objects.create(name="Choir")


def audience(page):
    return page_audiences([page])[page.pk]


def test_without_a_restriction_everyone_finds_a_page(home):
    assert audience(make_page(home, "Open")) == (EVERYONE,)


def test_what_is_restricted_above_holds_below(home, choir):
    section = make_page(home, "Section")
    page = make_page(section, "Page")
    restrict(section, LOGIN)
    assert audience(page) == ("signed-in",)
    restrict(page, GROUPS, choir)
    assert audience(page) == (group_audience(choir.pk),)
    assert audience(section) == ("signed-in",)


def test_a_page_behind_a_password_is_found_by_nobody(home):
    page = make_page(home, "Secret")
    restrict(page, PASSWORD)
    assert audience(page) == () and not list(PageSource().documents([page.pk]))


def test_of_two_lists_of_groups_those_in_both_remain(home, choir):
    drama = Group.objects.create(name="Drama")
    section = make_page(home, "Section")
    page = make_page(section, "Page")
    restrict(section, GROUPS, choir, drama)
    restrict(page, GROUPS, drama)
    assert audience(page) == (group_audience(drama.pk),)


def test_a_neighbour_with_a_similar_place_is_not_restricted(home):
    first, second = make_page(home, "First"), make_page(home, "Second")
    restrict(first, LOGIN)
    assert audience(second) == (EVERYONE,)


def test_the_names_by_which_somebody_finds(choir, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search_audience(AnonymousUser()) == (EVERYONE,)
    reader, staff = UserFactory(), UserFactory(is_superuser=True)
    reader.groups.add(choir)
    assert search_audience(reader) == (EVERYONE, "signed-in", group_audience(choir.pk))
    assert {"signed-in", "staff", group_audience(choir.pk)} <= set(search_audience(staff))


def noted():
    return set(OutboxEntry.objects.filter(source="page").values_list("object_id", flat=True))


def test_a_changed_restriction_is_noted_for_all_pages_below(home, choir):
    section = make_page(home, "Section")
    page = make_page(section, "Page")
    both = {section.pk, page.pk}

    def noted_now():
        found = noted()
        OutboxEntry.objects.all().delete()
        return found

    noted_now()
    restriction = restrict(section, LOGIN)
    assert noted_now() == both
    restriction.groups.add(choir)
    assert noted_now() == both
    choir.pageviewrestriction_set.clear()
    choir.pageviewrestriction_set.add(restriction)
    assert noted_now() == both
    choir.delete()
    assert noted_now() == both
    restriction.delete()
    assert noted_now() == both
    section.refresh_from_db()
    section.move(make_page(home, "Elsewhere"), "last-child")
    assert both <= noted_now()


class TestSearching:
    @pytest.fixture
    def pages(self, home, choir, settings):
        pages = {
            "open": make_page(home, "Rehearsal for everyone"),
            "signed-in": make_page(home, "Rehearsal of readers"),
            "choir": make_page(home, "Rehearsal of the choir", intro="Hidden melody"),
            "password": make_page(home, "Rehearsal in secret"),
        }
        restrict(pages["signed-in"], LOGIN)
        restrict(pages["choir"], GROUPS, choir)
        restrict(pages["password"], PASSWORD)
        with searchable(settings):
            yield pages

    def titles(self, client):
        response = client.get("/en/search/?q=rehearsal")
        assert response.status_code == 200
        found = [kind for kind in response.context["result"].kinds if kind.name == "page"]
        assert [kind.total for kind in found] == [len(kind.objects) for kind in found]
        return {page.title for kind in found for page in kind.objects}

    def test_each_finds_what_she_may_see(self, client, pages, choir):
        assert self.titles(client) == {"Rehearsal for everyone"}
        reader = UserFactory()
        client.force_login(reader)
        assert self.titles(client) == {"Rehearsal for everyone", "Rehearsal of readers"}
        reader.groups.add(choir)
        assert self.titles(client) == {
            "Rehearsal for everyone",
            "Rehearsal of readers",
            "Rehearsal of the choir",
        }
        client.force_login(UserFactory(is_superuser=True))
        assert len(self.titles(client)) == 3

    @pytest.mark.parametrize(
        "typed", ["melody", "hidden melody", "title:choir", "mel*", "melodi", "hidden mellody", "-open"]
    )
    def test_no_count_facet_or_correction_tells_of_them(self, client, pages, typed):
        found = search(typed, kinds=("page",), facets=("language",))
        shown = 0 if typed != "-open" else 1
        assert found.total == shown
        assert sum(value.count for value in found.facets.get("language", ())) == shown
        assert not any("melody" in text for text in found.did_you_mean)
        assert search_groups(typed, {"all": ("page",)})["all"].total == shown
        page = client.get("/en/search/", {"q": "rehearsal", "kind": "page"})
        assert (
            page.context["result"].total == 1
            and "the choir" not in page.text
            and "in secret" not in page.text
        )

    def test_a_page_that_was_just_shut_is_not_shown_before_the_index_knows(self, client, pages):
        restrict(pages["open"], LOGIN)
        response = client.get("/en/search/?q=everyone")
        assert "Rehearsal for everyone" not in response.text
        drain()
        assert search("everyone", kinds=("page",)).total == 0
        PageViewRestriction.objects.all().delete()
        drain()
        assert search("rehearsal", kinds=("page",)).total == 4
        assert Page.objects.filter(title__startswith="Rehearsal").count() == 4

    def test_suggestions_of_strangers_know_nothing(self, client, pages):
        assert client.get("/en/search/suggest?q=rehears").json()["groups"] == []
