"""Alphabetical order, the same on both databases and both engines.

A sort key spells each letter as two characters of [0-9a-z], which every collation orders alike. Order of a key:
breaks between words, digits, the script of the list's own language by its alphabet, then the other scripts
(Latin, Cyrillic, Georgian, all the rest by code point).
"""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from search import letters
from search.analysis import fold, lower

LONGEST_KEY = 128  # characters; 64 letters tell titles apart as well as a reader can
CODE_DIGITS = string.digits + string.ascii_lowercase
WORD_BREAK = "00"
SCRIPT_ALPHABETS = ("en", "kk", "ka")  # one alphabet for each script, the widest we know
OTHER_SCRIPTS = "zz"


@dataclass(frozen=True, slots=True)
class Collation:
    """Codes of the letters for lists in one language."""

    codes: dict[str, str]
    letter: re.Pattern[str]


def sort_key(text: str, language: str, alphabet: str = "") -> str:
    """The key by which `text`, written in `language`, stands in a list.

    Two alphabets cannot be merged, so all of a list is sorted by one: `alphabet`, a language too, and the library's
    own where it is empty. Languages are ISO 639-1 or 639-2 codes. Punctuation and case are ignored. Never raises.
    """
    alphabet = alphabet or settings.LANGUAGE_CODE
    collation = _collation(letters.LANGUAGES.get(alphabet, alphabet))
    key = "".join(_codes(lower(text, language).strip(), collation))
    return key[:LONGEST_KEY]


def _codes(text: str, collation: Collation) -> Iterator[str]:
    previous = ""
    for match in collation.letter.finditer(text):
        code = collation.codes.get(match[0]) or _code_of_stranger(match[0], collation)
        if code and not (code == WORD_BREAK and previous in (WORD_BREAK, "")):
            yield code
            previous = code


def _code_of_stranger(letter: str, collation: Collation) -> str:
    """The code of a letter outside every alphabet: its base letter's, or its place in Unicode."""
    if letter.isspace() or letter in "-–—/":
        return WORD_BREAK
    folded = fold(letter)
    if folded != letter:
        return "".join(filter(None, (collation.codes.get(c) for c in folded)))
    if letter in letters.APOSTROPHES or not letter.isalnum():
        return ""
    return OTHER_SCRIPTS + "".join(_two_digits(part) for part in divmod(ord(letter), 36 * 36))


def _two_digits(number: int) -> str:
    high, low = divmod(number, 36)
    return CODE_DIGITS[high] + CODE_DIGITS[low]


@cache
def _collation(language: str) -> Collation:
    own = letters.ALPHABETS.get(language, letters.ALPHABETS["en"]).split()
    script = next(code for code in SCRIPT_ALPHABETS if own[0] in letters.ALPHABETS[code].split())
    order = list(string.digits) + _completed(own, letters.ALPHABETS[script].split())
    for other in SCRIPT_ALPHABETS:
        order += [letter for letter in letters.ALPHABETS[other].split() if letter not in order]
    codes = {letter: _two_digits(place) for place, letter in enumerate(order, start=1)}
    longest_first = sorted((letter for letter in codes if len(letter) > 1), key=len, reverse=True)
    pattern = "|".join([*map(re.escape, longest_first), "."])
    return Collation(codes, re.compile(pattern, re.DOTALL))


def _completed(alphabet: list[str], common: list[str]) -> list[str]:
    """The alphabet with the letters it lacks, each after its neighbour in the script's common order."""
    completed = list(alphabet)
    for place, letter in enumerate(common):
        if letter not in completed:
            completed.insert(completed.index(common[place - 1]) + 1 if place else 0, letter)
    return completed
