"""A record on its way out: its columns, its address, and its whole MARC in the order in which it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from catalog_pages.marc.building import MarcBuilder
from catalog_pages.marc.errors import Rejected
from catalog_pages.models import MarcSource, Record

_ENTRY = 12
_LONGEST = 2_000  # of a value made here, far below what a field of MARC can hold


@dataclass(frozen=True, slots=True)
class Field:
    """A field of MARC: a control field has a value, any other field has indicators and subfields."""

    tag: str
    value: str = ""
    indicators: str = ""
    subfields: tuple[tuple[str, str], ...] = ()

    @property
    def is_control(self) -> bool:
        return not self.indicators


@dataclass(frozen=True)
class Outgoing:
    """A record with everything that the forms are made of."""

    record: Record
    marc: bytes

    @cached_property
    def address(self) -> str:
        return address_of(self.record.pk)

    @property
    def leader(self) -> str:
        return self.marc[:24].decode("ascii", "replace")

    def fields(self) -> Iterator[Field]:
        """Every field as it stands in the record, in its order; no letter is changed."""
        base = int(self.marc[12:17])
        directory = self.marc[24 : base - 1].decode("ascii")
        for at in range(0, len(directory), _ENTRY):
            tag, length = directory[at : at + 3], int(directory[at + 3 : at + 7])
            start = base + int(directory[at + 7 : at + 12])
            yield _field(tag, self.marc[start : start + length - 1].decode(errors="replace"))


def outgoing(records: Iterable[Record]) -> Iterator[Outgoing]:
    """Records with their MARC, in their order, in one query; where none was kept, it is made from the columns."""
    records = list(records)
    sources = MarcSource.objects.in_bulk([record.pk for record in records])
    for record in records:
        source = sources.get(record.pk)
        yield Outgoing(record, source.iso2709 if source else _made(record))


def address_of(pk: int) -> str:
    """The lasting address of a record, in the library's own language."""
    with override(settings.LANGUAGE_CODE):
        return settings.BASE_URL + reverse("catalog_pages:record", args=[pk])


def _field(tag: str, text: str) -> Field:
    if tag.startswith("00"):  # not "0 2", which a typing error makes of 020
        return Field(tag, value=text)
    indicators, *parts = text.split("\x1f")
    return Field(
        tag,
        indicators=f"{indicators[:2]:<2}",
        subfields=tuple((part[0], part[1:]) for part in parts if part),
    )


def _made(record: Record) -> bytes:
    """MARC21 of what the columns hold, for a record that came without."""
    year = str(record.year) if record.year is not None and 0 < record.year < 10_000 else ""
    language = record.language if len(record.language) == 3 and record.language.isascii() else ""
    builder = MarcBuilder(record.control_number, record.material)
    builder.fixed(year=year, language=language)
    for isbn in record.isbns:
        builder.add("020", a=_short(isbn))
    for issn in record.issns:
        builder.add("022", a=_short(issn))
    if record.class_scheme:
        builder.add(
            {"ddc": "082", "udc": "080"}.get(record.class_scheme, "084"), a=_short(record.class_number)
        )
    if record.authors:
        builder.add("100", "1 ", a=_short(record.author))
    builder.add(
        "245",
        "10" if record.authors else "00",
        a=_short(record.title), b=_short(record.subtitle), c=_short(record.statement),
    )  # fmt: skip
    builder.add("250", a=record.edition)
    builder.add("264", " 1", a=record.place, b=record.publisher, c=record.year_text or year)
    builder.add("300", a=record.extent)
    builder.add("490", "0 ", a=_short(record.series))
    for tag, indicators, values in (("500", "  ", record.notes), ("650", " 4", record.subjects),
                                    ("700", "1 ", record.authors[1:])):  # fmt: skip
        for value in values:
            builder.add(tag, indicators, a=_short(value))
    try:
        return builder.iso2709()
    except Rejected:  # longer than the format can say: what identifies it must do
        short = MarcBuilder(record.control_number, record.material)
        short.add("245", "00", a=_short(record.title))
        return short.iso2709()


def _short(value: str) -> str:
    return value.replace("\x1d", "").replace("\x1e", "").replace("\x1f", "")[:_LONGEST]
