"""MARCXML: every field, subfield and indicator of the record."""

from catalog_pages.export.elements import Element, add, root
from catalog_pages.export.outgoing import Outgoing

NAMESPACE = "http://www.loc.gov/MARC21/slim"
SCHEMA = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"


def marcxml(outgoing: Outgoing) -> Element:
    """The record as a ``record`` element."""
    record = root(NAMESPACE, "record", schema=SCHEMA)
    add(record, "leader", outgoing.leader)
    for field in outgoing.fields():
        if field.is_control:
            add(record, "controlfield", field.value, tag=field.tag)
            continue
        first, second = tuple(field.indicators)
        data = add(record, "datafield", tag=field.tag, ind1=first, ind2=second)
        for code, value in field.subfields:
            add(data, "subfield", value, code=code)
    return record
