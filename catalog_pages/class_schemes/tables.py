"""The ranges of the class schemes in memory: a page of results asks for the class of each book several times."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from catalog_pages.class_schemes.built_in import BUILT_IN
from catalog_pages.quality.rules import outside_scheme

# Another process learns of a change after so many seconds; the one that made it, at once.
SECONDS = 60.0

_POINTS = re.compile(r"[\s.]")
_BEHIND_DIGITS = re.compile(r"[^0-9.].*$")
# Class letters are often typed with a Latin keyboard on: the shapes are the same.
_LATIN_TO_CYRILLIC = str.maketrans("ABEHKMOPCTXY", "АВЕНКМОРСТХУ")


@dataclass(frozen=True, slots=True)
class ClassRow:
    """What a range says: the colour of the label (0–9), and the name of the class by language."""

    colour: int
    name: Mapping[str, str] = field(default_factory=dict)


Tables = Mapping[str, Mapping[str, ClassRow]]
BUILT_IN_TABLES: Tables = {
    scheme: {start: ClassRow(colour) for start, colour in ranges.items()}
    for scheme, ranges in BUILT_IN.items()
}


class _Memory:
    def __init__(self) -> None:
        self.tables: Tables = {}
        self.read_at: float | None = None


_memory = _Memory()


def class_of(scheme: str, number: str) -> ClassRow | None:
    """The range with the longest beginning that a class number has; None where the scheme has none."""
    table = _tables().get(scheme)
    key = _key(scheme, number) if table else ""
    if not table or not key:
        return None
    return next((table[key[:size]] for size in range(min(len(key), 20), 0, -1) if key[:size] in table), None)


def is_within(scheme: str, number: str) -> bool:
    """Whether a class number can be one of its scheme: by its shape, and by the ranges. No number is not outside.

    >>> is_within("ddc", "894.361"), is_within("ddc", "84(5Аз)"), is_within("bbk", "84(5Аз)")
    (True, False, True)
    """
    number = number.strip()
    if outside_scheme(scheme, number):
        return False
    # What begins with a sign or, in DDC, with a letter (Fic, B) belongs to no range and may be right all the same.
    has_class = scheme == "bbk" or number.lstrip("[('\"")[:1].isdecimal()
    return not number or not has_class or class_of(scheme, number) is not None


def plain_beginning(scheme: str, text: str) -> str:
    """The beginning of a range as it is kept: without points, in capitals, BBK in Cyrillic letters; "" for none."""
    key = _key(scheme, text)
    return key if key.isalnum() else ""


def forget_tables() -> None:
    """The ranges have changed: read them when they are next asked for."""
    _memory.read_at = None


def use_built_in() -> None:
    """Answer from the ranges a new installation begins with, without asking the database."""
    _memory.tables, _memory.read_at = BUILT_IN_TABLES, time.monotonic()


def _tables() -> Tables:
    if _memory.read_at is None or time.monotonic() - _memory.read_at > SECONDS:
        _memory.tables, _memory.read_at = _read(), time.monotonic()
    return _memory.tables


def _read() -> Tables:
    from catalog_pages.models import ClassRange  # whose module imports this one

    tables: dict[str, dict[str, ClassRow]] = {}
    rows = ClassRange.objects.values_list("scheme__code", "beginning", "colour", "name")
    for scheme, beginning, colour, name in rows.iterator():
        tables.setdefault(scheme, {})[beginning] = ClassRow(colour, name or {})
    return {**BUILT_IN_TABLES, **tables}


def _key(scheme: str, number: str) -> str:
    number = (number or "").strip().upper().lstrip("[('\"")
    return _KEYS[scheme](number) if number and scheme in _KEYS else ""


def _digits(number: str) -> str:
    return _POINTS.sub("", number) if number[0].isascii() and number[0].isdigit() else ""


def _bbk(number: str) -> str:
    if number[0].isascii() and number[0].isdigit():
        return _POINTS.sub("", _BEHIND_DIGITS.sub("", number))
    return _POINTS.sub("", number.translate(_LATIN_TO_CYRILLIC))


_KEYS: Mapping[str, Callable[[str], str]] = {"ddc": _digits, "udc": _digits, "bbk": _bbk}
