"""Records of IRBIS: its text export, and how its fields are kept in ISO 2709.

A field has no indicators; a value that stands before the first subfield is kept under "*", the name IRBIS
itself has for it. Tags of four and five digits get three signs that begin with a letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from catalog_pages.marc.encodings import decoded
from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.structured import LONGEST_RECORD, control_field, data_field, is_control

LEADER = "00000nam a22000003  4500"
END_OF_RECORD = b"*****"

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LINE = re.compile(r"#([0-9]{1,5}): ?(.*)", re.DOTALL)
_LARGEST_TAG = 999 + 26 * 36 * 36


def short_tag(number: int) -> str:
    """The tag of three signs under which a field of IRBIS is kept; raises Rejected where there is none.

    >>> short_tag(10), short_tag(910), short_tag(1000), short_tag(1119)
    ('010', '910', 'A00', 'A3B')
    """
    if not 0 < number <= _LARGEST_TAG:
        raise Rejected(Reason.BAD_TAG)
    if number < 1000:
        return f"{number:03d}"
    number, last = divmod(number - 1000, 36)
    first, middle = divmod(number, 36)
    return f"{_DIGITS[10 + first]}{_DIGITS[middle]}{_DIGITS[last]}"


def tag_number(tag: str) -> int:
    """The number IRBIS has for a tag of three signs: the way back from ``short_tag``.

    >>> tag_number("010"), tag_number("A3B")
    (10, 1119)
    """
    if tag.isdigit():
        return int(tag)
    first, middle, last = (_DIGITS.index(sign) for sign in tag)
    return 1000 + ((first - 10) * 36 + middle) * 36 + last


def field(tag: str, value: str) -> tuple[str, bytes]:
    """A field as IRBIS writes it, ``^aText^bText``, made fit for ISO 2709; raises Rejected for a bad tag."""
    if not tag.isascii() or not tag.isdigit():
        raise Rejected(Reason.BAD_TAG)
    short = short_tag(int(tag))
    if is_control(short):
        return control_field(short, value)
    plain, *parts = value.split("^")
    subfields = [("*", plain)] if plain or not parts else []
    # "^" without a code is nothing but a sign in the text before it.
    for part in parts:
        if part and "!" <= part[0] <= "~":
            subfields.append((part[0], part[1:]))
        elif subfields:
            code, text = subfields.pop()
            subfields.append((code, f"{text}^{part}"))
        else:
            subfields.append(("*", f"^{part}"))
    return data_field(short, "  ", subfields)


def text_of_field(tag: str, content: bytes) -> str:
    """A field as the text export of IRBIS writes it: the way back from ``field``."""
    if is_control(tag):
        return f"#{tag_number(tag)}: {content.decode()}"
    parts = content.decode().split("\x1f")[1:]
    value = "".join(part[1:] if part[0] == "*" else f"^{part}" for part in parts)
    return f"#{tag_number(tag)}: {value}"


def read_irbis_text(stream: BinaryIO, encoding: str = "") -> Iterator[RawRecord]:
    """Every record of a text export (``#200: ^aTitle`` lines, a line of asterisks after each record)."""
    number, offset, start, size, usual = 0, 0, 0, 0, ""
    lines: list[bytes] = []
    for line in _lines(stream):
        offset += len(line)
        if not line.startswith(END_OF_RECORD):
            lines.append(line)
            size += len(line)
            if size <= LONGEST_RECORD:
                continue
        if any(text.strip() for text in lines):
            number += 1
            raw = _raw(number, start, lines + [END_OF_RECORD + b"\r\n"], encoding, usual)
            usual = usual if raw.encoding in ("", "ascii", "utf-8") else raw.encoding
            yield raw
        start, size, lines = offset, 0, []
    if any(text.strip(b"\x00\x1a \r\n") for text in lines):
        yield _raw(number + 1, start, lines, encoding, usual)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(1 << 20):
        yield line


def _raw(number: int, offset: int, lines: Iterable[bytes], encoding: str, usual: str) -> RawRecord:
    data = b"".join(lines)
    try:
        if len(data) > LONGEST_RECORD:
            raise Rejected(Reason.TOO_LONG)
        text, found = decoded(data, encoding, usual)
        fields = [_field(line) for line in text.lstrip("\ufeff").split("\n") if _says_something(line)]
        if not fields:
            raise Rejected(Reason.NOT_A_RECORD)
    except Rejected as rejection:
        return RawRecord(number, offset, data, rejection.reason)
    return RawRecord(number, offset, data, leader=LEADER, fields=fields, encoding=found, format="irbis")


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("*****")


def _field(line: str) -> tuple[str, bytes]:
    found = _LINE.fullmatch(line.rstrip("\r"))
    if not found:
        raise Rejected(Reason.BAD_LINE)
    return field(found[1], found[2])
