"""What the form shows of a MARC21 record: single values, and fields that may be repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.marc.building import LEADER_TYPES
from catalog_pages.marc.iso2709 import Subfields
from catalog_pages.marc.mapping import clean, isbn_of

Kinds = frozenset[str]
ALL: Kinds = frozenset(LEADER_TYPES)
PARTS_OF_HOSTS: Kinds = frozenset(("article",))
WHOLE = ALL - PARTS_OF_HOSTS


@dataclass(frozen=True, slots=True)
class Single:
    """One value: a subfield of the first field with one of the tags; the first tag is that of a new field."""

    name: str
    label: str | Promise
    tags: tuple[str, ...]
    code: str
    kinds: Kinds = ALL
    indicators: str = "  "
    help: str | Promise = ""
    long: bool = False

    @property
    def mark(self) -> str:
        """The place in MARC, as shown beside the label."""
        return f"{self.tags[0]} ${self.code}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that a line of a repeated group may become."""

    tag: str
    label: str | Promise
    indicators: str = "  "


Text = Callable[[Subfields], str]
Write = Callable[[str, Subfields], Subfields]


@dataclass(frozen=True, slots=True)
class Group:
    """A field that may be repeated, a line of the form for each: what it is, its words, perhaps one thing more."""

    name: str
    label: str | Promise
    choices: tuple[Choice, ...]
    codes: str
    kinds: Kinds = ALL
    extra: str = ""
    extra_label: str | Promise = ""
    help: str | Promise = ""
    long: bool = False
    suggests: str = ""
    read: Text | None = None
    split: Callable[[str], Subfields] | None = None
    # Further tags that stand in this group but are not offered for new lines.
    also: tuple[str, ...] = field(default=())

    @property
    def tags(self) -> tuple[str, ...]:
        return (*(choice.tag for choice in self.choices), *self.also)

    @property
    def mark(self) -> str:
        return ", ".join(dict.fromkeys(choice.tag for choice in self.choices))

    def text(self, parts: Subfields) -> str:
        """The words of a field as the form shows them."""
        if self.read:
            return self.read(parts)
        return clean(" ".join(value.strip() for code, value in parts if code in self.codes))

    def parts(self, text: str) -> Subfields:
        """The subfields that these words become."""
        return self.split(text) if self.split else [("a", text)]


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


def _name_text(parts: Subfields) -> str:
    words = []
    for code, value in parts:
        if code == "t":
            break
        if code in "abcdn" and value.strip():
            words.append(value.strip())
    return clean(" ".join(words))


def _name_parts(text: str) -> Subfields:
    """Surname, forename and, where they end the heading, dates."""
    found = _DATES.search(text)
    if not found or not text[: found.start()].strip():
        return [("a", text)]
    return [("a", f"{text[: found.start()].rstrip(' ,')},"), ("d", found[1])]


def _subject_text(parts: Subfields) -> str:
    head = " ".join(value.strip() for code, value in parts if code in "abcdnpt")
    heads = [clean(head), *(clean(value) for code, value in parts if code in "vxyz")]
    return " — ".join(part for part in heads if part)


def _subject_parts(text: str) -> Subfields:
    head, *divisions = [part for part in _DASHES.split(text) if part.strip()] or [text]
    return [("a", head.strip()), *(("x", division.strip()) for division in divisions)]


def _series_text(parts: Subfields) -> str:
    title = clean(" ".join(value.strip() for code, value in parts if code in "anp"))
    return " ; ".join(
        text for text in (title, *(clean(value) for code, value in parts if code == "v")) if text
    )


def _series_parts(text: str) -> Subfields:
    title, _mark, number = text.partition(" ; ")
    return [("a", title.strip()), ("v", number.strip())] if number.strip() else [("a", title.strip())]


def _isbn_text(parts: Subfields) -> str:
    value = next((value for code, value in parts if code == "a"), "")
    return isbn_of(value) or clean(value)


GROUPS: tuple[Group, ...] = (
    Group(
        "names",
        _("Authors and others"),
        (
            Choice("100", _("Person"), "1 "),
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

SINGLE_BY_NAME: Mapping[str, Single] = {single.name: single for single in SINGLES}
GROUP_BY_NAME: Mapping[str, Group] = {group.name: group for group in GROUPS}
# What a new field becomes that is not the record's main entry.
ADDED_ENTRY = {"100": "700", "110": "710", "111": "711"}
# The order in which the form asks; the coded values stand among the others.
ORDER = (
    "title", "subtitle", "names", "part_number", "part_title", "statement", "other_titles", "host", "edition",
    "scale", "frequency", "published", "place", "publisher", "date", "extent", "details", "size", "accompanying",
    "series", "isbns", "issns", "class", "subjects", "notes", "contents", "links",
)  # fmt: skip
