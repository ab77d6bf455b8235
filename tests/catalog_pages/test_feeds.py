"""Searches as feeds, and how programs learn of them."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from lxml import etree

from tests.factories.catalog_pages import RecordFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_a_search_is_followed_by_its_feed(client, settings):
    for number in range(3):
        RecordFactory(title=f"Garden {number} \x0b", language="rus" if number else "eng")
    RecordFactory(title="Elsewhere")
    with searchable(settings):
        response = client.get("/en/catalogue/feed.atom?q=garden&language=rus")
        tree = etree.fromstring(response.content)
        assert response.headers["Content-Type"].startswith("application/atom+xml")
        titles = tree.xpath("//a:entry/a:title/text()", namespaces=ATOM)
        assert sorted(title.strip() for title in titles) == ["Garden 1", "Garden 2"]
        assert "language=rus" in tree.find("a:link[@rel='alternate']", ATOM).get("href")
        rss = etree.fromstring(client.get("/en/catalogue/feed.rss?q=garden").content)
        assert len(rss.findall(".//item")) == 3
        assert client.get("/en/catalogue/feed.exe").status_code == 404


def test_a_feed_says_when_the_search_is_away(client, settings):
    settings.ELASTICSEARCH_PREFIX = "nothere"
    assert client.get("/en/catalogue/feed.atom").status_code == 503


def test_browsers_learn_to_search_here(client):
    response = client.get("/opensearch.xml")
    tree = etree.fromstring(response.content)
    templates = tree.xpath("//o:Url/@template", namespaces=OPENSEARCH)
    assert templates[0] == "http://localhost:8000/az/catalogue/?q={searchTerms}" and len(templates) == 3
    assert len(tree.findtext("o:ShortName", namespaces=OPENSEARCH)) <= 16


def test_the_page_of_a_record_is_understood_by_reference_managers(client):
    record = RecordFactory(title='A & "B"', authors=["One, A.", "Two, B."], year=1999)
    html = client.get(f"/en/catalogue/{record.pk}/").content.decode()
    values = parse_qs(unescape(html.split('class="Z3988" title="')[1].split('"')[0]))
    assert values["rft.btitle"] == ['A & "B"'] and values["rft.au"] == ["One, A.", "Two, B."]
    assert 'href="/opensearch.xml"' in html


@pytest.mark.parametrize(
    ("material", "form", "genre", "title"),
    [
        ("book", "book", "book", "btitle"),
        ("periodical", "journal", "journal", "jtitle"),
        ("article", "journal", "article", "atitle"),
        ("map", "book", "document", "btitle"),
    ],
)
def test_each_kind_is_an_openurl_of_its_form(client, settings, material, form, genre, title):
    """The words of the formats info:ofi/fmt:kev:mtx:book and …:journal, on the record's page and in the results."""
    record = RecordFactory(material=material, title="Garden", edition="2nd", issns=["0378-5955"])
    pages = [client.get(f"/en/catalogue/{record.pk}/")]
    with searchable(settings):
        pages.append(client.get("/en/catalogue/?q=garden"))
    for response in pages:
        (coins,) = re.findall(r'class="Z3988" title="([^"]*)"', response.content.decode())
        values = parse_qs(unescape(coins), strict_parsing=True)
        assert values["ctx_ver"] == ["Z39.88-2004"]
        assert values["rft_val_fmt"] == [f"info:ofi/fmt:kev:mtx:{form}"]
        assert (values["rft.genre"], values[f"rft.{title}"]) == ([genre], ["Garden"])
        assert ("rft.edition" in values) is (form == "book")
        assert values["rft.issn"] == ["0378-5955"]


@pytest.mark.parametrize(
    "address", ["/oai", "/sru", "/catalogue/1.mrc", "/catalogue/export.csv?id=1", "/en/catalogue/feed.atom"]
)
def test_whoever_asks_without_end_is_asked_to_wait(client, settings, address):
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (1, 1))
    settings.RATE_LIMIT_MODE, settings.RATE_LIMIT_ALLOW = "on", []
    settings.ELASTICSEARCH_PREFIX = "nothere"
    assert 429 in [client.get(address).status_code for _time in range(4)]
