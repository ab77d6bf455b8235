"""Records out of a master file of IRBIS or CDS/ISIS (.mst), found through its cross-reference (.xrf).

Two layouts are known: that of CDS/ISIS and IRBIS32 (small numbers first, code pages) and that of IRBIS64
(large numbers first, UTF-8). Without the cross-reference older versions of a record cannot be told from
the last one, so the file beside it must be there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from catalog_pages.marc import irbis
from catalog_pages.marc.encodings import decoded, guess
from catalog_pages.marc.errors import NotMarc, Reason, Rejected
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.structured import LONGEST_RECORD

_BLOCK = 512
_SAMPLE = 1 << 18
_POINTERS = 127
_DELETED_64 = 1 | 2 | 8  # logically, physically, absent


@dataclass(frozen=True, slots=True)
class _Place:
    mfn: int
    at: int


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a master file writes the head of a record and its directory."""

    leader: struct.Struct
    entry: struct.Struct

    def head(self, data: bytes) -> tuple[int, int, int, int, int]:
        """MFN, length, where the text begins, number of fields, status."""
        values = self.leader.unpack(data)
        mfn, length = values[:2]
        base, count, status = values[-3:] if self is ISIS else (values[4], values[5], values[7])
        return mfn, length, base, count, status


ISIS = _Layout(struct.Struct("<ihihhhh"), struct.Struct("<HHH"))
IRBIS64 = _Layout(struct.Struct(">iiiiiiii"), struct.Struct(">iii"))


def read_master(path: Path, stream: BinaryIO, encoding: str = "") -> Iterator[RawRecord]:
    """Every record that is not deleted, in the order of its number (MFN); raises NotMarc without the .xrf."""
    layout = layout_of(stream.read(64))
    places = _places_64 if layout is IRBIS64 else _places
    # The notes of a record are often too short to tell their code page; that of the file tells it.
    usual = guess(stream.read(_SAMPLE)) if layout is ISIS else ""
    number = 0
    for place in places(_cross_reference(path)):
        raw = _record(stream, place, number + 1, layout, encoding or usual)
        if raw:
            number += 1
            yield raw


def layout_of(head: bytes) -> _Layout:
    """Which of the two layouts a master file has, by its first bytes; raises NotMarc for neither."""
    if len(head) >= 36:
        control, following = struct.unpack("<ii", head[:8])
        if control == 0 and 0 < following < 1 << 24 and head[14:16] == b"\x00\x00":
            return ISIS
        control, following = struct.unpack(">ii", head[:8])
        if control == 0 and 0 < following < 1 << 24:
            return IRBIS64
    raise NotMarc(_("this is no master file of IRBIS"))


def _cross_reference(path: Path) -> bytes:
    for name in (path.with_suffix(".xrf"), path.with_suffix(".XRF")):
        if name.is_file():
            return name.read_bytes()
    raise NotMarc(_("%(file)s: the cross-reference (.xrf) must be beside the master file") % {"file": path})


def _places(data: bytes) -> Iterator[_Place]:
    """Each block holds its number and 127 pointers: block of the master file, flags, place in the block."""
    mfn = 0
    for at in range(0, len(data) - _BLOCK + 1, _BLOCK):
        for pointer in struct.unpack_from(f"<{_POINTERS}i", data, at + 4):
            mfn += 1
            block, place = pointer >> 11, pointer & 0x1FF
            if block > 0:  # None: never written; negative: deleted.
                yield _Place(mfn, (block - 1) * _BLOCK + place)


def _places_64(data: bytes) -> Iterator[_Place]:
    for mfn, (low, high, status) in enumerate(struct.iter_unpack(">IIi", data[: len(data) // 12 * 12]), 1):
        if not status & _DELETED_64 and (low or high):
            yield _Place(mfn, (high << 32) + low)


def _record(stream: BinaryIO, place: _Place, number: int, layout: _Layout, encoding: str) -> RawRecord | None:
    stream.seek(place.at)
    head = stream.read(layout.leader.size)
    if len(head) < layout.leader.size:
        return RawRecord(number, place.at, b"", Reason.TRUNCATED)
    mfn, length, base, count, status = layout.head(head)
    if status & 1 and layout is ISIS or layout is IRBIS64 and status & 3:
        return None
    directory = layout.leader.size + count * layout.entry.size
    length = abs(length)  # Of a record held by another program ISIS negates the length.
    if mfn != place.mfn or not directory <= base <= length <= LONGEST_RECORD:
        return RawRecord(number, place.at, head, Reason.BAD_DIRECTORY)
    data = head + stream.read(length - len(head))
    if len(data) < length:
        return RawRecord(number, place.at, data, Reason.TRUNCATED)
    return _fields(data, number, place.at, base, count, layout, encoding)


def _fields(
    data: bytes, number: int, at: int, base: int, count: int, layout: _Layout, encoding: str
) -> RawRecord:
    try:
        entries = [
            layout.entry.unpack_from(data, layout.leader.size + n * layout.entry.size) for n in range(count)
        ]
        if any(start < 0 or size < 0 or base + start + size > len(data) for _tag, start, size in entries):
            raise Rejected(Reason.BAD_DIRECTORY)
        values = [data[base + start : base + start + size] for _tag, start, size in entries]
        text, found = decoded(b"\n".join(value.replace(b"\n", b" ") for value in values), encoding)
        pairs = zip((tag for tag, _start, _size in entries), text.split("\n"), strict=True)
        fields = [irbis.field(str(tag), value) for tag, value in pairs]
        if not fields:
            raise Rejected(Reason.NOT_A_RECORD)
    except (Rejected, ValueError) as error:
        reason = error.reason if isinstance(error, Rejected) else Reason.BAD_DIRECTORY
        return RawRecord(number, at, data, reason)
    written = "\r\n".join([*(irbis.text_of_field(tag, value) for tag, value in fields), "*****", ""])
    return RawRecord(
        number, at, written.encode(), leader=irbis.LEADER, fields=fields, encoding=found, format="irbis"
    )
