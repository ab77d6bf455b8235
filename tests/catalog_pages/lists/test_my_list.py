"""A reader's own list: named in the address, printed, mailed, taken away; nothing is kept."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog_pages.lists.own import MOST, letter, read_ids
from tests.factories.catalog_pages import RecordFactory


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("3,1,2", [3, 1, 2]),
        (" 3 , 3,x,,-1,0,1.5,٣", [3]),
        ("9" * 30, []),
        (str(2**63), []),
        ("", []),
        ("<script>,7", [7]),
        (",".join(map(str, range(1, 400))), list(range(1, MOST + 1))),
    ],
)
def test_numbers_are_read_from_an_address(text, ids):
    assert read_ids(text) == ids


@pytest.mark.django_db
def test_the_list_is_shown_in_its_order_and_nothing_is_written(client):
    one, two = RecordFactory(title="Book one"), RecordFactory(title="Book two")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(f"/en/catalogue/my-list/?ids={two.pk},{one.pk},999999")
    html = answer.content.decode()
    assert html.index("Book two") < html.index("Book one") and "2 titles" in html
    assert (
        answer.headers["Cache-Control"] == "private, no-store" and answer.headers["X-Robots-Tag"] == "noindex"
    )
    assert not [query for query in queries.captured_queries if not query["sql"].startswith("SELECT")]
    assert not answer.cookies
    assert f"my-list/?ids={two.pk},{one.pk}" in html


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "ris", "bib", "mrc"])
def test_the_list_is_taken_away(client, form):
    records = RecordFactory.create_batch(2)
    html = client.get(f"/en/catalogue/my-list/?ids={records[0].pk},{records[1].pk}").content.decode()
    address = html.split(f'href="/catalogue/export.{form}')[1].split('"')[0].replace("&amp;", "&")
    body = b"".join(client.get(f"/catalogue/export.{form}{address}").streaming_content)
    assert all(record.title.encode() in body for record in records)


@pytest.mark.django_db
def test_a_letter_stays_short_and_always_has_the_address():
    records = RecordFactory.build_batch(MOST, title="Çox uzun sərlövhə " * 5)
    for number, record in enumerate(records, start=1):
        record.pk = number
    address = letter(records)
    assert len(address) < 4000
    body = parse_qs(urlsplit(address).query)["body"][0]
    assert "my-list/?ids=1,2,3" in unquote(body) and "…" in body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "words"),
    [("", "Put a star"), ("?ids=", "None of these records"), ("?ids=999999", "None of these records")],
)
def test_an_empty_list_explains_itself(client, query, words):
    html = client.get(f"/en/catalogue/my-list/{query}").content.decode()
    assert words in html and "We keep no lists" in html
    assert client.post("/en/catalogue/my-list/").status_code == 405
