"""What needs no database: a record is taken apart, and what it says becomes columns and items."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog_pages.importing.options import MatchRule, Options
from catalog_pages.keys import Key, number_key, title_keys
from catalog_pages.marc.formats import control_number, format_of, record_fields
from catalog_pages.marc.holdings import BY_FORMAT, Holding, ItemField, holdings
from catalog_pages.marc.iso2709 import Marc, parse, put_together
from catalog_pages.marc.mapping import VERSION, nonfiling_title
from catalog_pages.marc.reading import RawRecord
from catalog_pages.models import Record
from catalog_pages.services import WholeMarc, set_sort_keys

_NUMBER_LENGTH = 100


@dataclass(slots=True)
class Delivered:
    """A record taken apart, waiting to be matched and written."""

    marc: Marc
    checksum: str
    control_number: str
    fields: dict[str, Any]
    holdings: list[Holding]
    record: Record | None = None
    packed: bytes = b""

    @property
    def agency(self) -> str:
        return self.marc.control("003")

    def keys(self, rule: str) -> list[Key]:
        """By what a record that is there already is known, under this rule."""
        if rule == MatchRule.AGENCY:
            return number_key(self.control_number, self.agency)
        if rule == MatchRule.ISBN:
            return title_keys([*self.fields["isbns"], *self.fields["issns"]], self.fields["title"])
        return []

    def complete(self, source: str, synthetic: bool = False) -> Record:
        """The record with its sort keys, made once."""
        if self.record is None:
            self.record = Record(
                source=source, control_number=self.control_number, is_synthetic=synthetic, **self.fields
            )
            set_sort_keys(self.record, filing_title=nonfiling_title(self.marc, self.record.title))
            self.packed = zlib.compress(self.marc.data)
        return self.record

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
    return Delivered(marc, checksum, number, record_fields(marc), list(holdings(marc, items)))


def item_fields_of(marc: Marc, options: Options) -> Sequence[ItemField]:
    """The fields that hold the copies of a record."""
    return BY_FORMAT[marc.format] if options.items is None else options.items
