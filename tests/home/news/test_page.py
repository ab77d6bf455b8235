import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from home.models import NewsCategory, NewsPage, NewsPhotograph
from home.sources import NewsSource, PageSource
from search.models import OutboxEntry
from tests.factories.catalog_pages import RecordFactory
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory
from tests.factories.news import make_category, make_news, make_news_index, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    return make_site()


@pytest.fixture
def index(homes):
    return make_news_index(homes["en"])


def test_a_news_item_shows_everything_it_has(client, index):
    branch, category = BranchFactory(code="north"), make_category("Readings")
    page = make_news(
        index, "An evening", text="We read <b>together</b>.", intro="For everybody.", author="Children's department",
        date=date(2026, 5, 1), categories=[category], branch=branch, picture=make_picture(credit="Our archive"),
        picture_text="People at a table",
    )  # fmt: skip
    page.gallery.add(
        NewsPhotograph(picture=make_picture(), alternative_text="The lamp", caption="The old lamp")
    )
    page.save()
    html = client.get(page.url).text
    for words in (
        "<h1>An evening</h1>", "<b>together</b>", "For everybody.", "Children&#x27;s department", "1 May 2026",
        'href="/en/news/category/readings/"', 'href="/en/branches/north/"', 'alt="People at a table"', "Our archive",
        'alt="The lamp"', "The old lamp", "https://t.me/share/url?url=http%3A%2F%2Ftestserver%2Fen%2Fnews%2Fan-evening",
    ):  # fmt: skip
        assert words in html, words
    assert "<script>" not in html


def test_related_are_those_chosen_then_news_of_the_same_categories(client, homes, index):
    category, other = make_category("Readings"), make_category("Repairs")
    chosen = make_news(index, "Chosen", categories=[other])
    make_news(index, "Same category", categories=[category])
    make_news(index, "Elsewhere", categories=[other])
    service = make_page(homes["en"], "Reading room")
    draft = make_news(index, "A draft", live=False)
    record = RecordFactory(title="The Seven Beauties")
    related = [
        {"type": "page", "value": chosen.pk}, {"type": "page", "value": service.pk},
        {"type": "page", "value": draft.pk}, {"type": "record", "value": record.pk},
    ]  # fmt: skip
    page = make_news(index, "An evening", categories=[category], related=json.dumps(related))
    html = client.get(page.url).text
    assert html.index(">Chosen<") < html.index(">Same category<") < html.index(">Reading room<")
    assert "The Seven Beauties" in html
    assert ">Elsewhere<" not in html and ">A draft<" not in html


def test_a_chosen_page_is_shown_in_the_language_of_the_news(client, homes):
    index = make_news_index(homes["az"])
    service = make_page(homes["az"], "Oxu zalı")
    translated = service.copy_for_translation(homes["ru"].locale)
    translated.title, translated.live = "Читальный зал", True
    translated.save()
    related = json.dumps([{"type": "page", "value": service.pk}])
    page = make_news(index, "Xəbər", related=related)
    other = page.copy_for_translation(homes["ru"].locale, copy_parents=True)
    other.live = True
    other.save()
    assert "Читальный зал" in client.get(other.url).text
    assert "Oxu zalı" in client.get(page.url).text


def test_a_news_item_needs_few_queries(client, index, django_assert_max_num_queries):
    category = make_category("Readings")
    for number in range(5):
        make_news(index, f"Item {number}", categories=[category])
    page = make_news(
        index, "An evening", categories=[category], picture=make_picture(), picture_text="A table"
    )
    for _number in range(6):
        page.gallery.add(NewsPhotograph(picture=make_picture(), alternative_text="A lamp"))
    page.save()
    client.get(page.url)
    with django_assert_max_num_queries(30):
        client.get(page.url)


@pytest.mark.parametrize(
    ("values", "summary"),
    [
        ({"intro": "An introduction.", "text": "A text."}, "An introduction."),
        ({"search_description": "For machines.", "text": "A text."}, "For machines."),
        ({"text": "A text &amp; more."}, "A text & more."),
        ({}, ""),
    ],
)
def test_the_summary_is_the_introduction_or_how_the_text_begins(index, values, summary):
    assert make_news(index, "An evening", **values).summary == summary


def test_structured_data_is_that_of_a_news_article(index):
    page = make_news(index, "An evening", text="Words.", date=date(2026, 5, 1), picture=make_picture())
    data = page.structured_data(RequestFactory().get("/"))
    assert data["@type"] == "NewsArticle" and data["headline"] == "An evening"
    assert data["datePublished"] == "2026-05-01" and data["inLanguage"] == "en"
    assert data["url"] == "http://localhost:8000/en/news/an-evening/"
    assert data["image"][0].startswith("http://localhost:8000/media/")


def test_news_are_found_as_news_and_not_as_pages(index):
    page = make_news(index, "Gecə", text="Words of the evening", categories=[make_category("Readings")])
    assert page.pk in NewsSource().ids_after(0, 99) and page.pk not in PageSource().ids_after(0, 99)
    (document,) = NewsSource().documents([page.pk])
    assert document.id == f"news:{page.pk}" and document.kind == "news"
    assert {"Readings", "Words of the evening"} <= set(document.notes)
    OutboxEntry.objects.all().delete()
    page.save_revision().publish()
    assert OutboxEntry.objects.filter(source="news", object_id=page.pk).exists()


@pytest.mark.parametrize("slug", ["2026", "1"])
def test_an_address_of_digits_belongs_to_the_archive(index, slug):
    with pytest.raises(ValidationError, match="archive"):
        NewsPage(title="Words", slug=slug, path="x", depth=4, locale=index.locale).clean()


@pytest.mark.parametrize(
    ("names", "slug"),
    [({"en": "New books"}, "new-books"), ({"az": "Tədbirlər"}, "tedbirler"), ({"ka": "სიახლე"}, None)],
)
def test_a_category_gets_an_address_from_its_name(names, slug):
    with translation.override(next(iter(names))):
        category = NewsCategory(name=names)
        category.full_clean()
    assert category.slug == slug if slug else category.slug.isascii() and category.slug


def test_a_second_category_of_the_same_address_is_refused():
    make_category("Readings")
    with pytest.raises(ValidationError, match="already"):
        make_category("Readings")


FORM = {
    "title": "An evening", "slug": "an-evening", "intro": "", "date": "2026-05-01", "picture_text": "",
    "author": "", "pinned_until": "", "body-count": "0", "related-count": "0",
    "gallery-TOTAL_FORMS": "0", "gallery-INITIAL_FORMS": "0", "gallery-MIN_NUM_FORMS": "0",
    "gallery-MAX_NUM_FORMS": "1000", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "1000", "seo_title": "", "search_description": "",
    "comment_notifications": "",
}  # fmt: skip


@pytest.fixture
def write(client, admin_user, index):
    client.force_login(admin_user)
    address = f"/admin/pages/add/home/newspage/{index.pk}/"
    return lambda **values: client.post(address, FORM | values)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"picture": True}, "Say what is on the picture"),
        ({"picture": True, "picture_text": "  "}, "Say what is on the picture"),
        ({"date": str(timezone.localdate() + timedelta(days=3))}, "still to come"),
        ({"date": "yesterday"}, "error-message"),
        ({"slug": "2026"}, "archive by year"),
        ({"title": ""}, "error-message"),
    ],
)
def test_bad_input_is_told_and_nothing_is_published(write, values, words):
    if values.get("picture"):
        values = values | {"picture": make_picture().pk}
    response = write(**values, **{"action-publish": "1"})
    assert response.status_code == 200 and words in response.text
    assert not NewsPage.objects.filter(live=True).exists()


@pytest.mark.parametrize(
    "values",
    [{}, {"picture": True, "picture_text": "A table"}, {"picture": True, "picture_is_decoration": "on"}],
)
def test_an_item_is_published_with_few_fields(client, write, values):
    if values.get("picture"):
        values = values | {"picture": make_picture().pk}
    assert write(**values, **{"action-publish": "1"}).status_code == 302
    assert client.get("/en/news/an-evening/").status_code == 200


def test_a_draft_may_lack_the_words_of_its_picture(write):
    assert write(picture=make_picture().pk).status_code == 302
    assert not NewsPage.objects.get(alias_of=None).live


def test_an_item_that_is_not_saved_yet_is_previewed(client, write, index):
    make_news(index, "Same category", categories=[make_category("Readings")])
    address = f"/admin/pages/add/home/newspage/{index.pk}/preview/"
    values = {"categories": NewsCategory.objects.get().pk, "picture": make_picture().pk}
    assert client.post(address, FORM | values).json()["is_valid"]
    html = client.get(address).text
    assert "<h1>An evening</h1>" in html and "Same category" in html


@pytest.mark.parametrize(("language", "has_vk"), [("ru", True), ("kk", True), ("ka", False), ("en", False)])
def test_share_links_are_plain_addresses(language, has_vk):
    template = Template(
        "{% load sharing %}{% share_links title address as links %}"
        "{% for link in links %}{{ link.address|safe }} {% endfor %}"
    )
    with translation.override(language):
        text = template.render(Context({"title": "A & B «ə»", "address": "https://l.example/az/?a=1&b=2"}))
    addresses = text.split()
    assert all(
        "A%20%26%20B%20%C2%AB%C9%99%C2%BB" in address for address in addresses if "facebook" not in address
    )
    assert all("https%3A%2F%2Fl.example%2Faz%2F%3Fa%3D1%26b%3D2" in address for address in addresses)
    assert ("vk.com" in text) is has_vk
