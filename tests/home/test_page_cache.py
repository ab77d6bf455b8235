"""Hit, edit, miss: what readers get from the store, and when it is dropped."""

import json
from datetime import datetime, time, timedelta
from unittest import mock

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog_pages.models import Record
from library import following
from library.models import OpeningHours, SystemSettings
from tests.factories.catalog_pages import RecordFactory
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit():` — what is written inside is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def site(commit):
    with commit():
        homes = make_site()
        make_page(homes["en"], "About", slug="about", intro="Who we are.")
    return homes


def queries(client, address: str, **headers) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address, headers=headers).status_code in (200, 304)
    return len(asked)


def is_hit(client, address: str) -> bool:
    return queries(client, address) == 0


@pytest.mark.parametrize("address", ["/en/", "/en/about/", "/en/branches/", "/kk/"])
def test_the_second_reader_gets_what_was_kept(client, site, address):
    first = client.get(address)
    assert is_hit(client, address)
    second = client.get(address)
    assert second.content == first.content
    for header in ("ETag", "Cache-Control", "Content-Type", "Content-Language", "Content-Security-Policy"):
        assert second[header] == first[header], header
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in first["Vary"]


def test_a_browser_that_has_the_page_is_told_so_without_the_database(client, site):
    etag = client.get("/en/about/")["ETag"]
    assert queries(client, "/en/about/", if_none_match=etag) == 0
    response = client.get("/en/about/", headers={"if-none-match": f'W/{etag}, "x"'})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert client.get("/en/about/", headers={"if-none-match": '"other"'}).status_code == 200


def test_head_asks_as_get_does(client, site):
    assert client.head("/en/about/").status_code == 200
    client.get("/en/about/")
    assert client.head("/en/about/")["ETag"]


def _publish(homes):
    page = homes["en"].get_children().get(slug="about").specific
    page.title = "About the library"
    page.save_revision().publish()


def _menu(homes):
    make_page(homes["en"], "News of today", slug="news", show_in_menus=True)


def _theme(_homes):
    SystemSettings.objects.all().update(accent="#123456")


def _restrict(homes):
    from wagtail.models import PageViewRestriction

    page = homes["en"].get_children().get(slug="about")
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("change", [_publish, _menu, _theme, _restrict])
def test_an_edit_drops_the_page_and_shows_at_once(client, site, commit, change):
    with commit():
        SystemSettings.objects.get_or_create(site=site["az"].get_site())
    before = client.get("/en/about/").content
    assert is_hit(client, "/en/about/")
    with commit():
        change(site)
    assert client.get("/en/about/").content != before


def test_hours_of_a_library_show_at_once(client, site, commit):
    with commit():
        branch = BranchFactory(code="central")
    address = "/en/branches/central/"
    client.get(address)
    assert is_hit(client, address)
    with commit():
        for weekday in range(7):
            OpeningHours.objects.create(branch=branch, weekday=weekday, opens=time(9, 7), closes=time(18, 23))
    assert "18:23" in client.get(address).text


def test_a_record_that_a_page_shows_drops_it_and_no_other(client, site, commit):
    with commit():
        record = RecordFactory(title="An old title")
        site["en"].body = json.dumps([{"type": "new_books", "value": {"title": "New", "number": 3}}])
        site["en"].save()
    client.get("/en/")
    client.get("/en/about/")
    assert is_hit(client, "/en/") and is_hit(client, "/en/about/")
    with commit():
        Record.objects.filter(pk=record.pk).update(title="A new title")
    assert "A new title" in client.get("/en/").text
    assert is_hit(client, "/en/about/")


def test_what_no_page_shows_drops_nothing(client, site, commit):
    from library.statistics import count

    client.get("/en/about/")
    with commit():
        count("searches", kind="everything")
    assert is_hit(client, "/en/about/")


def test_a_change_while_the_page_is_made_keeps_it_from_being_kept(client, site, commit):
    from home.models import ContentPage

    make = ContentPage.get_context

    def slow(page, request, *args, **kwargs):
        context = make(page, request, *args, **kwargs)
        with commit():
            SystemSettings.objects.update_or_create(
                site=site["az"].get_site(), defaults={"short_name": "Later"}
            )
        return context

    with mock.patch.object(ContentPage, "get_context", slow):
        client.get("/en/about/")
    assert not is_hit(client, "/en/about/")


@pytest.mark.parametrize(
    ("path", "cookies", "headers"),
    [
        ("/en/about/?utm=1", {}, {}),
        ("/en/about/?page=0", {}, {}),
        ("/en/about/?page=1&page=2", {}, {}),
        ("/en/about/", {"sessionid": "x"}, {}),
        ("/en/about/", {"messages": "x"}, {}),
        ("/en/about/", {}, {"Authorization": "Basic x"}),
        ("/en/no/such/page/", {}, {}),
        ("/en/search/", {}, {}),
        ("/en/catalogue/", {}, {}),
    ],
)
def test_other_answers_are_not_kept(client, site, path, cookies, headers):
    client.cookies.load(cookies)
    client.get("/en/about/")
    with mock.patch("home.page_cache._keep") as keep:
        client.get(path, headers=headers)
    assert not keep.called


def test_comfort_and_language_have_pages_of_their_own(client, site):
    plain = client.get("/en/about/").text
    client.cookies.load({"comfort": "dark.large.high"})
    assert 'data-text="large"' in client.get("/en/about/").text
    client.cookies.clear()
    assert client.get("/en/about/").text == plain
    assert '<html lang="ru"' in client.get("/ru/branches/").text


def test_staff_get_pages_of_their_own(client, site, admin_user):
    client.force_login(admin_user)
    assert client.get("/en/about/")["Cache-Control"] == "private, no-cache"


def test_a_page_says_open_until_it_closes_and_today_until_midnight(client, site, commit):
    with commit():
        branch = BranchFactory(code="central")
        for weekday in range(7):
            OpeningHours.objects.create(branch=branch, weekday=weekday, opens=time(9), closes=time(18))

    def at(hour, minute):
        day = timezone.localdate() + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))

    with mock.patch("django.utils.timezone.now", return_value=at(17, 59)):
        assert "Open until 18:00" in client.get("/en/branches/central/").text
    with mock.patch("django.utils.timezone.now", return_value=at(18, 0)):
        assert "Open until 18:00" not in client.get("/en/branches/central/").text


def test_switched_off_nothing_is_kept(client, site, settings):
    settings.PAGE_CACHE = False
    client.get("/en/about/")
    assert not is_hit(client, "/en/about/")


def test_the_home_page_asks_little_when_nothing_is_kept(client, site, commit):
    with commit():
        for _number in range(8):
            RecordFactory()
            BranchFactory()
        blocks = [
            {"type": "search", "value": {"title": "What?", "text": "", "examples": []}},
            {"type": "new_books", "value": {"title": "New", "number": 8}},
            {"type": "branches", "value": {"title": "Libraries", "text": ""}},
        ]
        site["en"].body = json.dumps(blocks)
        site["en"].save()
    caches["pages"].clear()
    assert queries(client, "/en/") <= 20


@pytest.mark.parametrize(
    ("sql", "writes", "tables"),
    [
        ('SELECT "a"."id" FROM "library_branch" INNER JOIN "wagtailcore_page" ON 1', False,
         {"library_branch", "wagtailcore_page"}),
        ('INSERT INTO "library_branch" ("name") SELECT 1 FROM "wagtailcore_page"', True, {"library_branch"}),
        ('UPDATE "library_branch" SET x = (SELECT 1)', True, {"library_branch"}),
        ("delete from library_branch where 1", True, {"library_branch"}),
        ('WITH x AS (SELECT 1) UPDATE library_branch SET y=1', True, {"library_branch"}),
        ('INSERT INTO "library_portalrendition" ("x") VALUES (1)', True, set()),
    ],
)  # fmt: skip
def test_statements_are_understood(sql, writes, tables):
    assert following._parse(sql) == (writes, tables)


def test_a_savepoint_rolled_back_does_not_hide_later_writes(client, site, commit):
    from django.db import transaction

    client.get("/en/branches/")
    with commit():
        try:
            with transaction.atomic():
                BranchFactory(code="never")
                raise RuntimeError
        except RuntimeError:
            pass
        BranchFactory(code="there", name={"en": "The new one"})
    assert "The new one" in client.get("/en/branches/").text


@pytest.mark.parametrize("cookies", [{}, {"csrftoken": "x" * 32}])
def test_a_page_with_a_form_is_made_for_each_reader(client, site, cookies):
    from django.middleware.csrf import get_token

    from home.models import ContentPage

    client.cookies.load(cookies)
    make = ContentPage.get_context

    def with_token(page, request, *args, **kwargs):
        return {**make(page, request, *args, **kwargs), "token": get_token(request)}

    with mock.patch.object(ContentPage, "get_context", with_token):
        response = client.get("/en/about/")
    assert response["Cache-Control"] == "private, no-cache"
    assert not is_hit(client, "/en/about/")
