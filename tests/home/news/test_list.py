import json
from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import etree
from wagtail.models import Page, PageViewRestriction

from home.models import NewsIndexPage, NewsPage
from home.news.lists import archive
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory
from tests.factories.news import make_category, make_news, make_news_index, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    return make_site()


@pytest.fixture
def index(homes):
    return make_news_index(homes["en"], intro="What is new.")


def test_the_list_shows_the_newest_first_with_date_and_sentence(client, index):
    make_news(index, "Older", date=date(2026, 3, 1), text="Text of the older one.")
    make_news(index, "Newer", date=date(2026, 5, 1), intro="An introduction.")
    html = client.get("/en/news/").text
    assert html.index("Newer") < html.index("Older")
    assert "An introduction." in html and "Text of the older one." in html
    assert '<time datetime="2026-05-01">' in html


def test_drafts_and_restricted_news_are_left_out(client, index):
    make_news(index, "Draft", live=False)
    secret = make_news(index, "Secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    html = client.get("/en/news/").text
    assert "Draft" not in html and "Secret" not in html
    assert "No news yet." in html


@pytest.mark.parametrize(
    ("address", "shown", "left_out"),
    [
        ("category/readings/", ["May", "Old"], ["April"]),
        ("branch/north/", ["April"], ["May", "Old"]),
        ("2026/", ["May", "April"], ["Old"]),
        ("2026/05/", ["May"], ["April", "Old"]),
        ("2026/5/", ["May"], ["April", "Old"]),
        ("2025/12/", ["Old"], ["May", "April"]),
    ],
)
def test_the_list_is_narrowed_by_its_addresses(client, index, address, shown, left_out):
    readings, branch = make_category("Readings"), BranchFactory(code="north")
    make_news(index, "News of May", date=date(2026, 5, 31), categories=[readings])
    make_news(index, "News of April", date=date(2026, 4, 30), branch=branch)
    make_news(index, "News of Old", date=date(2025, 12, 31), categories=[readings])
    html = client.get(f"/en/news/{address}").text
    assert all(f"News of {title}</a>" in html for title in shown)
    assert not any(f"News of {title}</a>" in html for title in left_out)
    assert f'rel="canonical" href="http://testserver/en/news/{address.replace("/5/", "/05/")}"' in html


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("2026/13/", 404), ("2026/0/", 404), ("99999/", 404), ("0/", 404), ("category/none/", 404),
        ("branch/none/", 404), ("feed/pdf/", 404), ("1999/", 404), ("category/empty/", 200), ("?page=99", 200),
        ("?page=x", 200),
    ],
)  # fmt: skip
def test_addresses_of_nothing(client, index, address, status):
    make_category("Empty")
    make_news(index, "One", date=date(2026, 5, 1))
    response = client.get(f"/en/news/{address}")
    assert response.status_code == status


def test_an_empty_category_says_so_and_leads_back(client, index):
    make_category("Empty")
    html = client.get("/en/news/category/empty/").text
    assert "No news here yet." in html and 'href="/en/news/"' in html


def test_the_archive_counts_each_month(client, index):
    for day in (date(2026, 5, 1), date(2026, 5, 31), date(2026, 4, 2), date(2024, 1, 1)):
        make_news(index, f"Of {day}", slug=f"of-{day}", date=day)
    years = archive(index)
    assert [(year.year, year.total) for year in years] == [(2026, 3), (2024, 1)]
    assert [(month.path, month.total) for month in years[0].months] == [("2026/05/", 2), ("2026/04/", 1)]
    html = client.get("/en/news/2026/04/").text
    assert "/en/news/2026/05/" in html and "/en/news/2024/01/" in html


def test_pinned_news_stand_first_until_their_day_is_over(client, index):
    today = timezone.localdate()
    make_news(index, "Plain", date=today)
    make_news(index, "Pinned", date=today - timedelta(days=90), pinned_until=today)
    make_news(index, "Once pinned", date=today - timedelta(days=91), pinned_until=today - timedelta(days=1))
    html = client.get("/en/news/").text
    assert html.index(">Pinned<") < html.index(">Plain<") < html.index(">Once pinned<")
    assert html.count(">Pinned<") == 1


def test_long_lists_have_pages(client, index):
    for number in range(15):
        make_news(index, f"Item {number:02}", date=date(2026, 1, number + 1))
    assert "Item 14" in client.get("/en/news/").text
    second = client.get("/en/news/?page=2").text
    assert "Item 02" in second and "Item 14" not in second


def test_a_large_archive_needs_few_queries(client, index, django_assert_max_num_queries):
    branch, category, picture = BranchFactory(), make_category("Readings"), make_picture()
    for number in range(12):
        make_news(
            index, f"Item {number}", date=date(2026, 1, number + 1), intro="One sentence.",
            branch=branch, categories=[category], picture=picture, picture_text="A reading",
        )  # fmt: skip
    client.get("/en/news/")  # pictures are drawn at the first visit
    with django_assert_max_num_queries(20):
        client.get("/en/news/")
    with django_assert_max_num_queries(20):
        client.get("/en/news/2026/01/")


def test_months_are_read_by_the_index_of_dates(index):
    sql = str(NewsPage.objects.in_list(index).of_period(2026, 5).newest_first().query)
    assert "date" in sql and "EXTRACT" not in sql.upper() and "django_date" not in sql


@pytest.mark.parametrize(("form", "kind"), [("rss", "application/rss+xml"), ("atom", "application/atom+xml")])
def test_feeds_of_all_of_a_category_and_of_a_library(client, index, form, kind):
    readings, branch = make_category("Readings"), BranchFactory(code="north")
    make_news(index, "First", categories=[readings], intro="About & more")
    make_news(index, "Second", branch=branch)
    for address, titles in (
        ("", {"First", "Second"}),
        ("category/readings/", {"First"}),
        ("branch/north/", {"Second"}),
    ):
        response = client.get(f"/en/news/{address}feed/{form}/")
        assert response["Content-Type"].startswith(kind)
        assert response["X-Robots-Tag"] == "noindex"
        tree = etree.fromstring(response.content)
        found = tree.xpath("//*[local-name()='item' or local-name()='entry']/*[local-name()='title']/text()")
        assert set(found) == titles
        links = tree.xpath(
            "//*[local-name()='item']/link/text()|//*[local-name()='entry']/*[local-name()='link']/@href"
        )
        assert all(link.startswith("http://localhost:8000/en/news/") for link in links)


def test_a_feed_says_in_which_language_each_entry_is(client, homes):
    index = make_news_index(homes["az"])
    news = make_news(index, "Xəbər")
    news.copy_for_translation(homes["ru"].locale, copy_parents=True, alias=True)
    tree = etree.fromstring(client.get("/ru/news/feed/atom/").content)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert tree.get(lang) == "ru"
    assert [entry.get(lang) for entry in tree.iter("{http://www.w3.org/2005/Atom}entry")] == ["az"]
    rss = client.get("/ru/news/feed/rss/").text
    assert "<language>ru</language>" in rss and "<dc:language>az</dc:language>" in rss


def test_a_language_without_translations_shows_what_there_is(client, homes):
    index = make_news_index(homes["az"])
    make_news(index, "Xəbər").copy_for_translation(homes["ru"].locale, copy_parents=True, alias=True)
    assert 'lang="az"><a class="stretch" href="/ru/news/x' in client.get("/ru/news/").text
    assert "/kk/news/" in client.get("/kk/news/").text


def test_archive_addresses_are_kept_when_the_language_is_changed(client, index):
    make_news(index, "One", date=date(2026, 5, 1))
    assert 'href="/ka/news/2026/05/"' in client.get("/en/news/2026/05/").text


BLOCKS = [{"type": "news", "value": {"title": "What is new", "number": 2}}]


def test_the_home_page_shows_the_newest(client, homes, index):
    for number in range(3):
        make_news(index, f"Item {number}", date=date(2026, 1, number + 1))
    homes["en"].body = json.dumps(BLOCKS)
    homes["en"].save()
    html = client.get("/en/").text
    assert "What is new" in html and "Item 2" in html and "Item 1" in html and "Item 0" not in html


def test_the_block_costs_the_home_page_few_queries(client, homes, index, django_assert_max_num_queries):
    values = {"categories": [make_category("Readings")], "picture": make_picture()}
    for number, pinned in enumerate((None, None, timezone.localdate())):
        make_news(index, f"Item {number}", pinned_until=pinned, **values)
    homes["en"].body = json.dumps(BLOCKS)
    homes["en"].save()
    client.get("/en/")
    with django_assert_max_num_queries(14):
        client.get("/en/")


def test_a_home_page_without_news_has_no_empty_heading(client, homes):
    homes["en"].body = json.dumps(BLOCKS)
    homes["en"].save()
    assert "What is new" not in client.get("/en/").text


def test_any_page_can_show_the_news_of_a_category(client, homes, index):
    readings = make_category("Readings")
    make_news(index, "A reading", categories=[readings])
    make_news(index, "Another thing")
    block = {"type": "news", "value": {"title": "Readings", "number": 3, "category": readings.pk}}
    page = make_page(homes["en"], "Clubs", body=json.dumps([block]))
    html = client.get(page.url).text
    assert "A reading" in html and "Another thing" not in html
    assert 'href="/en/news/category/readings/"' in html


def test_lists_stand_below_home_and_sections_only():
    assert {model.__name__ for model in NewsIndexPage.allowed_parent_page_models()} == {
        "HomePage",
        "SectionPage",
    }
    assert NewsPage.allowed_parent_page_models() == [NewsIndexPage]
    assert not NewsPage.can_exist_under(Page.get_first_root_node())
