"""One record of ISO 2709: taken apart and put together, always in UTF-8.

Written for speed: an import takes every record apart, and only the fields it needs become text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from catalog_pages.marc.encodings import Fields, convert, declared_by_unimarc
from catalog_pages.marc.errors import Reason, Rejected

FIELD_END = 0x1E
MAX_RECORD = 99_999
MAX_FIELD = 9_999

_ENTRY = 12
_CONTROLS = re.compile("[\x00-\x1d\x7f-\x9f]")
# How 100 begins in UNIMARC: the day the record was made, after two blanks.
_UNIMARC = re.compile(rb"..\x1fa[0-9]{8}")

Subfields = list[tuple[str, str]]


@dataclass(slots=True)
class Marc:
    """A record taken apart: its leader, its fields in UTF-8 by tag, and the whole again in ISO 2709.

    ``encoding`` is what the record came in, ``declared`` what it says of itself. ``format`` are the rules of
    its fields where the file tells them ("irbis"); see ``catalog_pages.marc.formats``.
    """

    leader: str
    fields: dict[str, list[bytes]]
    encoding: str
    data: bytes
    declared: str = ""
    format: str = ""

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


def parse(raw: bytes, *, encoding: str = "") -> Marc:
    """Take one record apart; raises Rejected with the reason when it cannot be trusted.

    A wrong length in the leader or wrong offsets in the directory are put right as long as there are
    as many fields as directory entries. The text decides about the encoding, what the record declares is
    only a hint; ``encoding`` overrides both.
    """
    try:
        leader = raw[:24].decode("ascii")
        base = int(raw[12:17])
    except ValueError as error:
        raise Rejected(Reason.BAD_LEADER) from error
    if base == MAX_RECORD and raw[:5] == b"99999":
        base = raw.find(b"\x1e") + 1  # A directory too long for the leader to say so: see ``build``.
    if not 24 < base < len(raw):
        raise Rejected(Reason.BAD_LEADER)
    fields, sound = _directory(raw, base)
    as_delivered = fields
    fields, found, declared = _as_utf8(raw, fields, encoding)
    if sound and fields is as_delivered and len(raw) == int(raw[:5]):
        data = raw if raw[9:10] == b"a" else raw[:9] + b"a" + raw[10:]
    else:
        data = build(leader, fields)
    return Marc(leader, _by_tag(fields), found, data, declared)


def fields_in_order(raw: bytes) -> tuple[str, Fields]:
    """Leader and fields, in their order, of a record that is in UTF-8 already; raises Rejected as ``parse`` does."""
    try:
        leader, base = raw[:24].decode("ascii"), int(raw[12:17])
    except ValueError as error:
        raise Rejected(Reason.BAD_LEADER) from error
    if base == MAX_RECORD and raw[:5] == b"99999":
        base = raw.find(b"\x1e") + 1
    if not 24 < base < len(raw):
        raise Rejected(Reason.BAD_LEADER)
    return leader, list(_directory(raw, base)[0])


def put_together(leader: str, fields: Fields, *, encoding: str, declared: str = "", format: str = "") -> Marc:
    """A record whose leader and fields came in another form than ISO 2709, already in UTF-8."""
    return Marc(leader, _by_tag(fields), encoding, build(leader, fields), declared or encoding, format)


def build(leader: str, fields: Iterable[tuple[str, bytes]]) -> bytes:
    """ISO 2709 in UTF-8 of a leader and fields (with their indicators and subfield marks, without end).

    What is longer than the format can say gets nines for its length or place: ``parse`` then goes by the
    marks between fields, as it does with any wrong directory, and nothing is lost.
    """
    directory, body, offset = [], [], 0
    for tag, field in fields:
        length = len(field) + 1
        directory.append(f"{tag}{min(length, MAX_FIELD):04d}{min(offset, MAX_RECORD):05d}")
        body.append(field)
        offset += length
    base = 24 + _ENTRY * len(body) + 1
    total = base + offset + 1
    if base > MAX_RECORD or total > MAX_RECORD:
        base, total = min(base, MAX_RECORD), MAX_RECORD
    head = f"{total:05d}{leader[5:9]}a{leader[10:12]}{base:05d}{leader[17:24]}{''.join(directory)}\x1e"
    return head.encode() + b"".join(field + b"\x1e" for field in body) + b"\x1d"


def _by_tag(fields: Fields) -> dict[str, list[bytes]]:
    by_tag: dict[str, list[bytes]] = {}
    for tag, field in fields:
        by_tag.setdefault(tag, []).append(field)
    return by_tag


def _directory(raw: bytes, base: int) -> tuple[Fields, bool]:
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


def _as_utf8(raw: bytes, fields: Fields, encoding: str) -> tuple[Fields, str, str]:
    """Fields in UTF-8, the encoding they came in, and the one the record declares."""
    declared = "utf-8" if raw[9:10] == b"a" else "marc-8"
    if encoding:
        return convert(fields, declared=declared, forced=encoding)[0], encoding, declared
    if raw.isascii():
        if b"\x1b" not in raw or declared == "utf-8":
            return fields, "ascii", declared
        return convert(fields, declared=declared, forced="marc-8")[0], "marc-8", declared
    try:
        raw.decode()
    except UnicodeDecodeError:
        coded = next((field for tag, field in fields if tag == "100"), b"")
        latin = "marc-8"
        if _UNIMARC.match(coded) and "200" in dict(fields):
            declared, latin = declared_by_unimarc(coded) or declared, "iso-5426"
        fields, found = convert(fields, declared=declared, guess_latin=latin)
        return fields, found, declared
    return fields, "utf-8", declared
