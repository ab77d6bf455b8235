"""Lists that staff put together: records in the order given, with notes; what is gone is passed over."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from catalog_pages.lists.blocks import ListOfBooksBlock
from catalog_pages.models import ListPage
from home.models import HomePage
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings):
    locale = Locale.objects.get_or_create(language_code="en")[0]
    page = Page.get_first_root_node().add_child(
        instance=HomePage(title="Home", slug="home-en", locale=locale)
    )
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": page})
    return page


def block(record, note=""):
    return {"type": "record", "value": {"record": getattr(record, "pk", record), "note": note}}


def make_list(home, *body, **fields):
    page = ListPage(title="Winter tales", slug="winter", locale=home.locale, body=json.dumps(body), **fields)
    return home.add_child(instance=page)


def shown(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("layout", ListPage.Layout.values)
def test_records_stand_in_their_order_with_heading_text_and_note(client, home, layout):
    one, two = RecordFactory(title="First book"), RecordFactory(title="Second book")
    ItemFactory(record=two)
    page = make_list(
        home,
        {"type": "heading", "value": "Begin here"},
        {"type": "text", "value": "<p>Read <b>aloud</b>.</p>"},
        block(two, "Short & <good>"),
        block(one),
        layout=layout,
        intro="For long evenings",
    )
    html = shown(client, page)
    places = [html.index(words) for words in ("Begin here", "Read <b>", "Second book", "First book")]
    assert places == sorted(places)
    assert "Short &amp; &lt;good&gt;" in html and "For long evenings" in html and "2 titles" in html
    assert "On the shelf" in html


def test_records_that_are_gone_are_passed_over(client, home):
    record, gone = RecordFactory(title="Still here"), RecordFactory()
    page = make_list(home, block(gone), block(record), block(999_999))
    gone.delete()
    html = shown(client, page)
    assert "Still here" in html and "1 title" in html
    assert ListPage.objects.get().record_ids == [record.pk]


def test_an_empty_list_says_so(client, home):
    assert "nothing on this list yet" in shown(client, make_list(home))


def test_a_long_list_takes_no_more_queries_than_a_short_one(client, home, django_assert_max_num_queries):
    records = RecordFactory.create_batch(60)
    page = make_list(home, *(block(record) for record in records))
    shown(client, page)
    with django_assert_max_num_queries(25):
        shown(client, page)


def test_lists_are_found_in_the_catalogue(client, home):
    make_list(home, intro="For long evenings")
    html = client.get("/en/catalogue/lists/").content.decode()
    assert "Winter tales" in html and "For long evenings" in html and "Most read" not in html
    ListPage.objects.update(live=False)
    assert "Winter tales" not in client.get("/en/catalogue/lists/").content.decode()


def test_the_home_page_shows_the_first_of_a_list(home):
    records = [RecordFactory(title=f"Book {number}") for number in range(5)]
    page = make_list(home, *(block(record) for record in records))
    child = ListOfBooksBlock()
    value = child.to_python({"list_page": page.pk, "title": "", "number": 3})
    html = child.render(value)
    assert "Winter tales" in html and "Book 2" in html and "Book 3" not in html
    page.live = False
    page.save()
    assert child.render(child.to_python({"list_page": page.pk, "title": "", "number": 3})).strip() == ""


def test_staff_write_a_list_with_the_chooser(client, home):
    client.force_login(UserFactory(is_superuser=True))
    record = RecordFactory(title="Chosen one")
    page = make_list(home, block(record))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Chosen one" in html and "choose-record" in html
