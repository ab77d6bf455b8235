"""The page with all values of a facet: counts are compared with counting by hand."""

import re
from collections import Counter

import pytest

from catalog_pages.models import Record
from search.models import Generation
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db

NAMES = ["Nizami Gəncəvi", "Füzuli", "Абай Құнанбаев", "Şota Rustaveli", "Rustavi, Ana", "Oʻtkir Hoshimov"]


@pytest.fixture
def catalogue(settings):
    """Records with one to three authors each, in two languages and many years."""
    branches = [
        BranchFactory(code="b1", name={"en": "Zebra"}),
        BranchFactory(code="b2", name={"en": "Aster"}),
    ]
    for number in range(30):
        record = RecordFactory(
            title=f"Tarix {number}" if number % 2 else f"Poema {number}",
            authors=[NAMES[number % 6], f"Müəllif {number:02}"][: 1 + number % 2],
            subjects=["Tarix"] if number % 3 else ["Poema", "Sevgi"],
            language="aze" if number % 4 else "kaz",
            year=1900 + number,
        )
        ItemFactory(record=record, branch=branches[number % 3 == 0])
    with searchable(settings):
        yield


def listed(client, address: str) -> dict[str, int]:
    html = client.get(address).content.decode()
    rows = re.findall(
        r'id="value-\d+" name="\w+" value="([^"]*)"[^>]*><span class="facet-name">[^<]*</span>'
        r'<span class="facet-count numeric">(\d+)<',
        html,
    )
    return {value.replace("&#x27;", "'"): int(count) for value, count in rows}


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("", lambda record: True),
        ("q=tarix", lambda record: "Tarix" in record.title or "Tarix" in record.subjects),
        (
            "q=poema&language=kaz",
            lambda record: "Poema" in (record.title, *record.subjects) or "Poema" in record.title,
        ),
        ("year_from=1905&year_to=1914", lambda record: 1905 <= record.year <= 1914),
        ("author=Nizami+G%C9%99nc%C9%99vi&subject=Sevgi", lambda record: "Sevgi" in record.subjects),
    ],
)
def test_counts_are_those_counted_by_hand(client, catalogue, query, matches):
    records = [record for record in Record.objects.all() if matches(record)]
    if "language=kaz" in query:
        records = [record for record in records if record.language == "kaz"]
    by_hand = Counter(name for record in records for name in record.authors)
    found = listed(client, f"/en/catalogue/facet/author/?{query}")
    assert found == dict(by_hand)
    assert list(found.values()) == sorted(found.values(), reverse=True)


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("rust", {"Şota Rustaveli", "Rustavi, Ana"}),
        ("gencevi NIZ", {"Nizami Gəncəvi"}),
        ("абай", {"Абай Құнанбаев"}),
        ("zzz", set()),
    ],
)
def test_values_are_found_within_the_list(client, catalogue, find, found):
    assert set(listed(client, f"/en/catalogue/facet/author/?find={find}")) == found


def test_the_list_is_sorted_by_name_and_has_pages(client, catalogue, monkeypatch):
    monkeypatch.setattr("catalog_pages.facet_lists.PER_PAGE", 10)
    first = listed(client, "/en/catalogue/facet/author/?order=name")
    second = listed(client, "/en/catalogue/facet/author/?order=name&at=2")
    latin = [name for name in (*first, *second) if name.startswith("M")]
    assert latin == sorted(latin) and len(first) == 10 and not set(first) & set(second)
    html = client.get("/en/catalogue/facet/author/?at=2").content.decode()
    assert '<button name="at" value="3">' in html
    assert (
        "There is no such page" in client.get("/en/catalogue/facet/author/?at=999999999999").content.decode()
    )


def test_codes_are_found_and_sorted_by_their_names(client, catalogue):
    assert list(listed(client, "/en/catalogue/facet/branch/?order=name")) == ["b2", "b1"]
    assert list(listed(client, "/en/catalogue/facet/branch/?find=zeb")) == ["b1"]
    assert list(listed(client, "/en/catalogue/facet/language/?find=kazakh")) == ["kaz"]


def test_what_is_chosen_is_kept_while_the_list_is_searched(client, catalogue):
    html = client.get(
        "/en/catalogue/facet/author/?q=tarix&author=F%C3%BCzuli&author=Gone&find=rust"
    ).content.decode()
    assert '<input type="hidden" name="q" value="tarix">' in html
    assert re.search(r'id="chosen-1" name="author" value="Füzuli" checked', html)
    assert re.search(r'id="chosen-2" name="author" value="Gone" checked', html)


def test_applying_leads_to_the_short_address_of_the_results(client, catalogue):
    response = client.get("/en/catalogue/facet/author/?q=tarix&author=A&author=B&find=&order=count&apply=1")
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/catalogue/?q=tarix&author=A&author=B"


def test_crawlers_are_kept_out(client, catalogue):
    assert client.get("/en/catalogue/facet/author/").headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Disallow: /*/catalogue/facet/" in client.get("/robots.txt").text
    results = client.get("/en/catalogue/").content.decode()
    assert '<a class="facet-all" rel="nofollow" href="/en/catalogue/facet/author/?"' in results


@pytest.mark.parametrize("name", ["available", "year", "colour", "author'"])
def test_other_facets_have_no_list(client, catalogue, name):
    assert client.get(f"/en/catalogue/facet/{name}/").status_code == 404


@pytest.mark.parametrize("query", ["find=%22%2A%00", "at=-1", "at=x", "order=;", "q=%22(&find=" + "a" * 9000])
def test_bad_input_gets_an_ordinary_page(client, catalogue, query):
    assert client.get(f"/en/catalogue/facet/subject/?{query}").status_code == 200


def test_the_number_of_queries_is_small(client, catalogue, django_assert_max_num_queries):
    client.get("/en/catalogue/facet/branch/")
    with django_assert_max_num_queries(20):
        client.get("/en/catalogue/facet/branch/?branch=b1")


def test_without_an_engine_the_page_says_so(client, catalogue):
    Generation.objects.all().delete()
    assert client.get("/en/catalogue/facet/author/").status_code == 503
