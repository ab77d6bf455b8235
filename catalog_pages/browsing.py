"""Browsing from A to Z: authors and subjects as headings, titles as records, each in the order of one alphabet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language

from catalog_pages.headings import fold_key
from catalog_pages.keyset import Part, Walk, Wanted, beginnings
from catalog_pages.letter_bar import OTHER_LENGTH, LetterGroup, beginning, letter_groups, letter_of
from catalog_pages.models import Heading, Record
from library.names import language_code, language_name, language_tag
from search.sorting import NEXT_PART, OTHER_LETTERS, filing_key, sort_key

PER_PAGE = 50
LONGEST_START = 100
SUGGESTED = 6
ALL_LANGUAGES = "all"
LANGUAGE_NOT_STATED = "und"
_TITLE_COLUMNS = (
    "title", "subtitle", "authors", "year", "language", "class_scheme", "class_number", "material",
    "title_key", "title_sort",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """The query of an address of a list or shelf; empty values are left out."""

    values: Mapping[str, str]

    def __str__(self) -> str:
        return f"?{urlencode({name: value for name, value in self.values.items() if value})}"

    def at(self, **values: object) -> "Address":
        return replace(self, values={**self.values, **{name: str(value) for name, value in values.items()}})


@dataclass(frozen=True, slots=True)
class AtoZ:
    """One page of a list from A to Z."""

    alphabet: str
    part: Part
    key: str
    bar: list[LetterGroup]

    @property
    def sections(self) -> list[tuple[str, list[Any]]]:
        """The rows under their letters."""
        by_letter = groupby(
            self.part.rows, key=lambda row: letter_of(beginning(getattr(row, self.key)), self.alphabet)
        )
        return [(letter, list(rows)) for letter, rows in by_letter]

    def begins_with(self, start: str) -> bool:
        """Whether the first row begins with the letters of a key; accents and capitals do not count."""
        return bool(self.part.rows) and getattr(self.part.rows[0], self.key).startswith(_letters(start))


def headings(kind: str, alphabet: str, wanted: Wanted, limit: int = PER_PAGE) -> AtoZ:
    """A page of authors or subjects in the order of one of the languages of ``ALPHABETS``."""
    key = f"key_{alphabet}"
    rows = Heading.objects.filter(kind=kind).only("kind", "text", "records", "fold_key", key)
    in_use = _in_use(Heading, key, {"kind": kind})
    return _page(rows, key, alphabet, wanted, limit, in_use)


def titles(language: str, wanted: Wanted, limit: int = PER_PAGE) -> AtoZ:
    """A page of records by title: those in one language by its own alphabet, or all by the library's.

    ``language`` is a tag (``az``), ALL_LANGUAGES or LANGUAGE_NOT_STATED.
    """
    rows = Record.objects.only(*_TITLE_COLUMNS)
    if language == ALL_LANGUAGES:
        in_use = _in_use(Record, "title_sort", {})
        return _page(rows, "title_sort", settings.LANGUAGE_CODE, wanted, limit, in_use)
    code = title_language(language)
    in_use = _in_use(Record, "title_key", {"language": code})
    return _page(rows.filter(language=code), "title_key", alphabet_of(language), wanted, limit, in_use)


def title_language(tag: str) -> str:
    """The code by which records name a language."""
    return "" if tag == LANGUAGE_NOT_STATED else language_code(tag)


def alphabet_of(tag: str) -> str:
    """The alphabet in which titles of a language are listed: its own, or the common order of letters."""
    return "en" if tag == LANGUAGE_NOT_STATED else tag


def title_languages() -> list[tuple[str, str]]:
    """(tag, name) of the languages of the records, by name."""
    codes = beginnings(Record, "language", where={}, length=3)
    named = [(language_tag(code), language_name(code)) for code in codes]
    language = get_language() or "en"
    return sorted(named, key=lambda pair: sort_key(pair[1], language, language))


def start_key(start: str, alphabet: str, language: str = "") -> str:
    """The key from which a list is shown when somebody types the beginning of a name."""
    return filing_key(start[:LONGEST_START], language, alphabet)


def spelled_otherwise(kind: str, alphabet: str, start: str) -> Sequence[Heading]:
    """Headings that begin with what was typed if marks and special letters are left out, and only then.

    Whoever types Seid finds Səid too, which stands elsewhere in the list; the most used come first.
    """
    folded, exact = fold_key(start[:LONGEST_START]), _letters(start_key(start, alphabet))
    if not folded:
        return []
    key = f"key_{alphabet}"
    alike = Heading.objects.filter(kind=kind, fold_key__gte=folded, fold_key__lt=folded + OTHER_LETTERS * 2)
    elsewhere = alike.exclude(**{f"{key}__gte": exact, f"{key}__lt": exact + OTHER_LETTERS * 2})
    return list(elsewhere.order_by("-records", key, "pk")[:SUGGESTED])


def _in_use(model: type, key: str, where: dict[str, str]) -> list[str]:
    return beginnings(model, key, where=where, length=2, longer=(OTHER_LETTERS, OTHER_LENGTH))


def _page(rows: QuerySet, key: str, alphabet: str, wanted: Wanted, limit: int, in_use: list[str]) -> AtoZ:
    part = Walk(rows, key).part(wanted, limit) if limit else Part([], None, None)
    current = beginning(getattr(part.rows[0], key)) if part.rows else ""
    return AtoZ(alphabet, part, key, letter_groups(alphabet, in_use, current))


def _letters(key: str) -> str:
    """The part of a sort key that stands for letters."""
    for at in range(0, len(key), 2):
        if key[at : at + 2] == NEXT_PART:
            return key[:at]
    return key
