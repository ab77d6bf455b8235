"""Records as rows: all that the database is given, worked out before the transaction, in another process perhaps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db.models import JSONField

from catalog_pages import bulk
from catalog_pages.keys import Key, title_keys
from catalog_pages.models import SORT_KEY_LENGTH, Item, Record
from catalog_pages.quality import capitals
from catalog_pages.shelf_order import shelf_key
from catalog_pages.works import work_key
from library.names import language_tag
from search.sorting import LONGEST_KEY, filing_key

# Where a record came from is said when it is written; some columns staff or later steps gave it.
_OTHERS = {"id", "source", "control_number", "created_at", "updated_at", "host", "cover"}
_FIELDS = [field for field in Record._meta.concrete_fields if field.name not in _OTHERS]
_LISTS = [field.name for field in _FIELDS if isinstance(field, JSONField)]
_PLAIN = [field.name for field in _FIELDS if field.name not in _LISTS]
_DEFAULTS = {field.name: field.get_default() for field in _FIELDS}
COLUMNS = [*_PLAIN, *_LISTS]
_plain, _lists = itemgetter(*_PLAIN), itemgetter(*_LISTS)
_PLACE = {"id", "record", "branch", "shelf_key"}
ITEM_COLUMNS = [field.name for field in Item._meta.concrete_fields if field.name not in _PLACE]


@dataclass(slots=True)
class RecordRow:
    """A record as it is written.

    ``values`` are those of COLUMNS as the database takes them. ``pk`` is that of the record it is to replace; that of
    a new one is set when it is written.
    """

    source: str
    control_number: str
    values: Sequence[Any]
    shelf_key: str
    title_keys: list[Key]
    shouts: bool
    pk: int | None = None

    @classmethod
    def of(cls, record: Record) -> RecordRow:
        """The row of a record that has its sort keys."""
        row = row_of(vars(record), record.source, record.control_number)
        row.pk = record.pk
        return row


@dataclass(slots=True)
class ItemRow:
    """A copy as it is written; ``values`` are those of ITEM_COLUMNS.

    It belongs to ``record``, where that is written with it, else to the record with the number ``record_id``.
    """

    barcode: str
    call_number: str
    values: Sequence[Any]
    branch_id: int = 0
    record_id: int = 0
    shelf_key: str = ""
    record: RecordRow | None = None

    def __reduce__(self) -> tuple[type[ItemRow], tuple[object, ...]]:
        """As for ``marc.reading.RawRecord``; where the copy belongs is said later."""
        return ItemRow, (self.barcode, self.call_number, self.values)

    @classmethod
    def of(cls, item: Item) -> ItemRow:
        """The row of a copy that is not saved yet."""
        values = bulk.values_of(item, ITEM_COLUMNS)
        return cls(item.barcode or "", item.call_number, values, item.branch_id or 0, item.record_id or 0)


def row_of(columns: Mapping[str, Any], source: str, control_number: str) -> RecordRow:
    """The row of a record with these columns, the sort keys among them; those not named are empty."""
    columns = {**_DEFAULTS, **columns}
    return RecordRow(
        source,
        control_number,
        [*_plain(columns), *["[]" if value == [] else json.dumps(value) for value in _lists(columns)]],
        columns["shelf_key"],
        title_keys([*columns["isbns"], *columns["issns"]], columns["title"]),
        capitals(columns["title"]),
    )


def sort_keys(columns: Mapping[str, Any], *, filing_title: str) -> dict[str, str]:
    """The columns that lists are sorted by; ``filing_title`` is the title without its article."""
    language = columns["language"]
    author = columns["authors"][0] if columns["authors"] else ""
    title_sort = filing_key(filing_title, language)[:SORT_KEY_LENGTH]
    author_sort = filing_key(author, language)[:SORT_KEY_LENGTH] if author else ""
    if language_tag(language) == settings.LANGUAGE_CODE:
        title_key = title_sort[:LONGEST_KEY]
    else:
        title_key = filing_key(filing_title, language, language or "en")
    shelf = shelf_key(
        columns["class_scheme"], columns["class_number"], author_sort or title_sort, columns["year"]
    )
    return {
        "title_sort": title_sort,
        "author_sort": author_sort,
        "title_key": title_key,
        "shelf_key": shelf,
        "work_key": work_key(author, columns["title"], columns["uniform_title"]),
    }
