"""Which rules the fields of a record follow, and the way from it to the columns of a Record."""

from __future__ import annotations

import re
from typing import Any

from catalog_pages.marc import mapping, unimarc
from catalog_pages.marc.irbis import short_tag
from catalog_pages.marc.iso2709 import Marc

FORMATS = ("marc21", "unimarc", "irbis")
# How 100 begins in UNIMARC: the day the record was made.
_UNIMARC_DATE = re.compile(r"[0-9]{8}")


def format_of(marc: Marc) -> str:
    """MARC21, UNIMARC (with RUSMARC) or IRBIS; titles are in 245 there and in 200 here."""
    if "200" not in marc.fields and ("245" in marc.fields or not _is_irbis(marc)):
        return "marc21"
    if _coded(marc):
        return "unimarc"
    if "245" in marc.fields:
        return "marc21"
    return "irbis" if _is_irbis(marc) else "unimarc"


def record_fields(marc: Marc) -> dict[str, Any]:
    """Field values for a Record, by the rules in ``marc.format``; raises Rejected as the mappings do."""
    return mapping.record_fields(marc) if marc.format == "marc21" else unimarc.record_fields(marc)


def _is_irbis(marc: Marc) -> bool:
    """The worksheet of IRBIS is in 920, beside the title, the journal or the record's history."""
    return "920" in marc.fields and "245" not in marc.fields and any(tag in marc.fields for tag in _IRBIS)


_IRBIS = ("903", "907", "910", "933", "999")


def _coded(marc: Marc) -> bool:
    return any(
        _UNIMARC_DATE.match(value.strip())
        for _, parts in marc.subfields("100")
        for code, value in parts
        if code == "a"
    )


def control_number(marc: Marc, checksum: str) -> str:
    """The number of a record within its source; in IRBIS 903, the cipher of the document, else its GUID."""
    if marc.format == "irbis" and "001" not in marc.fields:
        for tag in ("903", short_tag(1119)):
            for _, parts in marc.subfields(tag):
                if value := "".join(value for _code, value in parts).strip():
                    return value[:100]
    return mapping.control_number(marc, checksum)
