import json
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from home.demo import create_staff, demo_profile, load_site
from home.demo_pictures import MOTIFS, draw
from home.demo_site import in_one_language
from home.models import (
    AccessibilityStatementPage,
    ChildrenPage,
    ClubIndexPage,
    ClubPage,
    ContentPage,
    DocumentsPage,
    FAQPage,
    HistoryPage,
    HomePage,
    JobsPage,
    NewsIndexPage,
    NewsPage,
    PartnersPage,
    SectionPage,
    ServicePage,
)
from library.demo import DemoProfile, load_library
from library.models import PortalImage, User
from tests.factories.home import make_page, make_site

pytestmark = pytest.mark.django_db

HOME_QUERIES = 27  # nothing remembered yet: the frame, and each block of the home page


@pytest.fixture
def profile(tmp_path) -> DemoProfile:
    """A made-up library system with one page besides the home page."""
    pages = {
        "home": {"title": {"az": "Ana səhifə", "ru": "Главная"}, "hero_title": {"az": "Nə oxuyaq?"}, "hero_text": {}},
        "pages": [
            {
                "slug": "about", "in_menu": True, "title": {"az": "Haqqımızda", "ru": "О нас"},
                "intro": {"az": "Giriş"},
                "body": {"az": [{"type": "heading", "value": "Tarix"}]},
            }
        ],
    }  # fmt: skip
    (tmp_path / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    (tmp_path / "system.json").write_text(
        json.dumps({"system_name": {"az": "Sınaq"}, "items": 555059}), "utf-8"
    )
    return DemoProfile("trial", tmp_path)


def test_the_pages_of_a_profile_are_made_in_each_content_language(profile, client):
    load_site(profile)
    assert set(HomePage.objects.values_list("locale__language_code", flat=True)) == {"az", "ru", "en"}
    about = ContentPage.objects.get(locale__language_code="az")
    assert about.get_translations().get(alias_of=None).title == "О нас"
    assert about.get_translations().get(alias_of=about).locale.language_code == "en"
    assert "Haqqımızda" in client.get("/az/about/").text
    assert "О нас" in client.get("/ru/about/").text
    assert Site.objects.get().root_page.locale.language_code == "az"
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_numbers_are_written_as_the_language_writes_them(profile, client):
    load_site(profile)
    assert "555.059" in client.get("/az/").text
    assert "555,059" in client.get("/en/").text


def test_loading_twice_changes_nothing(profile):
    load_site(profile)
    page = ContentPage.objects.get(locale__language_code="az")
    page.title = "Changed by staff"
    page.save_revision().publish()
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision_created_at"))
    load_site(profile)
    assert (
        list(Page.objects.order_by("pk").values_list("pk", "title", "latest_revision_created_at")) == before
    )


NUMBERS = {
    AccessibilityStatementPage: 1, ChildrenPage: 1, ClubIndexPage: 1, ClubPage: 3, ContentPage: 3, DocumentsPage: 1,
    FAQPage: 1, HistoryPage: 1, JobsPage: 1, NewsIndexPage: 1, NewsPage: 5, PartnersPage: 1, SectionPage: 2,
    ServicePage: 9,
}  # fmt: skip


def site_pages() -> QuerySet[Page]:
    return Page.objects.filter(depth__gt=1).order_by("pk")


def test_the_demo_site_shows_every_kind_of_page_in_three_languages(client):
    load_library(demo_profile("tovuz"))
    load_site(demo_profile("tovuz"))
    for model, number in NUMBERS.items():
        for code in ("az", "ru", "en"):
            own = model.objects.filter(locale__language_code=code, alias_of=None)
            assert own.count() == number, (model, code)
    for page in site_pages():
        assert client.get(page.url).status_code == 200, page.url
    before = list(site_pages().values_list("pk", "path", "title", "last_published_at"))
    load_site(demo_profile("tovuz"))
    assert list(site_pages().values_list("pk", "path", "title", "last_published_at")) == before


def test_demo_pages_point_to_their_libraries_departments_and_categories():
    load_library(demo_profile("tovuz"))
    load_site(demo_profile("tovuz"))
    for service in ServicePage.objects.all():
        assert service.everywhere or service.branches.exists() or service.place, service
    for news in NewsPage.objects.all():
        assert news.categories.exists() and news.date <= timezone.localdate(), news
    assert all(club.branch for club in ClubPage.objects.all())
    assert ServicePage.objects.filter(slug="lending").exclude(department=None).count() == 3


def test_a_page_that_staff_made_keeps_its_type_and_gets_nothing_below_it_that_it_cannot_hold():
    own = make_page(make_site()["az"], "Our own services", slug="services")
    load_site(demo_profile("tovuz"))
    assert Page.objects.get(pk=own.pk).specific_class is ContentPage
    assert not own.get_children().exists()
    assert ServicePage.objects.filter(locale__language_code="ru", slug="lending").exists()


def test_every_picture_of_the_demo_says_what_is_on_it():
    load_library(demo_profile("tovuz"))
    load_site(demo_profile("tovuz"))
    drawn = set(PortalImage.objects.values_list("title", flat=True))
    assert drawn == set(demo_profile("tovuz").document("pictures"))
    for model in (NewsPage, ClubPage, ServicePage, ChildrenPage):
        pictured = model.objects.exclude(picture=None)
        assert pictured and all(page.picture_text for page in pictured), model


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_motif_is_drawn_in_the_colours_of_the_theme(motif):
    theme = {"accent": "#1f5c57", "second": "#8a4b14"}
    shades = {colour for _count, colour in draw(motif, theme).getcolors()}
    assert {(0x1F, 0x5C, 0x57), (0x8A, 0x4B, 0x14)} <= shades


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"az": "Xəbərlər", "en": "News"}, "News"),
        ({"az": "Xəbərlər"}, None),
        (
            [{"type": "heading", "value": {"az": "Tarix", "en": "History"}}],
            [{"type": "heading", "value": "History"}],
        ),
        (True, True),
    ],
)
def test_a_table_is_read_in_one_language(value, expected):
    assert in_one_language(value, "en") == expected


def test_passwords_are_told_once_and_kept(profile):
    first = {account.username: account.password for account in create_staff()}
    assert set(first) == {"admin", "editor", "librarian"}
    assert len(set(first.values())) == 3
    assert User.objects.get(username="admin").check_password(first["admin"])
    assert {account.password for account in create_staff("another password")} == {None}
    assert User.objects.get(username="admin").check_password(first["admin"])


@pytest.mark.parametrize("username", ["admin", "editor", "librarian"])
def test_every_demo_account_can_sign_in_to_the_administration(client, username):
    create_staff("a long demo password")
    client.post("/admin/login/", {"username": username, "password": "a long demo password"})
    assert client.get("/admin/").status_code == 200


def test_an_unknown_library_is_named_with_those_there_are():
    with pytest.raises(CommandError, match="tovuz"):
        call_command("load_demo", "atlantis")


def test_if_empty_leaves_a_library_alone(django_assert_num_queries):
    from tests.factories.library import BranchFactory

    BranchFactory()
    out = StringIO()
    call_command("load_demo", "--if-empty", stdout=out)
    assert out.getvalue() == "" and not User.objects.exists()


@pytest.mark.slow
def test_the_demo_library_as_a_whole(client):
    out = StringIO()
    call_command("load_demo", "tovuz", stdout=out, verbosity=0)
    assert out.getvalue().count("Staff sign-in") == 3
    for address in ("/az/", "/ru/", "/kk/", "/az/branches/", "/az/about/", "/en/privacy/"):
        client.get(address)  # the first reader has the pictures cut to size
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, address
        assert len(queries) <= HOME_QUERIES, address
    assert {page["slug"] for page in demo_profile("tovuz").document("pages")["pages"]} >= {
        "accessibility",
        "privacy",
    }


def test_the_privacy_page_says_what_is_kept_by_itself(client, settings):
    call_command("load_demo", "tovuz", verbosity=0)
    page = client.get("/en/privacy/").text
    assert "What we keep and how long" in page
    assert f"{settings.AUDIT_DAYS} days" in page
