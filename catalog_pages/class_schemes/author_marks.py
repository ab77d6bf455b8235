"""Tables of author marks, taken over from a file: Cutter-Sanborn, Khavkina and others belong to their publishers."""

from __future__ import annotations

import csv
import re

from catalog_pages.importing import Reporter
from catalog_pages.models import AuthorMark, AuthorMarkTable
from catalog_pages.models.class_schemes import MARK_LENGTH
from search.alphabets import TAILORINGS
from search.sorting import filing_key

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_LONGEST_BEGINNING = 60
MOST_LINES = 100_000
_BATCH = 1000


class BadTable(ValueError):
    """The file is no table of author marks; the text says why."""


def load_table(code: str, text: str, *, name: str, language: str, progress: Reporter | None = None) -> int:
    """Replace the lines of a table, made where it is missing; return how many there are now.

    Raises BadTable before anything is written. The table's name stays where none is given.
    """
    if not _CODE.fullmatch(code):
        raise BadTable("the code takes small letters, digits and hyphens")
    if language not in TAILORINGS:
        raise BadTable(f"no alphabet of {language!r}: choose one of {', '.join(sorted(TAILORINGS))}")
    marks = _lines(text, language)
    table, created = AuthorMarkTable.objects.get_or_create(
        code=code, defaults={"name": name or code, "language": language}
    )
    if not created:
        table.language, table.name = language, name or table.name
        table.save()
    # In short transactions, for others write meanwhile; a table half replaced is loaded again.
    for at in range(0, len(marks), _BATCH):
        rows = [
            AuthorMark(table=table, beginning=beginning, mark=mark, sort_key=key)
            for key, (beginning, mark) in marks[at : at + _BATCH]
        ]
        AuthorMark.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["table", "sort_key"],
            update_fields=["beginning", "mark"],
        )
        if progress:
            progress.advance(len(rows))
    _forget_others(table, {key for key, _line in marks})
    return len(marks)


def _forget_others(table: AuthorMarkTable, kept: set[str]) -> None:
    keys = AuthorMark.objects.filter(table=table).values_list("pk", "sort_key")
    gone = [pk for pk, key in keys.iterator() if key not in kept]
    for at in range(0, len(gone), _BATCH // 2):
        AuthorMark.objects.filter(pk__in=gone[at : at + _BATCH // 2]).delete()


def _lines(text: str, language: str) -> list[tuple[str, tuple[str, str]]]:
    first = text.partition("\n")[0]
    delimiter = next((sign for sign in "\t;" if sign in first), ",")
    marks: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise BadTable(f"line {number} does not hold a beginning and a mark")
        if len(cells[0]) > _LONGEST_BEGINNING or len(cells[1]) > MARK_LENGTH:
            raise BadTable(f"line {number} is too long")
        key = filing_key(cells[0], language, language)
        if not key:
            raise BadTable(f"line {number} begins with no letter")
        marks.setdefault(key, (cells[0], cells[1]))
        if len(marks) > MOST_LINES:
            raise BadTable(f"more than {MOST_LINES} lines")
    if not marks:
        raise BadTable("no lines")
    return sorted(marks.items())
