"""Fields of UNIMARC that say the same in two scripts: one tag, linked by $6, each with its script in $7.

$6 begins with ``a`` (another script) and two digits, which both fields share; the tag of the other may follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from catalog_pages.marc.iso2709 import Marc, text_of

_LINK = re.compile(r"a(\d{2})")
_UNLINKED = "00"
_EMBEDDED = "4"  # links between records; what $1 embeds there has its own $6


def is_in_scripts(marc: Marc) -> bool:
    """Whether any field of the record may be linked so; most records have none."""
    return any(b"\x1f6a" in raw for fields in marc.fields.values() for raw in fields)


def in_one_script(marc: Marc) -> tuple[Marc, Marc, Marc]:
    """The record with each paired field once, the same with the other field of each pair, and those others alone.

    The field that stands first is the one that the record is listed by.
    """
    once, other, alone = {}, {}, {}
    for tag, fields in marc.fields.items():
        if tag.startswith(_EMBEDDED):
            once[tag] = other[tag] = fields
            continue
        once[tag], other[tag], others = _apart(fields)
        if others:
            alone[tag] = others
    return replace(marc, fields=once), replace(marc, fields=other), replace(marc, fields=alone)


def _apart(fields: list[bytes]) -> tuple[list[bytes], list[bytes], list[bytes]]:
    firsts: dict[str, tuple[int, str]] = {}
    once: list[bytes] = []
    others: list[bytes] = []
    replaced: dict[int, bytes] = {}
    for raw in fields:
        number, script = _link(raw)
        at, first_script = firsts.get(number, (-1, ""))
        if number and at >= 0 and (script != first_script or not script):
            others.append(raw)
            replaced.setdefault(at, raw)
            continue
        if number and at < 0:
            firsts[number] = len(once), script
        once.append(raw)
    return once, [replaced.get(at, raw) for at, raw in enumerate(once)], others


def _link(raw: bytes) -> tuple[str, str]:
    """The number by which a field is linked, or nothing, and its script."""
    if b"\x1f6a" not in raw:
        return "", ""
    number = script = ""
    for code, value in _parts(raw):
        if code == "6" and not number and (found := _LINK.match(value)) and found[1] != _UNLINKED:
            number = found[1]
        elif code == "7" and not script:
            # Eight signs: script, direction, transliteration of the catalogue's language, then of the heading's.
            script = value[4:6] if len(value.strip()) >= 8 else value[:2]
    return number, script


def _parts(raw: bytes) -> Iterator[tuple[str, str]]:
    return ((part[0], part[1:]) for part in text_of(raw).split("\x1f")[1:] if part)
