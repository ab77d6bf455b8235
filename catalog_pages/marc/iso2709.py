"""One record of ISO 2709: taken apart and put together, always in UTF-8.

Written for speed: an import takes every record apart, and only the fields it needs become text.
"""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pymarc.marc8 import marc8_to_unicode

from catalog_pages.marc.errors import Reason, Rejected

FIELD_END = 0x1E
MAX_RECORD = 99_999
MAX_FIELD = 9_999

_ENTRY = 12
_CONTROLS = re.compile("[\x00-\x1d\x7f-\x9f]")
# MARC-8 gives a meaning to four of these bytes only; the converter drops the rest without a word.
_NOT_MARC8 = re.compile(rb"[\x80-\x87\x8a-\x8c\x8f-\x9f]")
# Small Cyrillic letters of Windows-1251 are diacritics in MARC-8, where no letter carries three.
_WINDOWS_1251 = re.compile(rb"[\xe0-\xfe]{3}")

Subfields = list[tuple[str, str]]


@dataclass(slots=True)
class Marc:
    """A record taken apart: its leader, its fields in UTF-8 by tag, and the whole again in ISO 2709.

    ``encoding`` is what the record came in: "ascii", "utf-8" or "marc-8".
    """

    leader: str
    fields: dict[str, list[bytes]]
    encoding: str
    data: bytes

    def control(self, tag: str) -> str:
        """Text of the first control field with this tag, or nothing."""
        found = self.fields.get(tag)
        return text_of(found[0]) if found else ""

    def subfields(self, *tags: str) -> Iterable[tuple[str, Subfields]]:
        """Indicators and subfields of every field with one of these tags, in the order of the tags."""
        for tag in tags:
            for field in self.fields.get(tag, ()):
                parts = text_of(field).split("\x1f")
                yield parts[0], [(part[0], part[1:]) for part in parts[1:] if part]


def text_of(field: bytes) -> str:
    """Composed text without control characters (non-sorting marks, zero bytes that PostgreSQL refuses)."""
    text = field.decode()
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def parse(raw: bytes) -> Marc:
    """Take one record apart; raises Rejected with the reason when it cannot be trusted.

    A wrong length in the leader or wrong offsets in the directory are put right as long as there are
    as many fields as directory entries. A blank encoding mark is believed only if the text agrees.
    """
    try:
        leader = raw[:24].decode("ascii")
        base = int(raw[12:17])
    except ValueError as error:
        raise Rejected(Reason.BAD_LEADER) from error
    if not 24 < base < len(raw):
        raise Rejected(Reason.BAD_LEADER)
    fields, sound = _directory(raw, base)
    encoding = _encoding(raw)
    if encoding == "marc-8":
        fields = [(tag, _from_marc8(tag, field)) for tag, field in fields]
        sound = False
    if sound and len(raw) == int(raw[:5]):
        data = raw if raw[9:10] == b"a" else raw[:9] + b"a" + raw[10:]
    else:
        data = build(leader, fields)
    by_tag: dict[str, list[bytes]] = {}
    for tag, field in fields:
        by_tag.setdefault(tag, []).append(field)
    return Marc(leader, by_tag, encoding, data)


def build(leader: str, fields: Iterable[tuple[str, bytes]]) -> bytes:
    """ISO 2709 in UTF-8 of a leader and fields (with their indicators and subfield marks, without end).

    Raises Rejected when the record or a field is longer than the format can say.
    """
    directory, body, offset = [], [], 0
    for tag, field in fields:
        length = len(field) + 1
        if length > MAX_FIELD:
            raise Rejected(Reason.TOO_LONG)
        directory.append(f"{tag}{length:04d}{offset:05d}")
        body.append(field)
        offset += length
    base = 24 + _ENTRY * len(body) + 1
    total = base + offset + 1
    if total > MAX_RECORD:
        raise Rejected(Reason.TOO_LONG)
    head = f"{total:05d}{leader[5:9]}a{leader[10:12]}{base:05d}{leader[17:24]}{''.join(directory)}\x1e"
    return head.encode() + b"".join(field + b"\x1e" for field in body) + b"\x1d"


def _directory(raw: bytes, base: int) -> tuple[list[tuple[str, bytes]], bool]:
    """Tags with their fields, and whether the directory told the truth about them."""
    entries = raw[24 : base - 1]
    if len(entries) % _ENTRY or raw[base - 1] != FIELD_END:
        raise Rejected(Reason.BAD_DIRECTORY)
    try:
        directory = entries.decode("ascii")
        fields, sound = [], True
        for i in range(0, len(directory), _ENTRY):
            start = base + int(directory[i + 7 : i + 12])
            end = start + int(directory[i + 3 : i + 7]) - 1
            if not base <= start <= end < len(raw) or raw[end] != FIELD_END or raw[start - 1] != FIELD_END:
                sound = False
                break
            fields.append((directory[i : i + 3], raw[start:end]))
    except ValueError as error:
        raise Rejected(Reason.BAD_DIRECTORY) from error
    if sound:
        return fields, True
    parts = raw[base:].rstrip(b"\x1d").split(b"\x1e")
    tags = [directory[i : i + 3] for i in range(0, len(directory), _ENTRY)]
    if len(parts) != len(tags) + 1 or parts[-1].strip():
        raise Rejected(Reason.WRONG_LENGTH)
    return list(zip(tags, parts, strict=False)), False


def _encoding(raw: bytes) -> str:
    if raw.isascii():
        return "marc-8" if b"\x1b" in raw and raw[9:10] != b"a" else "ascii"
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        if raw[9:10] == b"a":
            raise Rejected(Reason.BAD_UTF8) from error
        return "marc-8"
    return "utf-8"


def _from_marc8(tag: str, field: bytes) -> bytes:
    """A field turned from MARC-8 to UTF-8; raises Rejected if a character has no meaning there."""
    if field.isascii() and b"\x1b" not in field:
        return field
    head, *parts = field.split(b"\x1f")
    if tag < "010" or not head.isascii() or _NOT_MARC8.search(field):
        raise Rejected(Reason.BAD_MARC8)
    if b"\x1b" not in field and _WINDOWS_1251.search(field):
        raise Rejected(Reason.BAD_MARC8)
    if not all(part[:1].isascii() for part in parts):
        raise Rejected(Reason.BAD_SUBFIELD)
    return b"\x1f".join([head] + [part[:1] + _marc8_text(part[1:]).encode() for part in parts])


def _marc8_text(value: bytes) -> str:
    # The converter reports what it cannot convert on stderr and puts a blank in its place.
    complaints = io.StringIO()
    with contextlib.redirect_stderr(complaints):
        try:
            text = marc8_to_unicode(value)
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise Rejected(Reason.BAD_MARC8) from error
    # The blank is in every set, though not in its tables.
    if any(" 0x20 " not in complaint for complaint in complaints.getvalue().splitlines()):
        raise Rejected(Reason.BAD_MARC8)
    return text
