"""Records out of MARCXML: any namespace or none, inside OAI-PMH or SRU answers too; flat memory.

Nothing outside the file is ever read, and a file that defines a document type or entities is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.structured import LONGEST_RECORD, control_field, data_field, leader_of

# UNIMARC of some systems writes the same things under these names.
_PARTS = frozenset(("leader", "controlfield", "datafield"))


def read_marcxml(stream: BinaryIO) -> Iterator[RawRecord]:
    """Every record of a stream in order; where the XML breaks off or is unsafe, a last one says so."""
    number = 0
    try:
        for record in _records(stream):
            number += 1
            yield _raw(number, record)
        if not number:
            yield RawRecord(1, 0, b"", Reason.NOT_A_RECORD)
    except etree.XMLSyntaxError:
        yield RawRecord(number + 1, 0, b"", Reason.BAD_XML)
    except _Unsafe:
        yield RawRecord(number + 1, 0, b"", Reason.UNSAFE_XML)


class _Unsafe(Exception):
    """The file defines a document type."""


def _records(stream: BinaryIO) -> Iterator[etree._Element]:
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for event, element in etree.iterparse(stream, events=("start", "end"), remove_comments=True, **safe):
        if event == "start":
            parent = element.getparent()
            if parent is None and element.getroottree().docinfo.doctype:
                raise _Unsafe
            continue
        if not isinstance(element.tag, str) or etree.QName(element).localname != "record":
            continue
        if any(_name(part) in _PARTS for part in element) or not len(element):
            yield element
        element.clear()
        # What has been read hangs on as empty elements before the next one.
        while element.getprevious() is not None:
            del element.getparent()[0]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _raw(number: int, record: etree._Element) -> RawRecord:
    data = etree.tostring(record, with_tail=False)
    if len(data) > LONGEST_RECORD:
        return RawRecord(number, 0, data[:LONGEST_RECORD], Reason.TOO_LONG)
    leader, fields = "", []
    try:
        for part in record:
            name = _name(part)
            if name == "leader":
                leader = part.text or ""
            elif name == "controlfield":
                fields.append(control_field(part.get("tag", ""), "".join(part.itertext())))
            elif name == "datafield":
                indicators = (part.get("ind1") or " ") + (part.get("ind2") or " ")
                subfields = [(sub.get("code", ""), "".join(sub.itertext())) for sub in part if _name(sub)]
                fields.append(data_field(part.get("tag", ""), indicators, subfields))
    except Rejected as rejection:
        return RawRecord(number, 0, data, rejection.reason)
    if not fields:
        return RawRecord(number, 0, data, Reason.NOT_A_RECORD)
    return RawRecord(number, 0, data, leader=leader_of(leader), fields=fields, encoding="utf-8")
