"""Call numbers by the rule of the spine label: class number, three letters, year (A25)."""

from __future__ import annotations

import unicodedata

LETTERS = 3
# Azerbaijani, Turkish and Tatar keep the dot of i; Georgian has no capitals in books.
_DOTTED_I = frozenset(("aze", "tur", "tat", "crh"))
_WITHOUT_CAPITALS = frozenset(("geo",))


def call_number(*, class_number: str, author: str, title: str, year: int | None, language: str) -> str:
    """The call number of a work; the letters come from the surname, or from the title without an author.

    >>> call_number(class_number="894.361", author="İlyas, Əli", title="", year=1960, language="aze")
    '894.361 İLY 1960'
    """
    parts = (class_number, author_mark(author or title, language), str(year or ""))
    return " ".join(part for part in parts if part)


def author_mark(heading: str, language: str) -> str:
    """The first three letters of a heading, in capitals as the language writes them."""
    mark, letters = "", 0
    for character in heading:
        if character.isspace() and letters or letters == LETTERS and not _attached(character):
            break
        if _attached(character):
            mark += character if letters else ""
        elif character.isalnum():
            mark += character
            letters += 1
    return capitals(mark, language)


def capitals(text: str, language: str) -> str:
    """Text in capitals as the language writes them."""
    if language in _WITHOUT_CAPITALS:
        return text
    return (text.replace("i", "İ") if language in _DOTTED_I else text).upper()


def _attached(character: str) -> bool:
    """Whether a character belongs to the letter before it: the turned comma of Uzbek, a combining mark."""
    return unicodedata.category(character) in ("Lm", "Mn", "Sk") or character in "'’‘"
