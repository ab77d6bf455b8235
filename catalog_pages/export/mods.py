"""MODS 3.7: a description richer than Dublin Core and easier to read than MARC."""

from catalog_pages.export.elements import Element, add, root
from catalog_pages.export.outgoing import Outgoing
from catalog_pages.models import Record

NAMESPACE = "http://www.loc.gov/mods/v3"
SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-7.xsd"

_TYPES = {
    "map": "cartographic", "score": "notated music", "audio": "sound recording", "video": "moving image",
    "picture": "still image", "object": "three dimensional object", "electronic": "software, multimedia",
}  # fmt: skip
_AUTHORITIES = {"ddc": "ddc", "udc": "udc", "bbk": "rubbk"}


def mods(outgoing: Outgoing) -> Element:
    """The record as a ``mods`` element."""
    record = outgoing.record
    element = root(NAMESPACE, "mods", schema=SCHEMA)
    element.set("version", "3.7")
    _titles_and_names(element, record)
    kinds = {"manuscript": "yes"} if record.material == "manuscript" else {}
    add(element, "typeOfResource", _TYPES.get(record.material, "text"), **kinds)
    _origin(element, record)
    for code in record.languages or [record.language]:
        if code:
            add(add(element, "language"), "languageTerm", code, type="code", authority="iso639-2b")
    if record.extent:
        add(add(element, "physicalDescription"), "extent", record.extent)
    if record.contents:
        add(element, "tableOfContents", record.contents)
    for note in record.notes:
        add(element, "note", note)
    for subject in record.subjects:
        add(add(element, "subject"), "topic", subject)
    if record.class_number:
        scheme = _AUTHORITIES.get(record.class_scheme)
        add(element, "classification", record.class_number, **({"authority": scheme} if scheme else {}))
    if record.series:
        add(add(add(element, "relatedItem", type="series"), "titleInfo"), "title", record.series)
    for kind, numbers in (("isbn", record.isbns), ("issn", record.issns)):
        for number in numbers:
            add(element, "identifier", number, type=kind)
    add(add(element, "location"), "url", outgoing.address, usage="primary display")
    add(add(element, "recordInfo"), "recordIdentifier", record.control_number, source=record.source)
    return element


def _titles_and_names(element: Element, record: Record) -> None:
    title = add(element, "titleInfo")
    add(title, "title", record.title)
    if record.subtitle:
        add(title, "subTitle", record.subtitle)
    for variant in record.variant_titles:
        add(add(element, "titleInfo", type="alternative"), "title", variant)
    for at, author in enumerate(record.authors):
        name = add(element, "name", **({} if at else {"usage": "primary"}))
        add(name, "namePart", author)
        add(add(name, "role"), "roleTerm", "contributor" if at else "creator", type="text")


def _origin(element: Element, record: Record) -> None:
    date = str(record.year) if record.year is not None else record.year_text
    if not (record.place or record.publisher or date or record.edition):
        return
    origin = add(element, "originInfo")
    if record.place:
        add(add(origin, "place"), "placeTerm", record.place, type="text")
    for name, value in (("publisher", record.publisher), ("dateIssued", date), ("edition", record.edition)):
        if value:
            add(origin, name, value)
