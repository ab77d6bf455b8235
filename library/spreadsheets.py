"""Tables for spreadsheets: no text in them may be taken for a formula."""

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
