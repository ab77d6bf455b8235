"""The list as readers see it: at one address, in every language, narrowed as they like."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog_pages.e_resources.services import end_trials
from catalog_pages.models import EResourcePage, EResourceSubject
from library.aliases import make_aliases
from tests.factories.catalog_pages import make_e_resource
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def listed(client, query="", language="az"):
    response = client.get(f"/{language}/e-resources/{query}")
    assert response.status_code == 200
    context = response.context
    if "listing" in context:
        return [page.title for _letter, rows in context["listing"].sections for page in rows]
    return {str(group.subject): [page.title for page in group.pages] for group in context["groups"]}


@pytest.fixture
def law():
    return EResourceSubject.objects.create(name={"en": "Law", "az": "Hüquq"}, main_class=3)


@pytest.fixture
def resources(index, law):
    branch = BranchFactory()
    pages = [
        make_e_resource(index, "Şəki xəritələri", kind="maps", languages=" aze rus "),
        make_e_resource(index, "Çap arxivi", kind="journals", access="free_content", subjects=[law]),
        make_e_resource(
            index, "Azad baza", access="subscription", use="branches", branches=[branch], subjects=[law]
        ),
        make_e_resource(
            index, "Sınaq bazası", access="trial", trial_until=TODAY() + timedelta(days=3), use="libraries"
        ),
    ]
    for page in pages:
        make_aliases(page=page)
    return branch


def test_without_a_list_the_page_says_so(client, homes):
    assert "being prepared" in client.get("/en/e-resources/").content.decode()


@pytest.mark.parametrize("language", ["az", "ru", "en", "kk", "ka", "uz", "tr"])
def test_the_list_stands_in_every_language_by_its_alphabet(client, resources, language):
    last = ["Sınaq bazası", "Şəki xəritələri"]
    if language in ("ru", "en"):  # there, Ş is an S with a mark
        last.reverse()
    assert listed(client, language=language) == ["Azad baza", "Çap arxivi", *last]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?kind=maps", ["Şəki xəritələri"]),
        ("?access=free_content", ["Çap arxivi"]),
        ("?language=rus", ["Şəki xəritələri"]),
        ("?language=ru", ["Azad baza", "Çap arxivi", "Sınaq bazası", "Şəki xəritələri"]),  # no such code
        ("?where=home", ["Çap arxivi", "Şəki xəritələri"]),
        ("?kind=journals&access=subscription", []),
        ("?from=Ş", ["Şəki xəritələri"]),
        ("?kind=%00&subject=999999999999999999999&after=x&before=-1&by=nonsense", 4),
    ],
)
def test_the_list_is_narrowed_by_the_address(client, resources, query, titles):
    found = listed(client, query)
    if query.startswith("?from"):
        assert found[-1] == titles[0]
    else:
        assert found == titles if isinstance(titles, list) else len(found) == titles


def test_a_library_has_its_own_and_what_all_have(client, resources):
    assert len(listed(client, f"?where={resources.code}")) == 4
    other = EResourcePage.objects.child_of(EResourcePage.objects.first().get_parent()).exclude(use="branches")
    assert other.count() == 3


def test_by_subject_the_readers_language_names_them(client, resources, law):
    make_e_resource(EResourcePage.objects.first().get_parent(), "Dərslik", subjects=[law])
    assert listed(client, "?by=subject") == {"Hüquq": ["Azad baza", "Çap arxivi", "Dərslik"]}
    assert set(listed(client, "?by=subject", "en")) == {"Law"}
    assert listed(client, f"?subject={law.pk}") == ["Azad baza", "Çap arxivi", "Dərslik"]


def test_the_number_of_queries_does_not_grow_with_the_list(client, index, law, django_assert_max_num_queries):
    for number in range(60):
        make_e_resource(index, f"Baza {number:02}", subjects=[law])
    client.get("/az/e-resources/")  # caches the frame
    for query in ("", "?by=subject"):
        with django_assert_max_num_queries(38):
            client.get(f"/az/e-resources/{query}")
    assert len(listed(client)) == 50


def test_only_the_whole_list_is_for_crawlers(client, resources):
    assert "X-Robots-Tag" not in client.get("/az/e-resources/").headers
    assert "noindex" in client.get("/az/e-resources/?kind=maps").headers["X-Robots-Tag"]
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /*/e-resources/go/" in robots


def test_short_addresses_lead_to_the_librarys_language(client, resources):
    response = client.get("/e-resources/?kind=maps")
    assert response.headers["Location"].endswith("/az/e-resources/?kind=maps")


def test_a_list_elsewhere_is_still_found(client, index):
    index.slug = "elektron"
    index.save_revision().publish()
    assert client.get("/az/e-resources/?by=subject").headers["Location"] == "/az/elektron/?by=subject"


@pytest.mark.parametrize(("days", "is_listed"), [(-1, False), (0, True), (1, True)])
def test_a_trial_is_listed_to_its_last_day_and_then_goes_by_itself(client, index, days, is_listed):
    until = TODAY() + timedelta(days=days)
    page = make_e_resource(index, "Sınaq", access="trial", trial_until=until)
    make_aliases(page=page)
    assert bool(EResourcePage.objects.listed().count()) is is_listed
    assert client.get(page.way).status_code == (302 if is_listed else 404)
    if is_listed:
        assert str(until.year) in client.get("/en/e-resources/").content.decode()
    assert end_trials() == (0 if is_listed else 1)
    assert EResourcePage.objects.live().count() == (3 if is_listed else 0)


def test_a_resources_page_says_where_and_how(client, resources):
    page = EResourcePage.objects.get(title="Azad baza", locale__language_code="az")
    page.remote_note = "Sign in with your card"
    page.description = "<p>Long <b>words</b></p>"
    page.save()
    html = client.get(page.get_url()).content.decode()
    for words in (
        "Sign in with your card",
        "<b>words</b>",
        str(resources),
        "Hüquq",
        page.way,
        "resource.example",
    ):
        assert words in html


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_new_resources_as_a_feed(client, resources, form):
    response = client.get(f"/az/e-resources/feed.{form}?kind=maps")
    assert response.status_code == 200
    text = response.content.decode()
    assert "Şəki xəritələri" in text
    assert "Azad baza" not in text
    assert client.get("/az/e-resources/feed.pdf").status_code == 404


def test_shut_pages_are_neither_listed_nor_opened(client, resources):
    page = EResourcePage.objects.get(title="Azad baza", locale__language_code="az")
    page.view_restrictions.create(restriction_type="login")
    assert "Azad baza" not in listed(client)
    assert client.get(page.way).status_code == 404
