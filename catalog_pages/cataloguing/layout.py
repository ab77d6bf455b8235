"""What the form shows of a record: single values, fields that may be repeated, codes; by the rules of its MARC."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.marc.building import LEADER_TYPES
from catalog_pages.marc.iso2709 import Subfields
from catalog_pages.marc.mapping import clean
from catalog_pages.models import Record

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
    """A field that a line of a repeated group may become. A name without a comma may have other indicators."""

    tag: str
    label: str | Promise
    indicators: str = "  "
    undivided: str = ""

    def indicators_for(self, text: str) -> str:
        return self.undivided if self.undivided and "," not in text else self.indicators


# The words of a field with a tag, and the subfields that words become in it.
Read = Callable[[str, Subfields], str]
Split = Callable[[str, str], Subfields]


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
    divisions: str = ""  # the codes of subdivisions, where headings have them
    read: Read | None = None
    split: Split | None = None
    # Further tags that stand in this group but are not offered for new lines.
    also: tuple[str, ...] = field(default=())

    @property
    def tags(self) -> tuple[str, ...]:
        return (*(choice.tag for choice in self.choices), *self.also)

    @property
    def mark(self) -> str:
        return ", ".join(dict.fromkeys(choice.tag for choice in self.choices))

    def text(self, tag: str, parts: Subfields) -> str:
        """The words of a field as the form shows them."""
        if self.read:
            return self.read(tag, parts)
        if self.name == "links":  # the slash at the end of an address is no punctuation
            return next((value.strip() for code, value in parts if code in self.codes), "")
        return clean(" ".join(value.strip() for code, value in parts if code in self.codes))

    def parts(self, tag: str, text: str) -> Subfields:
        """The subfields that these words become."""
        return self.split(tag, text) if self.split else [(self.codes[0], text)]


class Codes(Protocol):
    """What MARC keeps in codes, read by the rules of the import and written one by one.

    ``columns`` are those of a Record, also for one without a title yet; each raises Rejected as the import does.
    """

    def columns(self, marc: EditableMarc) -> dict[str, Any]: ...

    def set_material(self, marc: EditableMarc, material: str) -> None: ...

    def set_languages(self, marc: EditableMarc, languages: list[str]) -> None: ...

    def set_year(self, marc: EditableMarc, year: int | None) -> None: ...

    def set_age_group(self, marc: EditableMarc, group: str) -> None: ...

    def set_class(self, marc: EditableMarc, before: tuple[str, str], scheme: str, number: str) -> None: ...

    def set_host(self, marc: EditableMarc, host: Record | None, part: str) -> None: ...

    def has_fixed_host(self, marc: EditableMarc) -> bool: ...

    def set_title_indicators(self, marc: EditableMarc, title: str, before: str, language: str) -> None: ...


class WorkingCopy(EditableMarc):
    """A record as the tables of its rules read it."""

    def __init__(self, marc: EditableMarc) -> None:
        raise NotImplementedError

    def write_back(self, marc: EditableMarc) -> None:
        """Put what was changed into the record itself."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Rules:
    """How the fields of one kind of MARC are shown and written.

    ``main`` are the tags of main entries with those of added ones; ``one_edition`` the fields that another edition
    of the work does not share; ``one_issue`` those that the next article of an issue does. ``copy`` makes a copy to
    work on where the record writes its codes otherwise than the tables here.
    """

    name: str
    singles: tuple[Single, ...]
    groups: tuple[Group, ...]
    codes: Codes
    main: Mapping[str, str]
    main_only: tuple[str, ...]
    one_edition: frozenset[str]
    one_issue: frozenset[str]
    title: str
    copy: type[WorkingCopy] | None = None

    @property
    def added(self) -> dict[str, str]:
        """The tags of added entries, with those of the main ones."""
        return {added: main for main, added in self.main.items()}


# The order in which the form asks; the coded values stand among the others.
ORDER = (
    "title", "subtitle", "names", "part_number", "part_title", "statement", "other_titles", "host", "edition",
    "scale", "frequency", "published", "place", "publisher", "date", "extent", "details", "size", "accompanying",
    "series", "isbns", "issns", "class", "subjects", "notes", "contents", "links",
)  # fmt: skip
