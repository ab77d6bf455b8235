"""Records as a table for spreadsheets, which take no value of it for a formula."""

from __future__ import annotations

import csv
import io

from catalog_pages.export.outgoing import Outgoing
from library.spreadsheets import harmless

HEADINGS = (
    "id", "control_number", "title", "subtitle", "authors", "edition", "place", "publisher", "year", "extent",
    "series", "isbn", "issn", "language", "material", "class_number", "subjects", "address",
)  # fmt: skip
BEGINNING = "\ufeff"  # by which spreadsheets know that it is UTF-8


def first_row() -> bytes:
    """The headings, behind the mark of UTF-8."""
    return (BEGINNING + _row(HEADINGS)).encode()


def row(outgoing: Outgoing) -> bytes:
    """One record as one row."""
    record = outgoing.record
    values = (
        record.pk, record.control_number, record.title, record.subtitle, "; ".join(record.authors), record.edition,
        record.place, record.publisher, record.year_text if record.year is None else record.year, record.extent,
        record.series, "; ".join(record.isbns), "; ".join(record.issns), record.language, record.material,
        record.class_number, "; ".join(record.subjects), outgoing.address,
    )  # fmt: skip
    return _row(values).encode()


def _row(values: tuple[object, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(value) for value in values])
    return line.getvalue()
