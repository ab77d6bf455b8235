"""What a cataloguer is asked about before saving: values in capitals, numbers that are wrong or there already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from stdnum import isbn, issn

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.class_schemes import is_within
from catalog_pages.models import Record
from catalog_pages.quality.rules import capitals
from search.errors import SearchUnavailable
from search.service import search

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Warning:
    """Something to look at again; it can be saved all the same. ``record`` is the one it speaks of."""

    text: str
    record: Record | None = None


def isbn13(text: str) -> str:
    """The ISBN-13 of an ISBN as typed; raises ValueError with words for the cataloguer where it is none."""
    compact = isbn.compact(text)
    if not isbn.is_valid(compact):
        raise ValueError(_("“%(number)s” is not a right ISBN: look at its digits again.") % {"number": text})
    return str(isbn.to_isbn13(compact))


def issn8(text: str) -> str:
    """The ISSN with its hyphen; raises ValueError as ``isbn13`` does."""
    if not issn.is_valid(text):
        raise ValueError(_("“%(number)s” is not a right ISSN: look at its digits again.") % {"number": text})
    return str(issn.format(issn.compact(text)))


def capitals_warnings(values: Iterable[str]) -> list[Warning]:
    """A warning for each value that is typed wholly in capitals."""
    return [
        Warning(_("“%(text)s” is typed wholly in capitals.") % {"text": text[:120]})
        for text in dict.fromkeys(values)
        if capitals(text)
    ]


def duplicate_warnings(numbers: Iterable[str], *, but: int | None = None) -> list[Warning]:
    """Records that have one of these ISBN or ISSN already; nothing while the search is not there."""
    found: dict[int, str] = {}
    for number in numbers:
        try:
            page = search(f'identifier:"{number}"', per_page=MOST_SHOWN + 1, widen=False)
        except SearchUnavailable:
            return []
        for name in page.ids:
            found.setdefault(int(name.partition(":")[2]), number)
    found.pop(but, None)  # type: ignore[arg-type]
    records = Record.objects.in_bulk(list(found)[:MOST_SHOWN])
    return [
        Warning(
            _("%(number)s is already in the catalogue: %(title)s")
            % {"number": found[pk], "title": record.title},
            record,
        )
        for pk, record in records.items()
    ]


def class_warnings(scheme: str, number: str) -> list[Warning]:
    """A warning where a class number cannot be one of its scheme."""
    if is_within(scheme, number):
        return []
    return [Warning(_("“%(number)s” is outside the class scheme.") % {"number": number})]


# Columns whose words are looked at, and the subfields that hold numbers which check themselves.
_WORDS = ("title", "subtitle", "statement", "authors", "subjects", "notes", "contents", "publisher", "series")
_NUMBERS: Mapping[str, Mapping[str, str]] = {
    "marc21": {"isbn": "020", "issn": "022"},
    "unimarc": {"isbn": "010", "issn": "011"},
    "irbis": {"isbn": "010", "issn": "011"},
}


def number_problems(marc: EditableMarc, before: EditableMarc, rules: str) -> list[str]:
    """What is wrong with the ISBN and ISSN of fields that are new, in words."""
    known = {(field.tag, field.raw) for field in before.fields}
    problems = []
    for kind, tag in _NUMBERS[rules].items():
        for field in marc.having(tag):
            number = (field.first("a") or field.first("A")).partition("(")[0].strip(" :;")
            if not number or (field.tag, field.raw) in known:
                continue
            try:
                isbn13(number) if kind == "isbn" else issn8(number)
            except ValueError as error:
                problems.append(str(error))
    return problems


def column_warnings(
    columns: Mapping[str, Any], before: Mapping[str, Any], *, but: int | None = None
) -> list[Warning]:
    """What the form would ask about, of the columns of a record that differ from ``before``."""

    def words(said: Mapping[str, Any]) -> list[str]:
        values = (said.get(name) or "" for name in _WORDS)
        return [text for value in values for text in (value if isinstance(value, list) else [value]) if text]

    old = set(words(before))
    found = capitals_warnings(text for text in words(columns) if text not in old)
    numbers = [
        number
        for name in ("isbns", "issns")
        for number in columns[name]
        if number not in before.get(name, ())
    ]
    found += duplicate_warnings(numbers, but=but)
    if any(columns[name] != before.get(name) for name in ("class_scheme", "class_number")):
        found += class_warnings(columns["class_scheme"], columns["class_number"])
    return found


def token_of(warnings: Iterable[Warning]) -> str:
    """Stands for just these warnings: who has confirmed them has not confirmed others."""
    return hashlib.sha256("\n".join(sorted(warning.text for warning in warnings)).encode()).hexdigest()[:16]
