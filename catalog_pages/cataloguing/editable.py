"""A record's MARC that can be changed field by field; what nobody touches stays byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog_pages.marc.iso2709 import Subfields, build, fields_in_order, text_of
from catalog_pages.marc.structured import control_field, data_field, is_control

_BLANK_008 = f"      nuuuuuuuuxx {'':17}und d"


@dataclass(slots=True)
class MarcField:
    """One field as it stands in the record."""

    tag: str
    raw: bytes

    @property
    def text(self) -> str:
        return text_of(self.raw)

    @property
    def indicators(self) -> str:
        return f"{self.text.partition(chr(0x1F))[0]:<2}"[:2]

    @property
    def parts(self) -> Subfields:
        """Subfields for reading: composed, without control characters."""
        return [(part[0], part[1:]) for part in self.text.split("\x1f")[1:] if part]

    @property
    def raw_parts(self) -> Subfields:
        """Subfields for writing back: with the marks of articles that do not file, and all else, as they came."""
        return [(part[0], part[1:]) for part in self.raw.decode().split("\x1f")[1:] if part]

    def first(self, code: str) -> str:
        """The first subfield with this code that holds something, or nothing."""
        return next((value for found, value in self.parts if found == code and value.strip()), "")

    def write(self, parts: Iterable[tuple[str, str]], indicators: str | None = None) -> None:
        """Replace the subfields; raises Rejected for a code that MARC has not."""
        indicators = self.indicators if indicators is None else indicators
        _tag, self.raw = data_field(self.tag, indicators, [part for part in parts if part[1]])

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left but links and sources, which say nothing by themselves."""
        return not any(value.strip() for code, value in self.parts if code.isalpha())


class EditableMarc:
    """Leader and fields in their order."""

    def __init__(self, leader: str, fields: Iterable[tuple[str, bytes]]) -> None:
        self.leader = leader
        self.fields = [MarcField(tag, raw) for tag, raw in fields]

    @classmethod
    def read(cls, iso2709: bytes) -> EditableMarc:
        """Take a record apart; raises Rejected where it cannot be."""
        return cls(*fields_in_order(iso2709))

    def iso2709(self) -> bytes:
        """The record in ISO 2709, UTF-8."""
        return build(self.leader, ((field.tag, field.raw) for field in self.fields))

    def having(self, *tags: str) -> Iterator[MarcField]:
        """The fields with one of these tags, in the order of the record."""
        return (field for field in self.fields if field.tag in tags)

    def first(self, *tags: str) -> MarcField | None:
        """The first field with the first of these tags that there is."""
        return next((field for tag in tags for field in self.having(tag)), None)

    def add(self, tag: str, indicators: str, parts: Iterable[tuple[str, str]]) -> MarcField:
        """Put a new field behind those with the same tag or a lower one; raises Rejected as ``write`` does."""
        _tag, raw = data_field(tag, indicators, [part for part in parts if part[1]])
        field = MarcField(tag, raw)
        self._insert(field)
        return field

    def control(self, tag: str) -> str:
        field = self.first(tag)
        return field.text if field else ""

    def set_control(self, tag: str, value: str) -> None:
        """Write a field without indicators, added where it is missing."""
        _tag, raw = control_field(tag, value)
        field = self.first(tag)
        if field:
            field.raw = raw
        else:
            self._insert(MarcField(tag, raw))

    def set_fixed(self, at: int, value: str) -> None:
        """Write some positions of 008, which is added where it is missing."""
        fixed = self.control("008") or _BLANK_008
        fixed = fixed.ljust(40)
        self.set_control("008", fixed[:at] + value + fixed[at + len(value) :])

    def set_leader(self, at: int, value: str) -> None:
        self.leader = self.leader[:at] + value + self.leader[at + len(value) :]

    def remove(self, field: MarcField) -> None:
        self.fields = [one for one in self.fields if one is not field]

    def put_first(self, field: MarcField) -> None:
        """Let a field stand before the others with its tag."""
        self.remove(field)
        at = next((at for at, one in enumerate(self.fields) if one.tag >= field.tag), len(self.fields))
        self.fields.insert(at, field)

    def keep_only(self, tags: Iterable[str]) -> None:
        kept = set(tags)
        self.fields = [field for field in self.fields if field.tag in kept]

    def drop(self, tags: Iterable[str]) -> None:
        gone = set(tags)
        self.fields = [field for field in self.fields if field.tag not in gone]

    def _insert(self, field: MarcField) -> None:
        """Records are not always sorted: the new field goes behind the last one that is not above it."""
        lower = [at for at, one in enumerate(self.fields) if one.tag <= field.tag]
        if is_control(field.tag):
            lower = [at for at in lower if is_control(self.fields[at].tag)]
        self.fields.insert(lower[-1] + 1 if lower else 0, field)
