"""Leader and fields out of forms that spell them out (XML, JSON, lines of text), made fit for ISO 2709."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalog_pages.marc.errors import Reason, Rejected

# A record this long is no record; what is longer than ISO 2709 can say but shorter than this is kept.
LONGEST_RECORD = 16 << 20

DEFAULT_LEADER = "00000nam a2200000 a 4500"
_TAG = re.compile(r"[0-9A-Za-z]{3}")
_NOT_PRINTED = re.compile("[^ -~]")
_MARKS = str.maketrans(dict.fromkeys("\x1d\x1e\x1f", " "))


def leader_of(text: str) -> str:
    """Twenty-four characters, with the parts that say how ISO 2709 is laid out put right."""
    text = (_NOT_PRINTED.sub(" ", text) or DEFAULT_LEADER).ljust(24)[:24]
    return f"{text[:10]}22{text[12:20]}4500"


def control_field(tag: str, value: str) -> tuple[str, bytes]:
    """A field without indicators; raises Rejected as ``data_field`` does."""
    return _tag(tag), _bytes(value)


def data_field(tag: str, indicators: str, subfields: Iterable[tuple[str, str]]) -> tuple[str, bytes]:
    """A field with indicators (blanks where there are none) and subfields.

    Raises Rejected for a tag that is no three letters or digits, an indicator or subfield code that is no
    single sign.
    """
    indicators = indicators.ljust(2)
    if len(indicators) != 2 or _NOT_PRINTED.search(indicators):
        raise Rejected(Reason.BAD_INDICATOR)
    parts = [_bytes(indicators)]
    for code, value in subfields:
        if len(code) != 1 or not "!" <= code <= "~":
            raise Rejected(Reason.BAD_SUBFIELD)
        parts.append(code.encode() + _bytes(value))
    return _tag(tag), b"\x1f".join(parts)


def is_control(tag: str) -> bool:
    """Whether a field with this tag has neither indicators nor subfields."""
    return tag < "010"


def _tag(tag: str) -> str:
    if not _TAG.fullmatch(tag):
        raise Rejected(Reason.BAD_TAG)
    return tag


def _bytes(text: str) -> bytes:
    try:
        return text.translate(_MARKS).encode()
    except UnicodeEncodeError as error:
        raise Rejected(Reason.BAD_ENCODING) from error
