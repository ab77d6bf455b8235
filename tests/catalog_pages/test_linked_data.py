"""What pages say as JSON-LD, held against the vocabulary of schema.org: types, where properties belong, values.

The tables hold the terms that we use, as schema.org defines them (version 29): a new term must be added here.
"""

import json
import re

import pytest

from catalog_pages.citations import linked_data
from catalog_pages.models import Material, Record
from catalog_pages.shelf import Holdings
from library.models import Authority, AuthorityIdentifier
from tests.factories.catalog_pages import ItemFactory, RecordFactory

# Each type with the one it is a kind of.
TYPES = {
    "Thing": "", "CreativeWork": "Thing", "Book": "CreativeWork", "Article": "CreativeWork", "Map": "CreativeWork",
    "CreativeWorkSeries": "CreativeWork", "Periodical": "CreativeWorkSeries", "MusicComposition": "CreativeWork",
    "SheetMusic": "CreativeWork", "MediaObject": "CreativeWork", "AudioObject": "MediaObject",
    "VideoObject": "MediaObject", "VisualArtwork": "CreativeWork", "Manuscript": "CreativeWork",
    "Person": "Thing", "Organization": "Thing", "LocalBusiness": "Organization", "Library": "LocalBusiness",
    "Place": "Thing", "Intangible": "Thing", "Offer": "Intangible", "DefinedTerm": "Intangible",
    "StructuredValue": "Intangible", "GeoCoordinates": "StructuredValue",
}  # fmt: skip
# Each property: the types it belongs to, and what its value may be.
PROPERTIES = {
    "name": ("Thing", "Text"), "url": ("Thing", "URL"), "alternateName": ("Thing", "Text"),
    "description": ("Thing", "Text"), "sameAs": ("Thing", "URL"),
    "alternativeHeadline": ("CreativeWork", "Text"), "author": ("CreativeWork", "Person Organization"),
    "datePublished": ("CreativeWork", "Date"), "publisher": ("CreativeWork", "Organization Person"),
    "inLanguage": ("CreativeWork", "Language"), "about": ("CreativeWork", "Thing"),
    "offers": ("CreativeWork", "Offer"), "isbn": ("Book", "ISBN"), "issn": ("CreativeWorkSeries", "ISSN"),
    "availability": ("Offer", "ItemAvailability"), "businessFunction": ("Offer", "BusinessFunction"),
    "price": ("Offer", "Number"), "offeredBy": ("Offer", "Organization Person"), "geo": ("Place", "GeoCoordinates"),
    "latitude": ("GeoCoordinates Place", "Number"), "longitude": ("GeoCoordinates Place", "Number"),
}  # fmt: skip
VALUES = {
    "Text": r".+", "URL": r"https?://\S+", "Date": r"-?\d{4}(-\d{2}(-\d{2})?)?", "Language": r"[a-z]{2,3}(-\w+)*",
    "ISBN": r"97[89]\d{10}|\d{9}[\dX]", "ISSN": r"\d{4}-\d{3}[\dX]", "Number": r"-?\d+(\.\d+)?",
    "ItemAvailability": r"https://schema\.org/(InStock|OutOfStock)",
    "BusinessFunction": r"http://purl\.org/goodrelations/v1#LeaseOut",
}  # fmt: skip
KEYWORDS = {"@context", "@type", "@id"}


def lineage(kind):
    while kind:
        yield kind
        kind = TYPES[kind]


def check(node, at="page"):
    """Fail where a thing, one of its properties or a value is none of schema.org."""
    assert node["@type"] in TYPES, f"{at}: {node['@type']} is no type"
    kinds = set(lineage(node["@type"]))
    for name, given in node.items():
        if name in KEYWORDS:
            continue
        domains, ranges = PROPERTIES[name]
        assert kinds & set(domains.split()), f"{at}: {name} does not belong to {node['@type']}"
        for value in given if isinstance(given, list) else [given]:
            if isinstance(value, dict):
                check(value, f"{at}.{name}")
                assert set(lineage(value["@type"])) & set(ranges.split()), f"{at}.{name}: {value['@type']}"
            else:
                patterns = [VALUES[kind] for kind in ranges.split() if kind in VALUES]
                assert any(re.fullmatch(pattern, value) for pattern in patterns), f"{at}.{name}: {value!r}"


def on_page(client, address):
    html = client.get(address).text
    found = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
    return [json.loads(text) for text in found]


@pytest.mark.django_db
@pytest.mark.parametrize("material", Material.values)
def test_pages_of_records_speak_schema_org(client, material):
    record = RecordFactory(
        title="Title </script><b>", subtitle="Rest", authors=["Name, A.", "Body"], publisher="Press", year=1999,
        material=material, language="aze", isbns=["9780306406157"], issns=["0378-5955"], subjects=["Topic"],
    )  # fmt: skip
    ItemFactory(record=record)
    ItemFactory(record=record, status="on_loan", available=False)
    (data,) = on_page(client, f"/en/catalogue/{record.pk}/")
    assert data["@context"] == "https://schema.org" and data["@id"] == data["url"]
    assert data["inLanguage"] == "az" and data["name"] == "Title </script><b>" and data["offers"]
    check(data)


@pytest.mark.parametrize("year", [None, 0, 7, 999, 2020])
def test_a_bare_record_says_only_what_is_known(year):
    data = linked_data(Record(title="T", year=year, language="xyz"), Holdings([]), "https://x.org/1")
    check(data)
    assert "offers" not in data and "author" not in data and ("datePublished" in data) == (year is not None)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Authority.Kind.values)
def test_pages_of_authorities_speak_schema_org(client, kind):
    place = {"latitude": "40.5", "longitude": "49.8"} if kind == "place" else {}
    entry = Authority.objects.create(kind=kind, heading="Heading", note={"en": "Note"}, **place)
    entry.names.create(name="Other")
    AuthorityIdentifier.objects.create(authority=entry, scheme="viaf", value="12345")
    group = "authors" if kind in ("person", "body", "family") else "subjects"
    (data,) = on_page(client, f"/en/catalogue/{group}/{entry.pk}/")
    check(data)


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "Novel", "name": "x"}, {"@type": "Map", "isbn": "9780306406157"}, {"@type": "Book", "about": "x"},
        {"@type": "Book", "inLanguage": "Azerbaijani"},
        {"@type": "Book", "publisher": {"@type": "Place", "name": "x"}},
    ],
)  # fmt: skip
def test_the_check_finds_what_is_wrong(node):
    with pytest.raises(AssertionError):
        check(node)
