"""Records out of files that write one field a line: Aleph sequential and MARCMaker (.mrk)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from catalog_pages.marc.encodings import Fields, decoded
from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.structured import LONGEST_RECORD, control_field, data_field, is_control, leader_of

ALEPH_LINE = re.compile(r"([0-9]{6,20}) ([0-9A-Za-z]{3})(.)(.)(?: ([A-Z]))? (.*)", re.DOTALL)
_MARCMAKER_LINE = re.compile(r"=([0-9A-Za-z]{3})  ?(.*)", re.DOTALL)
# Names MARCMaker has for the signs it needs itself.
_MARCMAKER_SIGNS = {"{dollar}": "$", "{bsol}": "\\", "{lcub}": "{", "{rcub}": "}"}
# Aleph writes blanks of the fields of fixed length as "^".
_FIXED = frozenset(("LDR", "006", "007", "008"))
# What Aleph keeps for itself beside the record.
_ALEPH_OWN = frozenset(("FMT",))


def read_aleph(stream: BinaryIO, encoding: str = "") -> Iterator[RawRecord]:
    """Every record of a file in Aleph sequential: the lines that begin with the same number."""
    number, offset, start, held = 0, 0, 0, b""
    lines: list[bytes] = []
    for line in _lines(stream):
        name = line.split(b" ", 1)[0].lstrip(b"\xef\xbb\xbf")
        if lines and line.strip() and name != held:
            number += 1
            yield _raw(number, start, lines, encoding, _aleph)
            start, lines = offset, []
        held = name if line.strip() else held
        lines.append(line)
        offset += len(line)
    if any(line.strip() for line in lines):
        yield _raw(number + 1, start, lines, encoding, _aleph)


def read_marcmaker(stream: BinaryIO, encoding: str = "") -> Iterator[RawRecord]:
    """Every record of a MARCMaker file: a blank line, or the next leader, ends one."""
    number, offset, start = 0, 0, 0
    lines: list[bytes] = []
    for line in _lines(stream):
        if lines and (not line.strip() or line.startswith(b"=LDR")):
            if any(text.strip() for text in lines):
                number += 1
                yield _raw(number, start, [*lines, b"\n"], encoding, _marcmaker)
            start, lines = offset, []
        lines.append(line)
        offset += len(line)
    if any(line.strip() for line in lines):
        yield _raw(number + 1, start, lines, encoding, _marcmaker)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(1 << 20):
        yield line


def _raw(number: int, offset: int, lines: list[bytes], encoding: str, take_apart) -> RawRecord:  # type: ignore[no-untyped-def]
    data = b"".join(lines)
    try:
        if len(data) > LONGEST_RECORD:
            raise Rejected(Reason.TOO_LONG)
        text, found = decoded(data, encoding)
        leader, fields = take_apart(
            [line.rstrip("\r") for line in text.lstrip("\ufeff").split("\n") if line.strip()]
        )
        if not fields:
            raise Rejected(Reason.NOT_A_RECORD)
    except Rejected as rejection:
        return RawRecord(number, offset, data, rejection.reason)
    return RawRecord(number, offset, data, leader=leader, fields=fields, encoding=found)


def _aleph(lines: list[str]) -> tuple[str, Fields]:
    leader, fields = "", []
    for line in lines:
        found = ALEPH_LINE.fullmatch(line)
        if not found:
            raise Rejected(Reason.BAD_LINE)
        _name, tag, first, second, _script, value = found.groups()
        if tag in _FIXED:
            value = value.replace("^", " ")
        if tag == "LDR":
            leader = value
        elif is_control(tag) or tag in _ALEPH_OWN:
            fields.append(control_field(tag, value))
        else:
            plain, *parts = value.split("$$")
            subfields = [("a", plain)] if plain.strip() else []
            subfields += [(part[:1], part[1:]) for part in parts]
            fields.append(data_field(tag, first + second, subfields))
    return leader_of(leader), fields


def _marcmaker(lines: list[str]) -> tuple[str, Fields]:
    leader, fields = "", []
    for line in lines:
        found = _MARCMAKER_LINE.fullmatch(line)
        if not found:
            raise Rejected(Reason.BAD_LINE)
        tag, value = found.groups()
        if tag == "LDR":
            leader = value.replace("\\", " ")
        elif is_control(tag):
            fields.append(control_field(tag, _signs(value.replace("\\", " "))))
        else:
            indicators, *parts = value.split("$")
            subfields = [(part[:1], _signs(part[1:])) for part in parts]
            fields.append(data_field(tag, indicators.replace("\\", " "), subfields))
    return leader_of(leader), fields


def _signs(text: str) -> str:
    for name, sign in _MARCMAKER_SIGNS.items():
        text = text.replace(name, sign)
    return text
