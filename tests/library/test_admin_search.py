"""No search box of the staff pages can be broken by what is typed into it."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from library.admin_search import only_words
from library.authorities import find_or_create
from library.models import Department, PortalImage, StaffMember
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db

TYPED = ('"', "'", "\\", "*(", "a\x00b", 'a AND ""NEAR(-b ^c {d} title:🙂 %_\u202e', "x" * 10_000)
# Boxes that the walk must meet.
KNOWN = (
    "/admin/pages/search/", "/admin/images/", "/admin/documents/", "/admin/users/", "/admin/groups/",
    "/admin/choose-page/search/", "/admin/images/chooser/", "/admin/documents/chooser/", "/admin/redirects/",
    "/admin/snippets/library/branch/", "/admin/snippets/library/authority/",
)  # fmt: skip
# What a pattern's argument is filled with; a pattern with any other argument is no list.
ARGUMENTS = {"parent_page_id", "page_id", "pk"}
NO_LIST = re.compile(
    r"logout|/api/|sprite|jsi18n|login|password_reset|chosen|create|history|usage|/add/|upload"
)


def admin_patterns():
    """(address, names of its arguments) of every staff page."""

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                yield route

    for route in walk(get_resolver().url_patterns, ""):
        if route.startswith("admin/") and not NO_LIST.search(route):
            yield route


@pytest.fixture
def staff(client):
    homes = make_site()
    make_page(homes["en"], "Reading room")
    branch = BranchFactory()
    department = Department.objects.create(branch=branch, name={"az": "Şöbə"})
    StaffMember.objects.create(department=department, name="Test", role={"az": "rol"})
    find_or_create(kind="place", heading="Tovuz")
    Group.objects.get_or_create(name="Choir")
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    client.raise_request_exception = False
    return client


def addresses():
    root = str(Page.get_first_root_node().pk)
    found = []
    for route in admin_patterns():
        address = "/" + re.sub(r"[\^$]|\\Z", "", route).replace("\\", "")
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: root if match[1] in ARGUMENTS else "?", address)
        if "?" not in address and "(" not in address:
            found.append(address)
    return found


def boxes(client):
    """Staff pages with a search box, and those that answer one without the page around it."""
    for address in addresses():
        response = client.get(address)
        if "application/pdf" in response.headers.get("Content-Type", ""):
            continue
        has_box = not response.streaming and 'name="q"' in response.text
        if response.status_code == 200 and (has_box or re.search("search|results|chooser?/", address)):
            yield address


@pytest.mark.slow
def test_every_list_takes_whatever_is_typed(staff):
    """One walk: the lists are found once, each is asked with everything."""
    found = list(boxes(staff))
    for part in KNOWN:
        assert part in found
    broken = [
        f"{address} {typed[:20]!r}: {response.status_code}"
        for address in found
        for typed in TYPED
        if (response := staff.get(address, {"q": typed})).status_code >= 500
    ]
    assert not broken


@pytest.mark.parametrize(
    ("typed", "words"),
    [('say "hello"', "say hello"), ('"', ""), ("a\x00b", "a b"), ("x" * 999, "x" * 500), ("Ş-23_ö", "Ş 23 ö"),
     ("a " * 99, "a " * 19 + "a")],
)  # fmt: skip
def test_only_words_reach_the_database(typed, words):
    assert only_words(typed) == words


def test_the_boxes_still_find(staff):
    backend = get_search_backend()
    backend.add_bulk(Page, Page.objects.all())
    found = backend.autocomplete('"read', Page.objects.all())
    assert [page.title for page in found] == ["Reading room"]
    assert not list(backend.search('"', Page)) and not list(PortalImage.objects.search("'"))
