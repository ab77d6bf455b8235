"""SRU as other programs use it; zoomsh of YAZ is one of them."""

import re
import shutil
import subprocess

import pytest
from lxml import etree

from catalog_pages.headings import count_changes
from catalog_pages.services import note_headings
from catalog_pages.sru.cql import Clause, Joined, SortKey, parse
from catalog_pages.sru.diagnostics import Diagnostic
from tests.conftest import missing
from tests.factories.catalog_pages import RecordFactory
from tests.factories.search import searchable

NAMES = {
    "s": "http://www.loc.gov/zing/srw/", "d": "http://www.loc.gov/zing/srw/diagnostic/",
    "m": "http://www.loc.gov/MARC21/slim", "t": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
}  # fmt: skip


def make_records():
    return [
        RecordFactory(
            title=f"Garden number {number}", authors=["Field, Jane" if number < 2 else "Wood, Tom"],
            year=1990 + number, subjects=["Gardens", "Towns"] if number % 2 else ["Gardens"],
            isbns=["9780306406157"] if number == 4 else [], language="rus" if number == 3 else "eng",
        )
        for number in range(5)
    ]  # fmt: skip


@pytest.fixture
def records(db, settings):
    made = make_records()
    with searchable(settings):
        yield made


def ask(client, **parameters):
    response = client.get("/sru", parameters)
    assert response.status_code == 200 and response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


def retrieve(client, query, **parameters):
    return ask(client, version="1.2", operation="searchRetrieve", query=query, **parameters)


def problems(tree):
    return [
        uri.rpartition("/")[2]
        for uri in tree.xpath("//*[local-name()='diagnostic']/*[local-name()='uri']/text()")
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("garden", {0, 1, 2, 3, 4}),
        ('dc.title = "garden number"', {0, 1, 2, 3, 4}),
        ("dc.creator = field", {0, 1}),
        ('dc.creator any "field wood"', {0, 1, 2, 3, 4}),
        ('dc.title exact "Garden number 3"', {3}),
        ("dc.subject all towns and dc.date > 1991", {3}),
        ("dc.date < 1991 or dc.date >= 1994", {0, 4}),
        ('dc.date within "1991 1992"', {1, 2}),
        ("garden not dc.subject = towns", {0, 2, 4}),
        ("garden not (dc.subject = towns or dc.creator = field)", {2, 4}),
        ("bath.isbn = 0-306-40615-2", {4}),
        ("9780306406157", {4}),
        ("dc.language = rus", {3}),
        ("dc.title = gard*", {0, 1, 2, 3, 4}),
        ("cql.allRecords = 1", {0, 1, 2, 3, 4}),
        ("dc.title = nothing", set()),
        ('dc.title = "OR"', set()),
    ],
)
def test_questions_find_what_they_mean(client, records, query, found):
    tree = retrieve(client, query)
    assert problems(tree) == []
    titles = tree.xpath("//m:datafield[@tag='245']/m:subfield[@code='a']/text()", namespaces=NAMES)
    assert {int(title.split()[-1]) for title in titles} == found
    assert tree.findtext("s:numberOfRecords", namespaces=NAMES) == str(len(found))


def test_records_are_found_by_their_number_and_in_order(client, records):
    tree = retrieve(client, f"rec.id = {records[2].pk}", recordSchema="dc")
    assert "Garden number 2" in "".join(tree.itertext())
    tree = retrieve(client, "garden sortby dc.date/sort.descending", startRecord="2", maximumRecords="3")
    titles = tree.xpath("//m:datafield[@tag='245']/m:subfield[@code='a']/text()", namespaces=NAMES)
    assert titles == ["Garden number 3", "Garden number 2", "Garden number 1"]
    assert tree.findtext("s:nextRecordPosition", namespaces=NAMES) == "5"
    tree = retrieve(client, "garden", sortKeys="date,,1", maximumRecords="1", recordPacking="string")
    assert "Garden number 0" in tree.findtext(".//s:recordData", namespaces=NAMES)
    tree = retrieve(client, "garden", maximumRecords="0")
    assert tree.findtext("s:numberOfRecords", namespaces=NAMES) == "5" and not tree.findall(
        "s:records", NAMES
    )


def test_version_two_needs_no_operation_and_explains_itself(client, records):
    tree = ask(client, query="garden", recordSchema="mods")
    assert tree.tag == f"{{{NAMES['t']}}}searchRetrieveResponse"
    assert tree.findtext("t:numberOfRecords", namespaces=NAMES) == "5"
    assert b"dc.title" not in client.get("/sru").content and b">title<" in client.get("/sru").content
    assert ask(client, version="1.1", operation="explain").tag == f"{{{NAMES['s']}}}explainResponse"


def test_headings_are_scanned(client, records):
    note_headings([record.pk for record in records])
    count_changes()
    tree = ask(client, version="1.1", operation="scan", scanClause="dc.creator = g")
    values = tree.xpath("//s:value/text()", namespaces=NAMES)
    assert values == ["Wood, Tom"]
    assert tree.xpath("//s:term/s:numberOfRecords/text()", namespaces=NAMES) == ["3"]


@pytest.mark.parametrize(
    ("parameters", "number"),
    [
        ({"operation": "destroy"}, "4"),
        ({"version": "9"}, "5"),
        ({"startRecord": "0"}, "6"),
        ({"maximumRecords": "-1"}, "6"),
        ({"query": None}, "7"),
        ({"query": ""}, "10"),
        ({"query": "(garden"}, "10"),
        ({"query": '"open'}, "10"),
        ({"query": "garden and"}, "10"),
        ({"query": "dc.colour = red"}, "16"),
        ({"query": "dc.title < a"}, "19"),
        ({"query": "dc.title =/stem a"}, "20"),
        ({"query": "dc.date = soon"}, "24"),
        ({"query": 'dc.title = ""'}, "27"),
        ({"query": "a prox b"}, "37"),
        ({"query": " or ".join("abcdefghijklmnopqrstuvwxyz")}, "38"),
        ({"query": "x" * 3000}, "48"),
        ({"query": "(" * 500}, "13"),
        ({"startRecord": "6"}, "61"),
        ({"startRecord": "20000"}, "61"),
        ({"recordSchema": "onix"}, "66"),
        ({"recordPacking": "zip"}, "71"),
        ({"query": "garden sortby dc.colour"}, "80"),
        ({"operation": "scan"}, "7"),
        ({"operation": "scan", "scanClause": "dc.title = a"}, "16"),
    ],
)
def test_what_cannot_be_met_is_said_by_its_number(client, records, parameters, number):
    asked = {"version": "1.2", "operation": "searchRetrieve", "query": "garden"} | parameters
    tree = ask(client, **{name: value for name, value in asked.items() if value is not None})
    assert problems(tree) == [number]


@pytest.mark.django_db
def test_without_an_index_the_search_is_away(client, settings):
    settings.ELASTICSEARCH_PREFIX = "nothere"
    assert problems(retrieve(client, "garden")) == ["2"]


def test_booleans_are_taken_from_left_to_right():
    tree = parse('a and dc.title any "b c" not d sortBy dc.date/sort.descending dc.title')
    inner = Joined("and", Clause("a"), Clause("b c", "dc.title", "any"))
    assert tree.tree == Joined("not", inner, Clause("d"))
    assert tree.sort == (SortKey("dc.date", True), SortKey("dc.title"))


@pytest.mark.parametrize(
    "text", ["", "   ", "and", "a b", "a = ", ")", "a = (b)", '"\\', "a sortby", "\x00 ="]
)
def test_nonsense_is_a_syntax_error(text):
    with pytest.raises(Diagnostic):
        parse(text)


@pytest.mark.django_db(transaction=True)
def test_zoomsh_gets_marcxml_it_can_read(live_server, settings):
    if not shutil.which("zoomsh"):
        missing("zoomsh of the package yaz is not installed")
    make_records()
    with searchable(settings):
        commands = [
            "set preferredRecordSyntax xml", "set sru get", "set schema marcxml", f"connect {live_server.url}/sru",
            "search cql:dc.creator = field and dc.date >= 1990", "show 0 2", "quit",
        ]  # fmt: skip
        done = subprocess.run(["zoomsh", *commands], capture_output=True, text=True, timeout=60)
    assert "2 hits" in done.stdout, done.stdout + done.stderr
    found = re.findall(r"<record xmlns.*?</record>", done.stdout, re.DOTALL)
    titles = [
        etree.fromstring(text).findtext(".//m:datafield[@tag='245']/m:subfield", namespaces=NAMES)
        for text in found
    ]
    assert sorted(titles) == ["Garden number 0", "Garden number 1"]
