"""The form of a record in UNIMARC or RUSMARC: its fields, and how their words are read and written."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from catalog_pages.cataloguing.layout import WHOLE, Choice, Group, Rules, Single
from catalog_pages.cataloguing.marc21_fields import SINGLES as MARC21_SINGLES
from catalog_pages.cataloguing.unimarc_codes import UnimarcCodes
from catalog_pages.marc.iso2709 import Subfields
from catalog_pages.marc.mapping import clean, isbn_of
from catalog_pages.marc.unimarc import name_of

_PLACES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "title": (("200",), "a", "1 "), "part_number": (("200",), "h", "1 "), "part_title": (("200",), "i", "1 "),
    "subtitle": (("200",), "e", "1 "), "statement": (("200",), "f", "1 "), "edition": (("205",), "a", "  "),
    "scale": (("206",), "a", "  "), "frequency": (("326",), "a", "  "), "published": (("207",), "a", "  "),
    "place": (("210", "214"), "a", "  "), "publisher": (("210", "214"), "c", "  "),
    "date": (("210", "214"), "d", "  "), "extent": (("215",), "a", "  "), "details": (("215",), "c", "  "),
    "size": (("215",), "d", "  "), "accompanying": (("215",), "e", "  "),
}  # fmt: skip


def _single(other: Single) -> Single:
    """The same value, where UNIMARC has it."""
    tags, code, indicators = _PLACES[other.name]
    return Single(other.name, other.label, tags, code, other.kinds, indicators, other.help)


SINGLES = tuple(_single(one) for one in MARC21_SINGLES)

_DATES = re.compile(r",?\s*(\(?\d{3,4}\)?\s*[-–—]\s*\(?\d{0,4}\)?)\s*$")
_INITIALS = re.compile(r"(?:\w\.[\s-]*)+")
DASHES = re.compile(r"\s+(?:—|–|--)\s+")
_PERSONS = ("700", "701", "702", "600")
_SUBDIVISIONS = "jxyz"


def _name_text(_tag: str, parts: Subfields) -> str:
    return name_of(parts)


def name_parts(tag: str, text: str) -> Subfields:
    """Surname, initials with the forenames they stand for, dates; other names are one piece."""
    found = _DATES.search(text)
    dates = found[1] if found and text[: found.start()].strip() else ""
    name = text[: found.start()].rstrip(" ,") if found and dates else text
    if tag not in _PERSONS or "," not in name:
        return [("a", name), ("f", dates)]
    surname, _comma, forenames = name.partition(",")
    forenames = forenames.strip()
    initials = forenames
    full = ""
    if not _INITIALS.fullmatch(forenames):
        initials, full = " ".join(f"{word[0]}." for word in forenames.split()), forenames
    return [("a", surname.strip()), ("b", initials), ("g", full), ("f", dates)]


def _subject_text(tag: str, parts: Subfields) -> str:
    if tag == "610":
        return "; ".join(text for code, value in parts if code == "a" and (text := clean(value)))
    head = name_of([part for part in parts if part[0] not in _SUBDIVISIONS])
    divisions = [clean(value) for code, value in parts if code in _SUBDIVISIONS]
    return " — ".join(text for text in (head, *divisions) if text)


def _subject_parts(tag: str, text: str) -> Subfields:
    if tag == "610":
        return [("a", word.strip()) for word in text.split(";") if word.strip()]
    head, *divisions = [part for part in DASHES.split(text) if part.strip()] or [text]
    return [*name_parts(tag, head.strip()), *(("x", division.strip()) for division in divisions)]


def _series_text(_tag: str, parts: Subfields) -> str:
    title = ". ".join(text for code, value in parts if code in "aehi" and (text := clean(value)))
    number = next((clean(value) for code, value in parts if code == "v"), "")
    return " ; ".join(text for text in (title, number) if text)


def _series_parts(_tag: str, text: str) -> Subfields:
    title, _mark, number = text.partition(" ; ")
    return [("a", title.strip()), ("v", number.strip())]


def _isbn_text(_tag: str, parts: Subfields) -> str:
    value = next((value for code, value in parts if code == "a"), "")
    return isbn_of(value) or clean(value)


GROUPS: tuple[Group, ...] = (
    Group(
        "names",
        _("Authors and others"),
        (Choice("700", _("Person"), " 1", " 0"), Choice("710", _("Organisation"), "02")),
        codes="abgcdf",
        extra="4",
        extra_label=_("What they did (code)"),
        help=_("Surname first: Surname, Forename. The first line is the main author."),
        suggests="names",
        read=_name_text,
        split=name_parts,
        also=("701", "711", "702", "712", "720", "721", "722", "730"),
    ),
    Group(
        "other_titles", _("Other titles"), (Choice("517", _("Other title"), "1 "),), codes="ahi",
        also=("500", "503", "510", "512", "513", "514", "515", "516", "518", "540", "541", "545"),
    ),
    Group("isbns", _("ISBN"), (Choice("010", "ISBN"),), codes="a", kinds=WHOLE - {"periodical"}, read=_isbn_text),
    Group("issns", _("ISSN"), (Choice("011", "ISSN"),), codes="a", kinds=frozenset(("periodical",))),
    Group(
        "series", _("Series"), (Choice("225", _("Series"), "1 "),), codes="aehiv", kinds=WHOLE - {"object"},
        help=_("Title of the series ; number"), read=_series_text, split=_series_parts,
    ),
    Group(
        "subjects",
        _("Subjects"),
        (
            Choice("606", _("Subject"), "0 "),
            Choice("600", _("Person"), " 1", " 0"),
            Choice("601", _("Organisation"), "02"),
            Choice("607", _("Place")),
            Choice("608", _("Genre or form")),
            Choice("610", _("Free word"), "0 "),
        ),
        codes="abgcdfjxyz",
        divisions=_SUBDIVISIONS,
        help=_("Subdivisions behind a dash: Azerbaijan — History"),
        suggests="subjects",
        read=_subject_text,
        split=_subject_parts,
        also=("602", "604", "605"),
    ),
    Group(
        "notes",
        _("Notes"),
        (
            Choice("330", _("Summary")),
            Choice("300", _("Note")),
            Choice("320", _("Bibliography, index")),
            Choice("323", _("Performers")),
            Choice("333", _("For whom")),
            Choice("337", _("What is needed to use it")),
        ),
        codes="abc",
        long=True,
        also=("301", "302", "304", "305", "306", "307", "308", "310", "311", "312", "313", "314", "316", "317", "321",
              "322", "324", "325", "328", "332", "334", "336", "345"),
    ),
    Group("contents", _("Contents"), (Choice("327", _("Contents"), "1 "),), codes="a", kinds=WHOLE, long=True),
    Group(
        "links", _("Links"), (Choice("856", _("Link"), "4 "),), codes="u",
        extra="z", extra_label=_("Words of the link"),
    ),
)  # fmt: skip

UNIMARC = Rules(
    name="unimarc",
    singles=SINGLES,
    groups=GROUPS,
    codes=UnimarcCodes(),
    main={"700": "701", "710": "711"},
    main_only=(),
    one_edition=frozenset((
        "001", "003", "005", "010", "011", "020", "021", "035", "801", "850", "852", "856", "899", "901", "910",
        "949", "952", "995",
    )),
    one_issue=frozenset(("100", "101", "463")),
    title="200",
)  # fmt: skip
