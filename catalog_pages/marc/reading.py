"""Records out of a stream of ISO 2709, plain or gzip, with flat memory."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from catalog_pages.marc.encodings import Fields
from catalog_pages.marc.errors import NotMarc, Reason

RECORD_END = 0x1D
FIELD_END = b"\x1e"
LEADER_LENGTH = 24
# Between records real files carry line ends, zero bytes and the end-of-file mark of DOS.
FILLER = b"\x00\t\n\r\x1a "

_CHUNK = 1 << 18
_LONGEST = 1 << 20
_PROBE = 1 << 17
_FILLING = re.compile(rb"[\x00\t\n\r\x1a ]*")
_FILLERS = frozenset(bytes((byte,)) for byte in FILLER)
_LENGTH = re.compile(rb"[0-9]{5}")
_LEADER = re.compile(rb"[0-9]{5}.{7}[0-9]{5}", re.DOTALL)
# Text packs to a tenth of its size; a bomb to a thousandth.
_HARMLESS, _RATIO = 64 << 20, 200
GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The bytes of one record and where they stand; with a ``reason`` they are no whole record.

    Where a file is not in ISO 2709 its reader takes the record apart: then ``fields`` are there, in UTF-8.
    """

    number: int
    offset: int
    data: bytes
    reason: Reason | None = None
    leader: str = ""
    fields: Fields | None = None
    encoding: str = ""
    format: str = ""

    def __reduce__(self) -> tuple[type[RawRecord], tuple[object, ...]]:
        """Sent to another process by the hundred thousand: dataclasses by themselves take three times as long."""
        return RawRecord, (
            self.number, self.offset, self.data, self.reason, self.leader, self.fields, self.encoding, self.format,
        )  # fmt: skip


class Bursting(gzip.BadGzipFile):
    """A small file unpacks to a very large one: made to fill the memory or the disk."""


class BoundedGzip(gzip.GzipFile):
    """Unpacks a stream as long as it does not grow as no text does."""

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        if self.tell() > _HARMLESS and self.tell() > _RATIO * self.packed.tell():
            raise Bursting
        return data

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__(fileobj=packed)
        self.packed = packed


@contextmanager
def open_marc(path: Path) -> Iterator[BinaryIO]:
    """Open a file of ISO 2709, plain or gzip (told by its first bytes, not its name).

    Raises NotMarc (naming the file) when it holds something else or nothing, OSError when it cannot be
    opened.
    """
    with open(path, "rb") as raw:
        stream: BinaryIO = raw
        if raw.read(2) == b"\x1f\x8b":
            stream = BoundedGzip(raw)  # type: ignore[assignment]
        raw.seek(0)
        try:
            trouble = trouble_of(stream.read(_PROBE))
        except GZIP_ERRORS:
            trouble = _("the compressed file is damaged")
        if trouble:
            raise NotMarc(f"{path}: {trouble}")
        stream.seek(0)
        yield stream


def count_records(path: Path) -> int:
    """How many records a file holds, by its record terminators; the whole file is read once.

    Raises as ``open_marc`` does; a compressed file that is damaged further on is counted up to there.
    """
    count = 0
    with open_marc(path) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                count += chunk.count(b"\x1d")
        except GZIP_ERRORS:
            pass
    return count


def damage_of(error: BaseException) -> Reason:
    """Why a compressed file could not be read on."""
    return Reason.BURSTING_FILE if isinstance(error, Bursting) else Reason.DAMAGED_FILE


def trouble_of(head: bytes) -> str:
    """Why a file that begins so is not ISO 2709; "" if a record begins at its start or after damaged ones."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(FILLER)
    if not start:
        return _("the file is empty")
    if start[:1] == b"<":
        return _("this is XML, not MARC21 in ISO 2709")
    if start[:1] in (b"{", b"["):
        return _("this is JSON, not MARC21 in ISO 2709")
    places = re.split(rb"\x1d[\x00\t\n\r\x1a ]*", start)
    if FIELD_END not in start or not any(_LEADER.match(place) for place in places):
        return _("this is not MARC21 in ISO 2709")
    return ""


def read_records(stream: BinaryIO) -> Iterator[RawRecord]:
    """Every record of a stream in order; what is no whole record comes as bytes with a reason.

    A record whose length is wrong ends at the next record terminator. Memory stays flat: a stretch
    without terminator is handed out in pieces of 1 MB.
    """
    buffer, offset, number, at_end = b"", 0, 0, False
    damage: Reason | None = None
    while True:
        position = 0
        for start, end, reason in _split(buffer, at_end):
            number += 1
            yield RawRecord(number, offset + start, buffer[start:end], reason)
            position = end
        if at_end:
            break
        # What stands between records is dropped here: a long stretch of it must not be walked again and again.
        rest = buffer[position:].lstrip(FILLER)
        offset += len(buffer) - len(rest)
        buffer = rest
        try:
            chunk = stream.read(_CHUNK)
        except GZIP_ERRORS as error:
            chunk, damage = b"", damage_of(error)
        buffer += chunk
        at_end = not chunk
    if damage:
        yield RawRecord(number + 1, offset + len(buffer), b"", damage)


def _split(buffer: bytes, at_end: bool) -> Iterator[tuple[int, int, Reason | None]]:
    """Start, end and trouble of each piece of the buffer that is complete."""
    position, size = 0, len(buffer)
    while True:
        if buffer[position : position + 1] in _FILLERS:
            position = _FILLING.match(buffer, position).end()  # type: ignore[union-attr]
        if position >= size:
            return
        head = buffer[position : position + 5]
        length = int(head) if _LENGTH.fullmatch(head) else 0
        end = position + length
        if length > LEADER_LENGTH and end <= size and buffer[end - 1] == RECORD_END:
            yield position, end, None
            position = end
            continue
        found = buffer.find(RECORD_END, position)
        # A longer record may still be coming whole: wait for as many bytes as it announces.
        if not at_end and size - position < _LONGEST and (found < 0 or end > size):
            return
        if found >= 0:
            end = found + 1
            yield position, end, None if _LEADER.match(buffer, position, end) else Reason.NOT_A_RECORD
        else:
            end = min(size, position + _LONGEST)
            yield position, end, Reason.TRUNCATED if length else Reason.NOT_A_RECORD
        position = end
