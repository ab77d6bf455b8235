"""Whatever is sent to the public search addresses: an ordinary page or a plain refusal, and soon."""

import time
from urllib.parse import quote

import pytest

from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db

SECONDS = 0.2

ADDRESSES = (
    "/en/search/",
    "/en/search/?kind=page&",
    "/en/search/suggest",
    "/en/catalogue/",
    "/en/catalogue/facet/author/",
    "/en/catalogue/facet/branch/",
    "/en/catalogue/browse/authors/",
    "/en/catalogue/shelf/",
    "/en/branches/",
)
TYPED = {
    "10,000 characters": "a" * 10_000,
    "10,000 characters of Cyrillic": "қ" * 10_000,
    "10,000 characters in words": "söz " * 2_500,
    "10,000 emoji": "🙂" * 10_000,
    "500 clauses": " OR ".join(f"söz{number}" for number in range(500)),
    "500 exclusions": " ".join(f"-söz{number}" for number in range(500)),
    "500 beginnings": " ".join(f"ab{number}*" for number in range(500)),
    "5 beginnings": " ".join(f"ab{number}*" for number in range(5)),
    "500 fields": " ".join(f"title:söz{number}" for number in range(500)),
    "one quotation mark": '"',
    "many quotation marks": '"' * 999,
    "an open phrase": 'title:"seven beauties',
    "open parentheses": "(" * 500 + "a",
    "nested parentheses": "(" * 200 + "a" + ")" * 200,
    "nested exclusions": "NOT " * 200 + "a",
    "control characters": "a\x00\x01\x1b[31m\x7f\x85b",
    "NUL alone": "\x00",
    "right to left": "\u202eabc\u202c \u2067x\u200f",
    "only invisible": "\u202e\u200b\u2060\ufeff",
    "Lucene": r'+a -b && c || !d (e) {f} [g] ^2 "h"~3 i* j? k\: l/m/ n~',
    "SQL": "'; DROP TABLE catalog_pages_record; -- \" OR 1=1 /* % _",
    "HTML": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "template": "{{ 7|add:7 }}{% debug %}${7*7}%0d%0aSet-Cookie:x",
    "regular expression": "(a+)+$.*[^a]{1,99999}\\",
    "combining marks": "a" + "\u0301" * 5_000,
    "one letter with a star": "a*",
    "a star": "*",
    "an endless year": "year:99999999999999999999 OR year:[* TO *]",
    "classes": "class:[0 TO 999999] class:* class:[z TO a]",
    "unknown field": "colour:red",
    "unknown language": "language:klingon dil:🙂",
    "wide and odd letters": "ＡＢＣ ﷺ ß ŉ ǆ İ ı 𝔞 \U0001d7d8",
}
PARAMETERS = (
    "page=1000000000", "page=-1", "page=0", "page=abc", "page=1e9", "page=%00", "page=٣",
    "page=²", "page=" + "9" * 5_000,
    "sort=unknown", "sort=%00", "sort=title&sort=author", "order=unknown&at=1000000000", "at=abc", "find=%22%00*",
    "colour=red", "language=zzz", "language=%00", "branch=nowhere", "author=" + "x" * 5_000, "year=abc", "year=-",
    "year=²",
    "year_from=99999999999999999999&year_to=-5", "year_from=%00", "available=maybe", "kind=unknown", "kind=%00",
    "literal=maybe", "material=book&" * 200, "q=a&q=b", "q[]=a", "%00=a", "q=%ff%fe%f0", "q=%ED%A0%80", "&&&===", "q",
)  # fmt: skip


@pytest.fixture
def site(settings, django_db_blocker):
    homes = make_site()
    make_page(homes["en"], "Seven beauties in the reading room")
    branch = BranchFactory(code="central", name={"en": "Central library"})
    for number in range(5):
        ItemFactory(record=RecordFactory(title=f"Seven beauties {number}", authors=["Nizami"]), branch=branch)
    settings.RATE_LIMITS = {}
    with searchable(settings):
        yield


def answer(client, address):
    """The status, having come soon: the quicker of two tries, for the machine may be busy with something else."""
    taken = []
    for _try in range(3):
        started = time.thread_time()
        response = client.get(address)
        taken.append(time.thread_time() - started)
        if taken[-1] <= SECONDS:
            break
    assert min(taken) <= SECONDS, f"{min(taken):.2f} s: {address[:80]}"
    return response


def joined(address, query):
    return f"{address}{'' if address.endswith('&') else '?'}{query}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_is_typed_gets_an_ordinary_page(client, site, address):
    client.get(address)
    wrong = {}
    for name, typed in TYPED.items():
        response = answer(client, joined(address, f"q={quote(typed)}"))
        if response.status_code not in (200, 302):
            wrong[name] = response.status_code
        assert b"<script>alert" not in response.content and b"onerror=alert(1)>" not in response.content
        assert len(response.content) < 500_000, name
    assert not wrong


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_stands_in_the_address_gets_a_page_or_a_plain_refusal(client, site, address):
    client.get(address)
    wrong = {}
    for words in ("", "q=seven&"):
        for parameters in PARAMETERS:
            response = answer(client, joined(address, words + parameters))
            if response.status_code not in (200, 302, 400, 404):
                wrong[words + parameters] = response.status_code
    assert not wrong


@pytest.mark.parametrize("address", ["/en/catalogue/", "/en/search/?kind=page&"])
def test_a_page_far_behind_the_last_is_refused(client, site, address):
    assert answer(client, joined(address, "q=seven&page=1000000000")).status_code == 400


@pytest.mark.parametrize("name", ["colour", "year", "..", "author%00", "x" * 300])
def test_unknown_facets_have_no_page(client, site, name):
    assert answer(client, f"/en/catalogue/facet/{name}/").status_code == 404
