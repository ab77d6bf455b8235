"""What fields of a record say in another script: 880 of MARC21, fields of UNIMARC with the same number in $6."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from catalog_pages.marc import scripts, unimarc
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.iso2709 import Marc, Subfields
from catalog_pages.marc.mapping import (
    DASH,
    IMPRINT_TAGS,
    NAME_TAGS,
    NOTE_TAGS,
    SUBJECT_TAGS,
    name_of,
    plain,
    subject_parts,
    unbracketed,
)

_LINK = re.compile(r"(\d{3})-(\d{2})")
_UNLINKED = "00"

Read = Callable[[Subfields], str]


def _reads(*codes: str) -> tuple[Read, ...]:
    return tuple(lambda parts, wanted=each: unbracketed(plain(parts, wanted)) for each in codes)


def _subject(parts: Subfields) -> str:
    return DASH.join(subject_parts(parts))


# How the columns of a record are read from the fields: both scripts by the same rule, so that they match.
_READ: Mapping[str, tuple[Read, ...]] = {
    "245": _reads("anp", "b", "c"),
    "250": _reads("a"),
    "505": _reads("agrt"),
    **dict.fromkeys(IMPRINT_TAGS, _reads("a", "b", "c")),
    **dict.fromkeys(("130", "240", "246", "740"), _reads("abnp")),
    **dict.fromkeys(("490", "440", "830", "800", "810", "811"), _reads("anptv")),
    **dict.fromkeys(NOTE_TAGS, _reads("abc")),
    **dict.fromkeys(NAME_TAGS, (name_of,)),
    **dict.fromkeys(SUBJECT_TAGS, (_subject,)),
}


def own_scripts(marc: Marc) -> dict[str, str]:
    """What each romanised text of a record reads in its own script: ``{"Voĭna i mir": "Война и мир"}``.

    In UNIMARC the texts of the fields that stand first, with those of the same fields in another script. Empty for
    IRBIS, and for fields that belong to no other.
    """
    if marc.format == "unimarc":
        return _of_unimarc(marc)
    if marc.format not in ("", "marc21"):
        return {}
    others = dict(_linked(marc, "880"))
    pairs: dict[str, str] = {}
    for tag, reads in _READ.items():
        for (_tag, number), parts in _linked(marc, tag):
            other = others.get((tag, number))
            for read in reads if other else ():
                if (romanised := read(parts)) and (own := read(other or [])) and own != romanised:
                    pairs.setdefault(romanised, own)
    return pairs


def _linked(marc: Marc, tag: str) -> Iterator[tuple[tuple[str, str], Subfields]]:
    """The fields of a tag that are linked to another, with the tag and the number that $6 names."""
    for _indicators, parts in marc.subfields(tag):
        link = _LINK.match(parts[0][1]) if parts and parts[0][0] == "6" else None
        if link and link[2] != _UNLINKED:
            yield (link[1], link[2]), parts


_ONE = ("title", "subtitle", "statement", "edition", "place", "publisher", "series", "contents")
_SEVERAL = ("authors", "subjects", "notes")


def _of_unimarc(marc: Marc) -> dict[str, str]:
    """Both scripts are read by the rule of the columns, so that they match."""
    if not scripts.is_in_scripts(marc):
        return {}
    once, other, _alone = scripts.in_one_script(marc)
    try:
        first, second = unimarc.record_fields(once), unimarc.record_fields(other)
    except Rejected:
        return {}
    found = [(first[name], second[name]) for name in _ONE]
    for name in _SEVERAL:
        if len(first[name]) == len(second[name]):
            found += zip(first[name], second[name], strict=True)
    return {text: own for text, own in found if text and own and text != own}
