"""Dublin Core in the XML of OAI-PMH (oai_dc)."""

from collections.abc import Iterator

from catalog_pages.export.elements import Element, add, root
from catalog_pages.export.outgoing import Outgoing

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
ELEMENTS = "http://purl.org/dc/elements/1.1/"

# The types of the Dublin Core type vocabulary.
_TYPES = {
    "map": "StillImage", "score": "Text", "audio": "Sound", "video": "MovingImage", "picture": "StillImage",
    "object": "PhysicalObject",
}  # fmt: skip


def dublin_core(outgoing: Outgoing) -> Element:
    """The record as an ``oai_dc:dc`` element."""
    dc = root(NAMESPACE, "dc", schema=SCHEMA, prefixes={"oai_dc": NAMESPACE, "dc": ELEMENTS})
    for name, value in _values(outgoing):
        if value:
            add(dc, f"{{{ELEMENTS}}}{name}", value)
    return dc


def _values(outgoing: Outgoing) -> Iterator[tuple[str, str]]:
    record = outgoing.record
    yield "title", f"{record.title}: {record.subtitle}" if record.subtitle else record.title
    yield from (("creator" if not at else "contributor", name) for at, name in enumerate(record.authors))
    yield from (("subject", subject) for subject in record.subjects)
    yield from (("description", note) for note in record.notes)
    yield "publisher", ": ".join(filter(None, (record.place, record.publisher)))
    yield "date", str(record.year) if record.year is not None else record.year_text
    yield "type", _TYPES.get(record.material, "Text")
    yield "format", record.extent
    yield "identifier", outgoing.address
    yield from (("identifier", f"urn:isbn:{isbn}") for isbn in record.isbns)
    yield from (("identifier", f"urn:issn:{issn}") for issn in record.issns)
    yield from (("language", code) for code in record.languages or [record.language])
    yield "relation", record.series
