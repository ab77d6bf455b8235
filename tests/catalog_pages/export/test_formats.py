"""A record in every form, at its address."""

import io
import json

import pymarc
import pytest
from lxml import etree

from catalog_pages.export.formats import FORMATS
from catalog_pages.marc.building import MarcBuilder
from catalog_pages.services import WholeMarc, write_marc
from tests.factories.catalog_pages import RecordFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def novel():
    """A record whose MARC repeats a field out of order and holds signs of three scripts."""
    builder = MarcBuilder("n1")
    builder.fixed(year="1986", language="rus")
    builder.add("245", "10", a="Поле & <луг>", c="ქალი")
    builder.add("700", "1 ", a="Ə")
    builder.add("500", a="one")
    builder.add("700", "1 ", a="B")
    record = RecordFactory(
        control_number="n1", title="Поле & <луг>", subtitle="50% {даром}", authors=["Әлі, Айгүл", "Bey, B."],
        language="rus", year=1986, place="Москва", publisher="Наука", isbns=["9785000000007"], series="Ряд",
        subjects=["Луга", "Поля"], notes=["первая\nстрока"], edition="2-е изд.",
    )  # fmt: skip
    write_marc([record], [WholeMarc(builder.iso2709(), "0" * 64)])
    return record


def fetch(client, record, form):
    response = client.get(f"/catalogue/{record.pk}.{form}")
    assert response.status_code == 200, form
    return response


def test_marc_comes_out_as_it_came_in_whatever_the_form(client, novel):
    raw = fetch(client, novel, "mrc").content
    assert raw == novel.marc_source.iso2709
    expected = pymarc.Record(data=raw).as_dict()
    assert [next(iter(field)) for field in expected["fields"]] == ["001", "008", "245", "700", "500", "700"]
    assert json.loads(fetch(client, novel, "json").content) == expected
    (from_xml,) = pymarc.parse_xml_to_array(io.BytesIO(fetch(client, novel, "xml").content))
    assert from_xml.as_dict()["fields"] == expected["fields"]


def test_a_record_without_marc_is_given_what_its_columns_hold(client):
    record = RecordFactory(title="Only columns", authors=["One, A.", "Two, B."], year=None, isbns=["1\x1e2"])
    marc = pymarc.Record(data=fetch(client, record, "mrc").content)
    assert marc["245"]["a"] == "Only columns" and marc["700"]["a"] == "Two, B." and marc["020"]["a"] == "12"


def test_reference_managers_get_their_lines(client, novel):
    ris = fetch(client, novel, "ris").content.decode().split("\r\n")
    assert ris[0] == "TY  - BOOK" and "ER  - " in ris
    assert "AU  - Әлі, Айгүл" in ris and "PY  - 1986" in ris and "N1  - первая строка" in ris
    bib = fetch(client, novel, "bib").content.decode()
    assert (
        bib.startswith("@book{") and r"50\% \{даром\}" in bib and "author = {Әлі, Айгүл and Bey, B.}" in bib
    )


@pytest.mark.parametrize(
    ("form", "path", "values"),
    [
        ("dc", "//dc:creator/text()", ["Әлі, Айгүл"]),
        ("dc", "//dc:subject/text()", ["Луга", "Поля"]),
        ("mods", "//m:mods/@version", ["3.7"]),
        ("mods", "//m:titleInfo/m:title/text()", ["Поле & <луг>", "Ряд"]),
        ("mods", "//m:namePart/text()", ["Әлі, Айгүл", "Bey, B."]),
        ("mods", "//m:identifier[@type='isbn']/text()", ["9785000000007"]),
    ],
)
def test_xml_says_what_the_record_says(client, novel, form, path, values):
    tree = etree.fromstring(fetch(client, novel, form).content)
    names = {"dc": "http://purl.org/dc/elements/1.1/", "m": "http://www.loc.gov/mods/v3"}
    found = tree.xpath(path, namespaces=names)
    assert [value for value in found if value in values] == values


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_bears_control_characters_and_is_not_sent_twice(client, form):
    record = RecordFactory(title="Bad \x0b\x1f sign \ufffe", subjects=["\x01"], place="\x08")
    response = fetch(client, record, form)
    assert response.headers["Content-Type"].startswith(FORMATS[form].media_type)
    if form in ("xml", "dc", "mods"):
        etree.fromstring(response.content)
    again = client.get(f"/catalogue/{record.pk}.{form}", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/catalogue/1.mrc", "/catalogue/99999999999999999999.xml"])
def test_no_such_record(client, address):
    assert client.get(address).status_code == 404


def test_no_such_form_and_addresses_with_a_language(client, novel):
    assert client.get(f"/catalogue/{novel.pk}.exe").status_code == 404
    response = client.get(f"/en/catalogue/{novel.pk}.ris")
    assert response.status_code == 301 and response.headers["Location"] == f"/catalogue/{novel.pk}.ris"


def test_the_page_of_a_record_leads_to_its_forms(client, novel):
    html = client.get(f"/en/catalogue/{novel.pk}/").content.decode()
    for form, details in FORMATS.items():
        assert f'<a href="/catalogue/{novel.pk}.{form}"' in html
        assert f'type="{details.media_type}"' in html
