"""The books side by side, as readers see them."""

import re
from html import unescape

import pytest

from catalog_pages.shelf import main_classes, neighbours, schemes_in_use
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 16


def books(response) -> list[str]:
    return [unescape(text) for text in re.findall(r'class="shelf-number">([^<]*)<', response.text)]


def step(response, rel: str) -> str:
    found = re.search(rf'rel="{rel} nofollow" href="([^"]*)"', response.text)
    return unescape(found[1]) if found else ""


def shelve(scheme: str, *numbers: str):
    return [RecordFactory(class_scheme=scheme, class_number=number) for number in numbers]


def test_books_stand_in_the_order_of_their_scheme(client):
    shelve("bbk", "84(5Аз)6", "Ш5(5Аз)", "84(5)", "84.3", "63.3(2)")
    shelve("udc", "622.1", "622", "622+669", "622(035)")
    assert books(client.get("/en/catalogue/shelf/?scheme=bbk")) == [
        "63.3(2)",
        "84(5)",
        "84(5Аз)6",
        "84.3",
        "Ш5(5Аз)",
    ]
    assert books(client.get("/en/catalogue/shelf/?scheme=udc")) == ["622+669", "622", "622(035)", "622.1"]


def test_a_class_number_leads_to_its_place(client):
    shelve("ddc", "100", "894.36", "894.361", "900")
    shelve("bbk", "84(5Аз)", "Ш5(5Аз)")
    assert books(client.get("/en/catalogue/shelf/?scheme=ddc&class=894.36")) == ["894.36", "894.361", "900"]
    # A Cyrillic letter can only mean BBK.
    assert books(client.get("/en/catalogue/shelf/?class=Ш5")) == ["Ш5(5Аз)"]


def test_the_shelf_is_walked_in_both_directions(client):
    numbers = [f"{100 + n}" for n in range(60)]
    shelve("ddc", *numbers)
    first = client.get("/en/catalogue/shelf/")
    second = client.get(f"/en/catalogue/shelf/{step(first, 'next')}")
    third = client.get(f"/en/catalogue/shelf/{step(second, 'next')}")
    assert books(first) + books(second) + books(third) == numbers
    assert books(client.get(f"/en/catalogue/shelf/{step(third, 'prev')}")) == books(second)
    assert not step(first, "prev") and not step(third, "next")


def test_somebody_stands_before_a_record(client):
    records = shelve("ddc", *[f"{100 + n}" for n in range(60)])
    page = client.get(f"/en/catalogue/shelf/?record={records[30].pk}")
    assert books(page)[:7] == ["125", "126", "127", "128", "129", "130", "131"]
    assert re.search(rf'id="book-{records[30].pk}"[^>]*aria-current="true"', page.text)
    assert "You are here" in page.text
    assert books(client.get(f"/en/catalogue/shelf/?record={records[2].pk}"))[0] == "100"
    record = client.get(records[30].get_absolute_url()).text
    assert f"/catalogue/shelf/?record={records[30].pk}#book-{records[30].pk}" in record


def test_the_shelf_of_one_library_has_its_copies_only(client):
    here, there = BranchFactory(code="here"), BranchFactory(code="there")
    one, two, three, four = shelve("ddc", "100", "200", "300", "400")
    ItemFactory.create_batch(3, record=one, branch=here)
    ItemFactory(record=two, branch=there)
    ItemFactory(record=three, branch=here, status="on_loan")
    ItemFactory(record=four, branch=here, status="withdrawn")
    ItemFactory(record=three, branch=there)
    page = client.get("/en/catalogue/shelf/?branch=here")
    assert books(page) == ["100", "300"]
    assert "3/3" in page.text and "Lent" in page.text
    assert books(client.get("/en/catalogue/shelf/?branch=here&class=2")) == ["300"]
    assert books(client.get("/en/catalogue/shelf/?branch=nowhere")) == ["100", "200", "300", "400"]
    BranchFactory(code="empty")
    assert "Nothing stands here" in client.get("/en/catalogue/shelf/?branch=empty").text


def test_the_number_of_queries_does_not_grow_with_the_books(client, django_assert_max_num_queries):
    branches = BranchFactory.create_batch(4)
    for record in shelve("ddc", *[f"{100 + n}" for n in range(40)]):
        for branch in branches:
            ItemFactory(record=record, branch=branch)
    client.get("/en/catalogue/shelf/")
    for query in ("", f"?branch={branches[0].code}&class=1", "?class=120"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert len(books(client.get(f"/en/catalogue/shelf/{query}"))) == (20 if "120" in query else 24)


def test_classes_in_use_are_offered_in_their_colours(client):
    shelve("ddc", "100", "894", "895")
    shelve("bbk", "84(5)", "Ш5", "Щ3", "22.1")
    assert [(found.number, found.colour) for found in main_classes("ddc")] == [("1", 1), ("8", 8)]
    assert [found.number for found in main_classes("bbk")] == ["2", "8", "Ш", "Щ"]
    assert set(schemes_in_use()) == {"ddc", "bbk"}
    page = client.get("/en/catalogue/shelf/?scheme=bbk").text
    assert 'name="scheme"' in page
    assert "class=%D0%A8" in page


def test_neighbours_are_those_of_the_scheme():
    one, two, three = shelve("udc", "622", "622+669", "622.1")
    assert neighbours(one) == ([two], [three])


@pytest.mark.parametrize(
    "query",
    [
        {"class": "x" * 10_000}, {"class": "\x00\x01"}, {"class": "((((("}, {"class": "🙂"}, {"scheme": "lcc"},
        {"record": "9" * 30}, {"record": "-1"}, {"record": "x"}, {"after": "zz.1"}, {"before": "0.0"},
        {"branch": "\x00"}, {"after": "'.1"}, {"class": "894", "after": "d.5"}, {"record": "1", "scheme": "bbk"},
    ],
)  # fmt: skip
def test_bad_input_is_an_ordinary_page(client, query):
    shelve("ddc", "100", "200")
    shelve("bbk", "84")
    response = client.get("/en/catalogue/shelf/", query)
    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_empty_shelf_says_so(client):
    RecordFactory(class_number="")
    page = client.get("/en/catalogue/shelf/")
    assert page.status_code == 200
    assert "No book has a class number yet" in page.text
    assert "X-Robots-Tag" not in page.headers
