"""Tables for spreadsheets: no text in them may be taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# A spreadsheet calculates what begins with one of these, or opens another program.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_BLANK = " \u00a0\ufeff\u200b"  # what some of them take away before they look


def harmless(value: Any) -> Any:
    """The value with an apostrophe before it where a spreadsheet would calculate it; all but texts as they are.

    >>> harmless("=1+1"), harmless("Tovuz"), harmless(-5)
    ("'=1+1", 'Tovuz', -5)
    """
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(_FORMULA) or value.lstrip(_BLANK).startswith(_FORMULA) else value


class _Line:
    """What csv.writer writes into: gives each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The rows as lines of CSV, with a mark at the beginning by which Excel knows UTF-8; no text is a formula."""
    write = csv.writer(_Line()).writerow
    yield "\ufeff"
    for row in rows:
        yield write([harmless(value) for value in row])
