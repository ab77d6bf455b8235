"""Newsletters: by year, as a feed, each with its file."""

from datetime import date

import pytest
from lxml import etree
from wagtail.models import Collection, CollectionViewRestriction

from home.models import NewsletterPage
from tests.factories.blocks import make_document, stream
from tests.factories.home import make_site
from tests.factories.press import make_newsletters

pytestmark = pytest.mark.django_db

DAYS = (date(2024, 3, 1), date(2025, 3, 1), date(2025, 9, 1))


def test_the_latest_year_stands_first_and_others_in_the_archive(client):
    index = make_newsletters(make_site()["en"], *DAYS)
    html = client.get(index.url).text
    assert html.index("Letter 3") < html.index("Letter 2") and "Letter 1" not in html
    assert "Summary 3" in html and "No. 3" in html
    assert f'href="{index.url}archive/2024/"' in html
    old = client.get(f"{index.url}archive/2024/")
    assert "Letter 1" in old.text and "Letter 2" not in old.text


@pytest.mark.parametrize("below", ["archive/1999/", "archive/0/", "archive/99999999/", "archive/x/", "rss"])
def test_what_is_not_there_is_not_found(client, below):
    index = make_newsletters(make_site()["en"], *DAYS)
    assert client.get(index.url + below).status_code in (404, 301)
    assert client.get(f"{index.url}{below}/".replace("//", "/")).status_code in (404, 200)


def test_an_empty_list_says_so(client):
    index = make_newsletters(make_site()["en"])
    assert "There is no issue yet." in client.get(index.url).text
    assert client.get(f"{index.url}rss/").status_code == 200


def test_drafts_and_shut_issues_stand_nowhere(client):
    index = make_newsletters(make_site()["en"], *DAYS)
    NewsletterPage.objects.filter(issue="No. 3").update(live=False)
    assert "Letter 3" not in client.get(index.url).text
    assert "Letter 3" not in client.get(f"{index.url}rss/").text


def test_the_feed_has_the_latest_issues(client):
    index = make_newsletters(make_site()["en"], *DAYS)
    response = client.get(f"{index.url}rss/")
    assert response["Content-Type"].startswith("application/rss+xml")
    channel = etree.fromstring(response.content).find("channel")
    assert channel.findtext("language") == "en"
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["Letter 3", "Letter 2", "Letter 1"]
    assert items[0].findtext("description") == "Summary 3"
    assert items[0].findtext("link").startswith("http")
    assert "01 Sep 2025" in items[0].findtext("pubDate")


def test_an_issue_shows_its_text_its_file_and_the_way_to_others(client):
    document = make_document("Letter", "letter.pdf", b"%PDF" * 300)
    body = stream(("paragraph", "<p>What was new.</p>"))
    index = make_newsletters(make_site()["en"], *DAYS, document=document, body=body)
    html = client.get(index.get_children().get(title="Letter 2").url).text
    assert "What was new." in html and document.url in html and "PDF, 1.2" in html
    assert "← Letter 1" in html and "Letter 3 →" in html
    assert '"PublicationIssue"' in html and "2025-03-01" in html


def test_a_file_that_is_not_for_everybody_is_not_offered(client):
    document = make_document("Letter", "letter.pdf")
    document.collection = Collection.get_first_root_node().add_child(name="For staff")
    document.save()
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    index = make_newsletters(make_site()["en"], *DAYS, document=document)
    issue = index.get_children().first()
    assert document.url not in client.get(index.url).text
    assert document.url not in client.get(issue.url).text


def test_many_issues_cost_no_more_queries_than_one(client, django_assert_max_num_queries):
    home = make_site()["en"]
    index = make_newsletters(
        home, *[date(2025, month, 1) for month in range(1, 13)], document=make_document()
    )
    client.get("/en/branches/")
    with django_assert_max_num_queries(20):
        assert client.get(index.url).text.count("issue-title") == 12
