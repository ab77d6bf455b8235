"""ISBN, ISSN, call numbers and class numbers: as they are indexed and as they are typed."""

import re

from stdnum import isbn

from search.folding import fold

LONGEST_CALL_NUMBER = 60
SHORTEST_IDENTIFIER = 5
LONGEST_MARK = 4  # letters side by side in a call number: 84(5Каз) Ə50

# The last digit of an ISBN-10 or ISSN, where the Cyrillic letter of the same shape was typed.
_CYRILLIC_X = re.compile(r"^(\d{7}|\d{9})х$")
_SPACES_AND_DOTS = re.compile(r"[\s.]+")
_NOT_IN_CALL_NUMBERS = re.compile(r'[":*+\\^~<>?!&|\[\]{}]|\s[-+]|\b(?:AND|OR|NOT|(?i:IS[BS]N))\b')
_LETTER_RUN = re.compile(r"[^\W\d_]+")
_MANY_DIGITS = 6  # more digits than this in the bounds of a range of classes are no class number


def identifier_keys(value: str) -> list[str]:
    """The forms under which an identifier is indexed and sought: letters and digits only, ISBN as ISBN-13."""
    compact = _CYRILLIC_X.sub(r"\1x", "".join(c for c in fold(value) if c.isalnum()))
    if isbn.is_valid(compact):
        return [isbn.to_isbn13(compact)]
    return [compact] if compact else []


def class_key(value: str) -> str:
    """The form under which a class number is indexed and sought by its beginning.

    Spaces and dots are there for the eye (821.512, 821 512); every other sign tells classes apart (82-1 is not 821).
    """
    text = _SPACES_AND_DOTS.sub("", value.strip().rstrip("*"))
    return "".join(fold(c) if c.isalnum() else c for c in text)


def class_beginnings(low: str, high: str) -> list[str]:
    """The fewest beginnings that cover the classes from `low` to `high`, both included: 820–829 is "82".

    "" or "*" leaves an end open. Nothing where the bounds are not digits.
    """
    low, high = (class_key(bound) for bound in (low, high))
    length = max(len(low), len(high))
    if not length or length > _MANY_DIGITS or not (low + high).isascii() or not (low + high).isdigit():
        return []
    first, last = int(low.ljust(length, "0")), int(high.ljust(length, "9"))
    return _beginnings(first, last, length)


def _beginnings(first: int, last: int, length: int) -> list[str]:
    found = []
    while first <= last:
        step = 1
        while first % (step * 10) == 0 and first + step * 10 - 1 <= last and step * 10 < 10**length:
            step *= 10
        found.append(str(first).zfill(length)[: length - len(str(step)) + 1])
        first += step
    return found


def is_call_number(text: str) -> bool:
    """Whether a text looks like a call number: "84(5Аз) Ə50", "R 821.161 T-58", "978 0 14 103614 4"."""
    if len(text) > LONGEST_CALL_NUMBER or not text[:1].isalnum() or _NOT_IN_CALL_NUMBERS.search(text):
        return False
    parts = text.split()
    numbered = [part for part in parts if any(c.isdigit() for c in part)]
    # One plain word is a year or a barcode, which is a word as well; "20 min" is a title.
    if len(numbered) < 2 and not (numbered and any(not c.isalnum() and not c.isspace() for c in text)):
        return False
    if any(len(run) > LONGEST_MARK for run in _LETTER_RUN.findall(text)):
        return False
    return len(identifier_keys(text)[0]) >= SHORTEST_IDENTIFIER
