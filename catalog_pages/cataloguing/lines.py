"""A record as lines of text, for those who write MARC: ``245 10 $aTitle$bRest``.

A blank stands as ``#`` in indicators, in the leader and in fields of fixed length. A ``$`` within a value is written
``{dollar}``. Lines that were not changed stay in the record byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog_pages.cataloguing.editable import EditableMarc, MarcField
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.irbis import short_tag, tag_number
from catalog_pages.marc.structured import control_field, data_field, is_control

MOST_SIGNS = 200_000
LEADER = "LDR"
FIXED = frozenset(("006", "007", "008"))
BLANK, DOLLAR = "#", "{dollar}"
_LINE = re.compile(r"(?P<tag>[0-9A-Za-z]{3,5})(?: (?P<rest>.*))?")
_INDICATORS = re.compile(r"(?P<indicators>[0-9a-z#_\\ ]{2})\s?(?P<value>\$.*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line; the first line is 1, and 0 is the record as a whole."""

    line: int
    text: str


def to_lines(marc: EditableMarc, rules: str) -> str:
    """The record as text."""
    lines = [f"{LEADER} {_blanks(marc.leader)}", *(_line(field, rules) for field in marc.fields)]
    return "\n".join(lines)


def from_lines(text: str, before: EditableMarc, rules: str) -> tuple[EditableMarc, list[Problem]]:
    """The record that the lines say, and what is wrong with them. Empty lines do not count."""
    known: dict[str, list[bytes]] = {}
    for field in before.fields:
        known.setdefault(_line(field, rules).rstrip(), []).append(field.raw)
    marc, problems = EditableMarc(before.leader, []), []
    if len(text) > MOST_SIGNS:
        return marc, [Problem(0, _("The record is too long for this page."))]
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip():
            continue
        try:
            _take(marc, line, known, rules)
        except _Wrong as wrong:
            problems.append(Problem(number, str(wrong)))
    if rules == "marc21":
        problems += _check_record(marc, text)
    if before.control("001") != marc.control("001"):
        problems.append(Problem(0, _("001 is the number of this record and stays as it is.")))
    return marc, problems


class _Wrong(Exception):
    """A line that is no field; the words are for the cataloguer."""


def _take(marc: EditableMarc, line: str, known: dict[str, list[bytes]], rules: str) -> None:
    found = _LINE.fullmatch(line.strip() if line.startswith(" ") else line.rstrip())
    if not found:
        raise _Wrong(_("A line begins with the tag of a field, then a blank."))
    tag, rest = found["tag"], found["rest"] or ""
    if tag == LEADER:
        marc.leader = _leader(rest, marc.leader, rules)
        return
    tag = _tag(tag, rules)
    if raws := known.get(line.rstrip()):
        marc.fields.append(MarcField(tag, raws.pop(0)))
        return
    try:
        if is_control(tag):
            value = rest.replace(BLANK, " ") if tag in FIXED else rest
            if tag == "008" and rules == "marc21" and len(value) != 40:
                raise _Wrong(_("008 has 40 signs; here are %(count)s.") % {"count": len(value)})
            marc.fields.append(MarcField(*control_field(tag, value)))
        else:
            marc.fields.append(MarcField(*_data_field(tag, rest, rules)))
    except Rejected as rejection:
        raise _Wrong(str(rejection.reason.label)) from rejection


def _data_field(tag: str, rest: str, rules: str) -> tuple[str, bytes]:
    found = _INDICATORS.fullmatch(rest)
    if not found:
        raise _Wrong(_("Behind the tag stand two indicators, then $ and a letter: 245 10 $aTitle"))
    indicators = re.sub(r"[#_\\]", " ", found["indicators"])
    parts = [(part[:1], part[1:].replace(DOLLAR, "$")) for part in found["value"].split("$")[1:]]
    for code, value in parts:
        if not code.strip() or not value.strip():
            raise _Wrong(_("Subfield $%(code)s is empty.") % {"code": code})
        if rules == "marc21" and not re.fullmatch("[a-z0-9]", code):
            raise _Wrong(_("Subfield codes are small letters and digits, not “%(code)s”.") % {"code": code})
    if rules == "marc21":
        _check_indicators(tag, indicators)
    return data_field(tag, indicators, parts)


# --- What MARC21 asks ---------------------------------------------------------------------------------

_LEADER_SIGNS: Mapping[str, Mapping[int, str]] = {
    "marc21": {5: "acdnp", 6: "acdefgijkmoprt", 7: "abcdims"},
    "unimarc": {5: "cdnop", 6: "abcdefgijklmr", 7: "abcims"},
}
_INDICATOR_SIGNS: Mapping[str, tuple[str, str]] = {
    "100": ("013", " "), "110": ("012", " "), "111": ("012", " "), "130": ("0123456789", " "),
    "245": ("01", "0123456789"), "246": ("0123", " 012345678"), "490": ("01", " "), "505": ("0128", " 0"),
    "600": ("013", "01234567"), "610": ("012", "01234567"), "650": (" 012", "01234567"),
    "651": (" ", "01234567"), "700": ("013", " 2"), "710": ("012", " 2"), "711": ("012", " 2"),
    "773": ("01", " 8"), "856": (" 012347", " 01238"), "020": (" ", " "), "250": (" ", " "), "300": (" ", " "),
    "500": (" ", " "), "080": (" 01", " "), "082": ("017", " 04"),
}  # fmt: skip
_ONCE = ("001", "003", "005", "008", "240", "245")
_ONE_OF = ("100", "110", "111", "130")


def _leader(text: str, before: str, rules: str) -> str:
    value = text.replace(BLANK, " ")
    if value == before.replace(BLANK, " "):
        return before
    if len(value) != 24:
        raise _Wrong(_("The leader has 24 signs; here are %(count)s.") % {"count": len(value)})
    for at, signs in _LEADER_SIGNS.get(rules, {}).items():
        if value[at] not in signs:
            raise _Wrong(
                _("Place %(place)s of the leader cannot be “%(sign)s”: it is one of %(signs)s.")
                % {"place": at, "sign": value[at], "signs": ", ".join(signs)}
            )
    return value


def _check_indicators(tag: str, indicators: str) -> None:
    for place, (sign, allowed) in enumerate(
        zip(indicators, _INDICATOR_SIGNS.get(tag, ("", "")), strict=True), 1
    ):
        if allowed and sign not in allowed:
            raise _Wrong(
                _("Indicator %(place)s of %(tag)s cannot be “%(sign)s”: it is one of %(signs)s.")
                % {"place": place, "tag": tag, "sign": _blanks(sign), "signs": ", ".join(_blanks(allowed))}
            )


def _check_record(marc: EditableMarc, text: str) -> list[Problem]:
    """Fields that may stand only once."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        lines.setdefault(line[:3], []).append(number)
    problems = []
    for tags in (*((tag,) for tag in _ONCE), _ONE_OF):
        count = sum(1 for _field in marc.having(*tags))
        if count > 1:
            numbers = sorted(number for tag in tags for number in lines.get(tag, [0]))
            named = ", ".join(tags)
            problems.append(
                Problem(numbers[-1], _("Only one field of %(tags)s may be there.") % {"tags": named})
            )
    return problems


# --- Writing ------------------------------------------------------------------------------------------


def _tag(tag: str, rules: str) -> str:
    if rules == "irbis" and tag.isdigit():
        return short_tag(int(tag))
    if len(tag) != 3:
        raise _Wrong(_("A tag has three letters or digits."))
    return tag


def _line(field: MarcField, rules: str) -> str:
    tag = str(tag_number(field.tag)).zfill(3) if rules == "irbis" else field.tag
    if is_control(field.tag):
        return f"{tag} {_blanks(field.text) if field.tag in FIXED else field.text}"
    parts = "".join(f"${code}{value.replace('$', DOLLAR)}" for code, value in field.parts)
    return f"{tag} {_blanks(field.indicators)} {parts}"


def _blanks(text: str) -> str:
    return text.replace(" ", BLANK)
