"""What needs no database: a record is taken apart, and what it says becomes columns and items."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from catalog_pages import bulk
from catalog_pages.importing.options import MatchRule, Options
from catalog_pages.keys import Key, number_key, title_keys
from catalog_pages.marc.formats import control_number, format_of, record_fields
from catalog_pages.marc.holdings import BY_FORMAT, Holding, ItemField, holdings
from catalog_pages.marc.iso2709 import Marc, parse, put_together
from catalog_pages.marc.mapping import VERSION, nonfiling_title
from catalog_pages.marc.reading import RawRecord
from catalog_pages.models import Item
from catalog_pages.rows import ITEM_COLUMNS, ItemRow, RecordRow, row_of, sort_keys
from catalog_pages.services import WholeMarc, new_item

_NUMBER_LENGTH = 100
_BARCODE, _CALL_NUMBER, _SHELF, _ACCESSION_NUMBER, _PRICE = (
    ITEM_COLUMNS.index(name) for name in ("barcode", "call_number", "shelf", "accession_number", "price")
)


@dataclass(slots=True)
class Delivered:
    """A record taken apart, waiting to be matched and written."""

    marc: Marc
    checksum: str
    control_number: str
    agency: str
    fields: dict[str, Any]
    holdings: list[Holding]
    row: RecordRow | None = None
    packed: bytes = b""
    items: list[tuple[str, ItemRow]] | None = None

    def __reduce__(self) -> tuple[type[Delivered], tuple[object, ...]]:
        """As for ``reading.RawRecord``."""
        return Delivered, (
            self.marc, self.checksum, self.control_number, self.agency, self.fields, self.holdings, self.row,
            self.packed, self.items,
        )  # fmt: skip

    def keys(self, rule: str) -> list[Key]:
        """By what a record that is there already is known, under this rule."""
        if rule == MatchRule.AGENCY:
            return number_key(self.control_number, self.agency)
        if rule == MatchRule.ISBN:
            if self.row:
                return self.row.title_keys
            return title_keys([*self.fields["isbns"], *self.fields["issns"]], self.fields["title"])
        return []

    def complete(self, source: str, synthetic: bool = False) -> RecordRow:
        """The row to be written, with its sort keys; made once."""
        if self.row is None:
            fields = self.fields
            keys = sort_keys(fields, filing_title=nonfiling_title(self.marc, fields["title"]))
            columns = {**fields, **keys, "is_synthetic": synthetic}
            self.row = row_of(columns, source, self.control_number)
            self.packed = zlib.compress(self.marc.data)
        # The number may be another one by now: see ``renumbered``.
        self.row.control_number = self.control_number
        return self.row

    def copies(self) -> list[tuple[str, ItemRow]]:
        """The items to be written, with the codes of their branches; made once."""
        if self.items is None:
            self.items = [(holding.branch, _item(holding)) for holding in self.holdings]
        return self.items

    def lighten(self, *, keep_fields: bool) -> None:
        """Forget what is not needed for writing; ``keep_fields`` where it may be mixed with ours."""
        if not keep_fields:
            self.holdings = []
            marc = self.marc
            self.marc = Marc("", {}, marc.encoding, b"", marc.declared, marc.format)
            self.fields = {}

    def whole_marc(self, import_number: int | None, *, edited: bool = False) -> WholeMarc:
        """The MARC to be kept."""
        marc = self.marc
        return WholeMarc(
            marc.data,
            self.checksum,
            marc.encoding,
            marc.format,
            self.agency,
            import_number,
            edited,
            self.packed,
        )

    def renumbered(self) -> str:
        """Another number, always the same, for a record that is to be new though its number is taken."""
        ending = f"~{self.checksum[:10]}"
        return f"{self.control_number[: _NUMBER_LENGTH - len(ending)]}{ending}"


def prepare(raw: RawRecord, options: Options) -> Delivered:
    """Take a record apart and find out what it says; raises Rejected with the reason."""
    # Said otherwise than last time, the same bytes make another record.
    said = f"{options.encoding}{options.format}".encode() if options.encoding or options.format else b""
    checksum = hashlib.sha256(VERSION + said + raw.data).hexdigest()
    if raw.fields is None:
        marc = parse(raw.data, encoding=options.encoding)
    else:
        marc = put_together(raw.leader, raw.fields, encoding=raw.encoding, format=raw.format)
    marc.format = options.format or marc.format or format_of(marc)
    number = control_number(marc, checksum)
    items = item_fields_of(marc, options)
    agency = marc.control("003")
    return Delivered(marc, checksum, number, agency, record_fields(marc), list(holdings(marc, items)))


def _item(holding: Holding) -> ItemRow:
    values = [*_values(holding.status)]
    values[_BARCODE], values[_CALL_NUMBER] = holding.barcode or None, holding.call_number
    values[_SHELF], values[_ACCESSION_NUMBER] = holding.shelf, holding.accession_number
    if holding.price is not None:
        values[_PRICE] = bulk.stored(Item, "price", holding.price)
    return ItemRow(holding.barcode, holding.call_number, values)


@cache
def _values(status: str) -> list[Any]:
    """The columns of an item of which nothing is known but its status: by the thousand, items are too dear."""
    return bulk.values_of(new_item(status=status), ITEM_COLUMNS)


def item_fields_of(marc: Marc, options: Options) -> Sequence[ItemField]:
    """The fields that hold the copies of a record."""
    return BY_FORMAT[marc.format] if options.items is None else options.items
