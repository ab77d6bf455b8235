"""What the published schemas of MARCXML, oai_dc and MODS ask for, rule by rule."""

import re

import pytest
from lxml import etree

from catalog_pages.export.dublin_core import dublin_core
from catalog_pages.export.elements import document
from catalog_pages.export.marcxml import marcxml
from catalog_pages.export.mods import mods
from catalog_pages.export.outgoing import outgoing
from catalog_pages.models import ClassScheme, Material
from tests.factories.catalog_pages import RecordFactory

pytestmark = pytest.mark.django_db
SLIM, DC, MODS = (
    "http://www.loc.gov/MARC21/slim",
    "http://purl.org/dc/elements/1.1/",
    "http://www.loc.gov/mods/v3",
)
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC_ELEMENTS = {
    "title", "creator", "subject", "description", "publisher", "contributor", "date", "type", "format", "identifier",
    "source", "language", "relation", "coverage", "rights",
}  # fmt: skip
# The leader as MARC21slim.xsd spells it.
LEADER = re.compile(r"[\d ]{5}[\dA-Za-z ][\dA-Za-z][\dA-Za-z ]{3}[2 ][2 ][\d ]{5}[\dA-Za-z ]{3}(4500|    )")
# What may stand in what, of MODS 3.7: as far as we write it. "" is text.
CHILDREN = {
    "mods": {
        "titleInfo", "name", "typeOfResource", "originInfo", "language", "physicalDescription", "tableOfContents",
        "note", "subject", "classification", "relatedItem", "identifier", "location", "recordInfo", "abstract",
        "targetAudience",
    },
    "titleInfo": {"title", "subTitle"}, "name": {"namePart", "role"}, "role": {"roleTerm"},
    "originInfo": {"place", "publisher", "dateIssued", "edition"}, "place": {"placeTerm"},
    "language": {"languageTerm"}, "physicalDescription": {"extent"}, "subject": {"topic", "geographic", "name"},
    "relatedItem": {"titleInfo"}, "location": {"url"}, "recordInfo": {"recordIdentifier"},
}  # fmt: skip
ATTRIBUTES = {
    "mods": {"version"}, "titleInfo": {"type"}, "name": {"usage", "type"}, "roleTerm": {"type", "authority"},
    "typeOfResource": {"manuscript", "collection"}, "languageTerm": {"type", "authority"}, "placeTerm": {"type"},
    "classification": {"authority"}, "relatedItem": {"type"}, "identifier": {"type"}, "url": {"usage"},
    "recordIdentifier": {"source"},
}  # fmt: skip
RESOURCES = {
    "text", "cartographic", "notated music", "sound recording", "sound recording-musical",
    "sound recording-nonmusical", "still image", "moving image", "three dimensional object", "software, multimedia",
    "mixed material",
}  # fmt: skip


@pytest.fixture(params=[*Material.values, "bare"])
def found(request):
    """A full record of each kind of material, and one that has a title only."""
    if request.param == "bare":
        record = RecordFactory(
            authors=[], subjects=[], year=None, class_scheme="", class_number="", language=""
        )
    else:
        record = RecordFactory(
            material=request.param, subtitle="s", authors=["A, B", "C, D"], place="P", publisher="Q", edition="E",
            extent="1 s.", notes=["n"], contents="c", isbns=["9780306406157"], issns=["0378-5955"], series="S",
            variant_titles=["V"], class_scheme=ClassScheme.BBK, class_number="Ш3", year_text="1990",
        )  # fmt: skip
    return next(iter(outgoing([record])))


def tree(element):
    """The element as somebody else reads it."""
    return etree.fromstring(document(element))


def local(element):
    return etree.QName(element).localname


def test_marcxml(found):
    record = tree(marcxml(found))
    assert record.tag == f"{{{SLIM}}}record"
    order = [local(element) for element in record]
    assert order == sorted(order, key=["leader", "controlfield", "datafield"].index)
    assert order.count("leader") == 1
    assert LEADER.fullmatch(record[0].text)
    for element in record[1:]:
        if local(element) == "controlfield":
            assert set(element.attrib) == {"tag"}
            assert re.fullmatch(r"00[1-9A-Za-z]", element.get("tag"))
            continue
        assert set(element.attrib) == {"tag", "ind1", "ind2"}
        assert re.fullmatch(r"0[1-9A-Za-z][0-9A-Za-z]|[1-9A-Za-z][0-9A-Za-z]{2}", element.get("tag"))
        assert all(re.fullmatch(r"[\da-z ]", element.get(name)) for name in ("ind1", "ind2"))
        assert len(element)
        assert all(re.fullmatch(r"[!-\[\]-~]", part.get("code")) and not len(part) for part in element)


def test_oai_dc(found):
    dc = tree(dublin_core(found))
    assert dc.tag == f"{{{OAI_DC}}}dc"
    for element in dc:
        assert etree.QName(element).namespace == DC
        assert local(element) in DC_ELEMENTS
        assert element.text
        assert not len(element)
        assert not element.attrib


def test_mods(found):
    whole = tree(mods(found))
    assert whole.tag == f"{{{MODS}}}mods"
    for element in whole.iter():
        name = local(element)
        assert {local(child) for child in element} <= CHILDREN.get(name, set()), name
        plain = {attribute for attribute in element.attrib if not attribute.startswith("{")}
        assert plain <= ATTRIBUTES.get(name, set()), name
        if not len(element):
            assert (element.text or "").strip(), name
    assert whole.xpath("count(m:titleInfo[not(@type)]/m:title)", namespaces={"m": MODS}) == 1
    assert set(whole.xpath("m:typeOfResource/text()", namespaces={"m": MODS})) <= RESOURCES
    assert set(whole.xpath("//m:relatedItem/@type", namespaces={"m": MODS})) <= {"series", "host"}
