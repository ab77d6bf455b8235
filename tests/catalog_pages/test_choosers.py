"""Staff choose records by the search: title, author, year and cover in the rows, a page at a time."""

import json

import pytest
from django.urls import reverse

from catalog_pages.choosers import PER_PAGE, RecordChooserBlock, record_chooser
from catalog_pages.models import Record
from search.service import DEEPEST_HIT
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import UserFactory
from tests.factories.search import searchable

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
RESULTS = "/admin/catalogue/choose-record/results/"


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def books(settings):
    for number in range(PER_PAGE + 2):
        RecordFactory(title=f"Qarabağ tarixi {number}", authors=["Cavanşir, Mirzə Camal"], year=1950 + number)
    RecordFactory(title="Fuzzy sets", authors=["Zadeh, Lotfi"], year=1965)
    with searchable(settings):
        yield


def rows(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("words", ["fuzzy sets", "zadeh", "ZADEH fuzzy"])
def test_a_record_is_found_by_words_of_title_and_author(staff, books, words):
    html = rows(staff, f"{RESULTS}?q={words}")
    assert "Fuzzy sets" in html and "Zadeh, Lotfi" in html and "1965" in html
    assert '<svg class="cover' in html and "Qarabağ" not in html


def test_the_address_of_a_record_finds_it(staff, books):
    found = Record.objects.get(title="Fuzzy sets")
    html = rows(staff, f"{RESULTS}?q=http://localhost{found.get_absolute_url()}")
    assert "Fuzzy sets" in html and "Qarabağ" not in html


def test_rows_come_in_pages_and_take_few_queries(staff, books, django_assert_max_num_queries):
    first = rows(staff, f"{RESULTS}?q=qarabağ")  # also warms what is kept
    with django_assert_max_num_queries(12):
        second = rows(staff, f"{RESULTS}?q=qarabağ&p=2")
    assert first.count('<svg class="cover ') == PER_PAGE and second.count('<svg class="cover ') == 2
    assert f"There are {PER_PAGE + 2} matches" in first


@pytest.mark.parametrize("number", ["0", "x", "-3", "99999999999", "٣"])
def test_a_page_that_is_none_shows_the_first(staff, books, number):
    assert '<svg class="cover' in rows(staff, f"{RESULTS}?p={number}")


def test_no_page_lies_deeper_than_the_search(staff, books):
    assert staff.get(f"{RESULTS}?p={DEEPEST_HIT // PER_PAGE + 1}").status_code == 404


def test_without_a_search_the_window_says_so(staff):
    RecordFactory()
    assert "not available" in rows(staff, RESULTS)
    assert "not available" in rows(staff, f"{RESULTS}?q=book")


def test_what_was_chosen_is_named_by_title_author_and_year(staff):
    record = RecordFactory(title="Fuzzy sets", authors=["Zadeh, Lotfi"], year=1965)
    answer = json.loads(staff.get(reverse("record_chooser:chosen", args=[record.pk])).content)
    assert answer["result"]["id"] == str(record.pk)
    assert answer["result"]["title"] == "Fuzzy sets · Zadeh, Lotfi · 1965"
    assert staff.get(reverse("record_chooser:chosen", args=[record.pk + 1])).status_code == 404


def test_several_are_chosen_in_their_order(staff):
    one, two = RecordFactory(), RecordFactory()
    address = reverse("record_chooser:chosen_multiple")
    answer = json.loads(staff.get(f"{address}?id={two.pk}&id={one.pk}&id=x").content)
    assert [chosen["id"] for chosen in answer["result"]] == [str(two.pk), str(one.pk)]


def test_readers_choose_nothing(client):
    assert client.get(RESULTS).status_code == 302


def test_forms_and_blocks_use_it():
    record = RecordFactory(title="Fuzzy sets")
    widget = record_chooser.widget_class()
    assert "Fuzzy sets" in widget.render("record", record.pk, {"id": "record"})
    block = RecordChooserBlock()
    assert block.bulk_to_python([record.pk, record.pk + 1]) == [record, None]
