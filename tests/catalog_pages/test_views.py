import json
import re
from dataclasses import replace

import pytest
from django.test import Client

from catalog_pages.services import WholeMarc, write_marc
from search.generations import rebuild
from search.models import Generation
from search.service import search
from tests.factories.catalog_pages import ItemFactory, RecordFactory, marc
from tests.factories.library import BranchFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


@pytest.fixture
def catalogue(settings):
    """Twenty-five found books in three libraries, and one that is not found by the same word."""
    branches = BranchFactory.create_batch(3)
    for number in range(25):
        record = RecordFactory(
            title=f"Qarabağ tarixi {number}",
            authors=["Cavanşir, Mirzə Camal" if number < 5 else f"Müəllif {number}"],
            language="aze" if number % 2 else "rus",
            year=1950 + number,
            subjects=["Tarix"],
        )
        ItemFactory(
            record=record, branch=branches[number % 3], status="on_loan" if number == 24 else "available"
        )
    RecordFactory(title="Fuzzy sets", class_number="511.3", language="eng")
    with searchable(settings):
        yield branches


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def hits(html: str) -> int:
    return html.count('class="hit"')


def test_results_say_what_was_found_and_where_it_is(client, catalogue):
    html = page(client, "/en/catalogue/?q=qarabag&sort=oldest")
    assert "25</span> results for “qarabag”" in html
    assert hits(html) == 20
    assert "<mark>" in html
    first = html.split('class="hit"')[1]
    assert "Cavanşir" in first and "On the shelf" in first and str(catalogue[0]) in first
    assert "894.361" in first and "Literature" in first


def test_a_hit_says_why_it_was_found_where_title_and_author_do_not(client, catalogue):
    html = page(client, "/en/catalogue/?q=tarix+cavansir")
    assert "hit-reason" not in html
    RecordFactory(title="Atlas", subjects=["Coğrafiya <b>", "Xəritələr"])
    rebuild()
    html = page(client, "/en/catalogue/?q=cografiya")
    assert '<p class="hit-reason">Subject: <mark>Coğrafiya</mark> &lt;b&gt;</p>' in html


def test_the_second_page_holds_the_rest_and_a_copy_on_loan_is_called_so(client, catalogue):
    html = page(client, "/en/catalogue/?q=qarabag&sort=oldest&page=2")
    assert hits(html) == 5
    assert "Not on the shelf now" in html


@pytest.mark.parametrize(
    ("filters", "found", "chips"),
    [
        ("language=aze", 12, ["Azerbaijani"]),
        ("language=aze&language=rus", 25, ["Azerbaijani", "Russian"]),
        ("year_from=1950&year_to=1959", 10, ["1950–1959"]),
        ("year_from=1959&year_to=1950", 10, ["1950–1959"]),
        ("year=1950", 1, ["1950"]),
        ("available=yes", 24, ["On the shelf now"]),
        ("author=Cavanşir, Mirzə Camal", 5, ["Cavanşir, Mirzə Camal"]),
        ("author=Cavanşir, Mirzə Camal&language=rus", 3, ["Russian", "Cavanşir, Mirzə Camal"]),
        ("branch=nowhere", 0, ["nowhere"]),
        ("colour=red&sort=price", 25, []),
    ],
)
def test_filters_narrow_the_hits_and_show_as_chips(client, catalogue, filters, found, chips):
    response = client.get(f"/en/catalogue/?q=qarabag&{filters}")
    assert response.context["found"].total == found
    assert [chip.label for chip in response.context["chips"]] == chips
    assert all(chip in response.content.decode() for chip in chips)


def test_a_filter_can_be_taken_away(client, catalogue):
    html = page(client, "/en/catalogue/?q=qarabag&language=aze&language=rus")
    assert 'rel="nofollow" href="?q=qarabag&amp;language=rus"' in html


def test_the_whole_catalogue_is_shown_without_words(client, catalogue):
    html = page(client, "/en/catalogue/")
    assert "26</span> titles in the catalogue" in html
    assert "X-Robots-Tag" not in client.get("/en/catalogue/").headers
    assert client.get("/en/catalogue/?language=aze").headers["X-Robots-Tag"] == "noindex, follow"


def test_no_hits_offer_looser_searches_and_a_librarian(client, catalogue):
    html = page(client, "/en/catalogue/?q=zzzz+qarabag&language=aze")
    assert "0</span> results" in html
    assert 'href="?q=qarabag&amp;language=aze"' in html
    assert 'href="?q=zzzz"' not in html  # nothing is offered that finds nothing
    assert "/en/ask/?question=zzzz+qarabag" in html


@pytest.mark.parametrize(
    ("best", "widened", "words"),
    [
        ("exact", False, ""),
        ("folded", False, ""),
        ("", False, ""),
        ("stem", False, "other endings"),
        ("key", False, "other scripts"),
        ("fuzzy", True, "Shown are similar words."),
        ("exact", True, "similar words, too"),
    ],
)
def test_the_page_says_when_something_else_was_found_and_offers_the_literal_search(
    client, catalogue, monkeypatch, best, widened, words
):
    def found(*args, **kwargs):
        return replace(search(*args, **kwargs), best=best, widened=widened, did_you_mean=["qarabağ <b>"])

    monkeypatch.setattr("catalog_pages.views.search", found)
    html = page(client, "/en/catalogue/?q=qarabag&language=aze&page=1")
    assert ("Search exactly for “qarabag”" in html) == bool(words) and words in html
    assert ('href="?q=qarabag&amp;language=aze&amp;literal=1"' in html) == bool(words)
    assert 'href="?q=qaraba%C4%9F+%3Cb%3E&amp;language=aze">qarabağ &lt;b&gt;</a>' in html


def test_the_literal_search_is_kept_and_can_be_left(client, catalogue):
    html = page(client, "/en/catalogue/?q=qarabag&literal=1")
    assert 'href="?q=qarabag">Exactly as typed' in html
    assert '<input type="hidden" name="literal" value="1" form="catalogue-search">' in html
    assert "?q=qarabag&amp;literal=1&amp;page=2" in html
    html = page(client, "/en/catalogue/?q=qarabag&language=aze&literal=1")
    assert 'rel="nofollow" href="?q=qarabag">Remove all' in html


def test_a_form_without_scripts_ends_at_the_short_address(client, catalogue):
    response = client.get("/en/catalogue/?q=qarabag&year_from=&year_to=&language=aze&sort=title")
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/catalogue/?q=qarabag&language=aze&sort=title"
    assert client.get("/en/catalogue/?q=").headers["Location"] == "/en/catalogue/"


def test_years_are_a_list_for_those_who_see_no_chart(client, catalogue):
    html = page(client, "/en/catalogue/?q=qarabag")
    assert 'href="?q=qarabag&amp;year_from=1974&amp;year_to=1974"' in html


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%22", 200),
        ("q=%22%22%22+AND+OR+NOT+(", 200),
        ("q=title:", 200),
        ("q=" + "a" * 10_000, 200),
        ("q=" + "a+OR+" * 500, 200),
        ("q=%00%01%02", 200),
        ("q=%F0%9F%93%9A", 200),
        ("q=%E2%80%AEabc", 200),
        ("q='; DROP TABLE record; --", 200),
        ("q=*:*+[*+TO+*]+/a.*/~", 200),
        ("q=%FF%FE", 200),
        ("year_from=x&year_to=99999999999999999999", 200),
        ("page=-3", 200),
        ("page=x", 200),
        ("page=1000000000", 400),
        ("page=" + "9" * 5000, 400),
    ],
)
def test_bad_input_gets_an_ordinary_page(client, catalogue, query, status):
    html = page(client, f"/en/catalogue/?{query}", status)
    assert "<main" in html


def test_a_page_behind_the_last_leads_back(client, catalogue):
    assert "There is no page 7" in page(client, "/en/catalogue/?q=qarabag&page=7")


def test_without_an_engine_the_page_says_so_and_keeps_the_way_out(client, catalogue):
    Generation.objects.all().delete()
    response = client.get("/en/catalogue/?q=qarabag")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "/en/ask/?question=qarabag" in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_hits(client, catalogue, django_assert_max_num_queries):
    # A search is counted in the statistics, for the first time of the day with more queries than later.
    page(client, "/en/catalogue/?q=qarabag")
    page(client, "/en/catalogue/?q=%22tarixi+7%22")
    with django_assert_max_num_queries(MOST_QUERIES) as one:
        assert hits(page(client, "/en/catalogue/?q=%22tarixi+7%22")) == 1
    with django_assert_max_num_queries(MOST_QUERIES) as twenty:
        assert hits(page(client, "/en/catalogue/?q=qarabag")) == 20
    assert len(one) == len(twenty)


def test_an_unchanged_page_is_not_sent_again(client, catalogue):
    tag = client.get("/en/catalogue/").headers["ETag"]
    assert client.get("/en/catalogue/", headers={"if-none-match": tag}).status_code == 304


# --- The record -------------------------------------------------------------------------------------------


@pytest.fixture
def book(db):
    record = RecordFactory(
        title="Əli və Nino <i>",
        authors=["Qurban Səid", "Başqa, Müəllif"],
        subjects=["Sevgi romanı"],
        links=[
            {"url": "javascript:alert(1)", "text": "bad"},
            {"url": "https://example.org/x", "text": "Read"},
        ],
    )
    for _number in range(2):
        ItemFactory(record=record)
    return record


def test_a_record_answers_first_whether_it_can_be_had(client, book):
    html = page(client, book.get_absolute_url())
    assert "Yes, it is on the shelf" in html
    assert "In 2 libraries." in html
    assert "Əli və Nino &lt;i&gt;" in html
    assert "subject=Sevgi+roman%C4%B1" in html
    assert "author=Qurban+S%C9%99id" in html


def test_addresses_that_are_no_web_pages_are_not_linked(client, book):
    html = page(client, book.get_absolute_url())
    assert "https://example.org/x" in html
    assert "javascript:" not in html


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("on_loan", "Not at this moment"),
        ("lost", "No copy in our libraries"),
        ("reference", "to read in the library"),
    ],
)
def test_the_answer_follows_the_state_of_the_copies(client, status, answer):
    record = RecordFactory()
    ItemFactory(record=record, status=status, loanable=status != "reference")
    assert answer in page(client, record.get_absolute_url())


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30])
def test_an_unknown_record_is_not_found(client, number):
    page(client, f"/en/catalogue/{number}/", 404)


def test_a_record_with_five_hundred_copies_takes_few_queries(client, django_assert_max_num_queries):
    record = RecordFactory()
    branches = BranchFactory.create_batch(20)
    for branch in branches:
        ItemFactory.create_batch(25, record=record, branch=branch)
    page(client, record.get_absolute_url())
    with django_assert_max_num_queries(MOST_QUERIES):
        html = page(client, record.get_absolute_url())
    assert html.count('class="call-number"') == 80
    assert page(client, f"{record.get_absolute_url()}?copies=all").count('class="call-number"') == 500


def test_neighbours_on_the_shelf_are_linked(client):
    records = [RecordFactory(class_number=f"81{number}") for number in range(3)]
    html = page(client, records[1].get_absolute_url())
    assert records[0].get_absolute_url() in html and records[2].get_absolute_url() in html


def test_librarians_see_the_marc_where_there_is_some(client):
    record = RecordFactory()
    assert "MARC record" not in page(client, record.get_absolute_url())
    write_marc([record], [WholeMarc(marc("m1", "A <b>title</b>"), "0" * 64)])
    html = page(client, record.get_absolute_url())
    assert 'scope="row">245</th>' in html
    assert "A &lt;b&gt;title&lt;/b&gt;" in html


def test_machines_read_the_record_as_linked_data(client, book):
    html = page(client, book.get_absolute_url())
    data = json.loads(
        re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)[1]
    )
    assert data["name"] == "Əli və Nino <i>"
    assert data["offers"][0]["availability"].endswith("InStock")


def test_electronic_resources_begin_with_an_honest_page(client):
    assert "being prepared" in page(client, "/en/e-resources/")


@pytest.mark.parametrize("address", ["/catalogue/?q=a%20b", "/e-resources/"])
def test_short_addresses_lead_to_the_librarys_language_with_the_query(client, address):
    response = client.get(address)
    assert response.status_code in (302, 307)
    assert response.headers["Location"].endswith(f"{address}")


@pytest.mark.parametrize("address", ["/en/catalogue/", "/en/e-resources/"])
def test_pages_are_only_read(client, address):
    assert client.post(address).status_code == 405
