"""The form of a MARC21 record: its fields, and how their words are read and written."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from catalog_pages.cataloguing.layout import ALL, WHOLE, Choice, Group, Rules, Single
from catalog_pages.cataloguing.marc21_codes import Marc21Codes
from catalog_pages.marc.iso2709 import Subfields
from catalog_pages.marc.mapping import clean, isbn_of

SINGLES: tuple[Single, ...] = (
    Single("title", _("Title"), ("245",), "a", help=_("Copied from the title page, without the author.")),
    Single("part_number", _("Number of the volume"), ("245",), "n", WHOLE - {"map", "picture", "object"}),
    Single("part_title", _("Title of the volume"), ("245",), "p", WHOLE - {"map", "picture", "object"}),
    Single("subtitle", _("Subtitle"), ("245",), "b"),
    Single("statement", _("Responsibility"), ("245",), "c", help=_("Who made it, as the title page says.")),
    Single("edition", _("Edition"), ("250",), "a", WHOLE - {"picture", "object", "manuscript"}),
    Single("scale", _("Scale"), ("255",), "a", frozenset(("map",)), help=_("For example 1:200 000.")),
    Single("frequency", _("How often it appears"), ("310",), "a", frozenset(("periodical",))),
    Single("published", _("Numbers and years of publication"), ("362",), "a", frozenset(("periodical",)), "0 "),
    Single("place", _("Place"), ("264", "260"), "a", WHOLE, " 1"),
    Single("publisher", _("Publisher"), ("264", "260"), "b", WHOLE, " 1"),
    Single("date", _("Date as printed"), ("264", "260"), "c", ALL, " 1"),
    Single("extent", _("Extent"), ("300",), "a", help=_("For example 254 p., 1 CD (62 min.)")),
    Single("details", _("Illustrations, sound, colour"), ("300",), "b", WHOLE),
    Single("size", _("Size"), ("300",), "c", WHOLE - {"electronic"}),
    Single("accompanying", _("Comes with"), ("300",), "e", WHOLE - {"object", "manuscript", "article"}),
)  # fmt: skip

_DATES = re.compile(r",?\s*(\(?\d{3,4}\)?\s*[-–—]\s*\(?\d{0,4}\)?)\s*$")
_DASHES = re.compile(r"\s+(?:—|–|--)\s+")


def _name_text(_tag: str, parts: Subfields) -> str:
    words = []
    for code, value in parts:
        if code == "t":
            break
        if code in "abcdn" and value.strip():
            words.append(value.strip())
    return clean(" ".join(words))


def _name_parts(tag: str, text: str) -> Subfields:
    """Surname, forename and, where they end the heading, dates."""
    found = _DATES.search(text)
    if not found or not text[: found.start()].strip():
        return [("a", text)]
    return [("a", f"{text[: found.start()].rstrip(' ,')},"), ("d", found[1])]


def _subject_text(_tag: str, parts: Subfields) -> str:
    head = " ".join(value.strip() for code, value in parts if code in "abcdnpt")
    heads = [clean(head), *(clean(value) for code, value in parts if code in "vxyz")]
    return " — ".join(part for part in heads if part)


def _subject_parts(_tag: str, text: str) -> Subfields:
    head, *divisions = [part for part in _DASHES.split(text) if part.strip()] or [text]
    return [("a", head.strip()), *(("x", division.strip()) for division in divisions)]


def _series_text(_tag: str, parts: Subfields) -> str:
    title = clean(" ".join(value.strip() for code, value in parts if code in "anp"))
    return " ; ".join(
        text for text in (title, *(clean(value) for code, value in parts if code == "v")) if text
    )


def _series_parts(_tag: str, text: str) -> Subfields:
    title, _mark, number = text.partition(" ; ")
    return [("a", title.strip()), ("v", number.strip())] if number.strip() else [("a", title.strip())]


def _isbn_text(_tag: str, parts: Subfields) -> str:
    value = next((value for code, value in parts if code == "a"), "")
    return isbn_of(value) or clean(value)


GROUPS: tuple[Group, ...] = (
    Group(
        "names",
        _("Authors and others"),
        (
            Choice("100", _("Person"), "1 ", "0 "),
            Choice("110", _("Organisation"), "2 "),
            Choice("111", _("Meeting"), "2 "),
        ),
        codes="abcdn",
        extra="e",
        extra_label=_("What they did"),
        help=_("Surname first: Surname, Forename. The first line is the main author."),
        suggests="names",
        read=_name_text,
        split=_name_parts,
        also=("700", "710", "711"),
    ),
    Group("other_titles", _("Other titles"), (Choice("246", _("Other title"), "3 "),), codes="abnp"),
    Group("isbns", _("ISBN"), (Choice("020", "ISBN"),), codes="a", kinds=WHOLE - {"periodical"}, read=_isbn_text),
    Group("issns", _("ISSN"), (Choice("022", "ISSN"),), codes="a", kinds=frozenset(("periodical",))),
    Group(
        "series", _("Series"), (Choice("490", _("Series"), "0 "),), codes="anpv", kinds=WHOLE - {"object"},
        help=_("Title of the series ; number"), read=_series_text, split=_series_parts,
    ),
    Group(
        "subjects",
        _("Subjects"),
        (
            Choice("650", _("Subject"), " 4"),
            Choice("600", _("Person"), "14"),
            Choice("610", _("Organisation"), "24"),
            Choice("651", _("Place"), " 4"),
            Choice("655", _("Genre or form"), " 4"),
            Choice("653", _("Free word")),
        ),
        codes="abcdnptvxyz",
        divisions="vxyz",
        help=_("Subdivisions behind a dash: Azerbaijan — History"),
        suggests="subjects",
        read=_subject_text,
        split=_subject_parts,
        also=("611", "630", "648"),
    ),
    Group(
        "notes",
        _("Notes"),
        (
            Choice("520", _("Summary")),
            Choice("500", _("Note")),
            Choice("504", _("Bibliography, index")),
            Choice("511", _("Performers"), "0 "),
            Choice("508", _("Made by")),
            Choice("538", _("What is needed to use it")),
            Choice("546", _("About the language")),
            Choice("586", _("Prizes")),
        ),
        codes="abc",
        long=True,
        also=("501", "502", "521", "533", "545"),
    ),
    Group("contents", _("Contents"), (Choice("505", _("Contents"), "0 "),), codes="agrt", kinds=WHOLE, long=True),
    Group(
        "links",
        _("Links"),
        (Choice("856", _("Link"), "40"),),
        codes="u",
        extra="y",
        extra_label=_("Words of the link"),
    ),
)  # fmt: skip


# Of another edition these are others: numbers, dates of the record, links and copies.
_ONE_EDITION = frozenset((
    "001", "003", "005", "010", "015", "016", "017", "019", "020", "022", "024", "027", "028", "029",
    "035", "037", "042", "059", "583", "590", "852", "856", "859", "866", "876", "877", "900", "942",
    "949", "952", "955", "984", "991", "999",
))  # fmt: skip
_ONE_ISSUE = frozenset(("008", "041", "773"))

MARC21 = Rules(
    name="marc21",
    singles=SINGLES,
    groups=GROUPS,
    codes=Marc21Codes(),
    # What a new field becomes that is not the record's main entry.
    main={"100": "700", "110": "710", "111": "711"},
    main_only=("130",),
    one_edition=_ONE_EDITION,
    one_issue=_ONE_ISSUE,
    title="245",
)
