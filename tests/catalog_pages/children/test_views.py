"""The children's entrance: ages and topics with books, a search among children's books alone."""

import pytest

from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory
from tests.factories.search import searchable

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def shelf(settings):
    branch = BranchFactory()
    RecordFactory(title="Cırtdan", class_number="398.2", age_group="0-6")
    ItemFactory(record=RecordFactory(title="Ulduzlar", class_number="523", age_group="7-10"), branch=branch)
    RecordFactory(title="Ulduzlar haqqında roman", class_number="894.3", age_group="7-10")
    stored = RecordFactory(title="Pişiklər", class_number="599")
    ItemFactory(record=stored, branch=branch, store="children")
    RecordFactory(title="Ulduzlar böyüklər üçün", class_number="523")
    with searchable(settings):
        yield


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Cırtdan", "Ulduzlar", "Ulduzlar haqqında roman", "Pişiklər"}),
        ("?age=7-10", {"Ulduzlar", "Ulduzlar haqqında roman"}),
        ("?topic=animals", {"Pişiklər"}),
        ("?age=7-10&topic=space", {"Ulduzlar"}),
        ("?q=ulduzlar", {"Ulduzlar", "Ulduzlar haqqında roman"}),
        ("?q=ulduzlar&topic=stories", {"Ulduzlar haqqında roman"}),
        ("?age=50&topic=taxes&page=x", {"Cırtdan", "Ulduzlar", "Ulduzlar haqqında roman", "Pişiklər"}),
        ("?q=roman&age=0-6", set()),
    ],
)
def test_only_books_for_children_are_found(client, shelf, query, titles):
    html = page(client, f"/en/children/books/{query}")
    all_titles = ("Cırtdan", "Ulduzlar", "Ulduzlar haqqında roman", "Pişiklər", "Ulduzlar böyüklər üçün")
    assert {title for title in all_titles if f">{title}</a>" in html} == titles
    assert ("Nothing found" in html) == (not titles)


def test_the_door_has_only_what_has_books(client, shelf):
    html = page(client, "/en/children/")
    for words in ("How old are you?", "Up to 6 years", "7 to 10 years", "Fairy tales", "Space", "Animals"):
        assert words in html
    assert "15 to 18 years" not in html and "My body" not in html
    assert "For parents" in html


def test_a_chosen_tile_is_marked_and_takes_itself_away(client, shelf):
    html = page(client, "/en/children/books/?age=7-10&topic=space")
    assert html.count('aria-current="true"') >= 2
    assert 'href="/en/children/books/?topic=space"' in html and 'href="/en/children/books/?age=7-10"' in html


def test_few_queries(client, shelf, django_assert_max_num_queries):
    page(client, "/en/children/")
    with django_assert_max_num_queries(8):
        page(client, "/en/children/")


def test_nobody_pages_deeper_than_the_search(client, shelf):
    page(client, "/en/children/books/?page=999999")


def test_without_books_or_without_search_the_door_says_so(client, settings):
    assert "resting" in page(client, "/en/children/", 503)
    assert "resting" in page(client, "/en/children/books/?q=a", 503)
    with searchable(settings):
        assert "no books for children" in page(client, "/en/children/")


def test_the_results_page_does_not_count_it(client, shelf):
    assert "any/space" not in page(client, "/en/catalogue/?q=ulduzlar")
