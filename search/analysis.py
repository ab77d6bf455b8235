"""Words as both engines see them: pure functions from text to tokens.

A word has four forms, each wider than the one before, and a document's words are indexed in all of them:

    exact   case and apostrophes evened out                      Qarabağ → qarabağ
    folded  letters that keyboards lack replaced, marks dropped  qarabağ → qarabag
    stem    the folded word without inflection                   dağlar  → dag (where a stemmer is known)
    keys    one skeleton for every script and romanisation       Карабах → karabah ← Qarabağ

Words equal in one form are equal in every later one but the stem, which depends on the language.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search import letters
from search.folding import LONGEST_WORD, exact, fold, lower
from search.stemming import stem, stems

__all__ = [
    "VERSION",
    "Forms",
    "exact",
    "fold",
    "forms",
    "keys",
    "lower",
    "query_forms",
    "tokens",
    "word_spans",
    "words",
]

# Raise when the same text would be indexed differently: generations of another version are rebuilt.
VERSION = 1

CACHED_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Forms:
    """The four forms of one word."""

    exact: str
    folded: str
    stem: str
    keys: tuple[str, ...]


def _mark_ranges() -> str:
    """A regular expression class of the combining marks in the basic plane."""
    marks = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
    starts = [marks[0]] + [b for a, b in pairwise(marks) if b != a + 1]
    ends = [a for a, b in pairwise(marks) if b != a + 1] + [marks[-1]]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


_MARKS = _mark_ranges()
_ONE_BY_ONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"  # scripts without spaces: each character is a word
_WORD = re.compile(
    rf"[{_ONE_BY_ONE}]"
    rf"|[^\W_{_ONE_BY_ONE}](?:[^\W_{_ONE_BY_ONE}]|[{_MARKS}]"
    rf"|[{re.escape(letters.APOSTROPHES)}](?=[^\W_])|(?<=[oOgG])[{letters.WORD_ENDING_APOSTROPHES}])*"
)
_REMOVE_INVISIBLE = dict.fromkeys(map(ord, letters.INVISIBLE))
_REPEATED = re.compile(r"(.)\1+")
_SILENT_I = re.compile(r"(?:(?<=[aeiou])|^)i(?=e)")


def words(text: str) -> Iterator[str]:
    """The words of a text as they are written, in order; punctuation and symbols are left out."""
    for match in _WORD.finditer(text.translate(_REMOVE_INVISIBLE)):
        if fold(match[0]):
            yield match[0]


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text stand, for highlighting; invisible characters end a word here."""
    return (match.span() for match in _WORD.finditer(text))


def tokens(text: str, language: str = "") -> list[Forms]:
    """The words of a text in all their forms; `language` is an ISO 639 code or empty."""
    found = _WORD.findall(text.translate(_REMOVE_INVISIBLE))
    return [form for word in found if (form := forms(word, language)).folded]


@lru_cache(CACHED_WORDS)
def forms(word: str, language: str = "") -> Forms:
    """All forms of one word as it stands in a text of this language."""
    exact_form = exact(word, language)
    folded = fold(exact_form)[:LONGEST_WORD]
    return Forms(
        sys.intern(exact_form),
        sys.intern(folded),
        stem(exact_form, language) or folded,
        keys(exact_form, folded),
    )


@lru_cache(CACHED_WORDS)
def query_forms(word: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """What a typed word may be in a text of any language: its exact, folded, stem and key forms."""
    readings = {exact(word), exact(word, "az")}
    folded = {fold(reading)[:LONGEST_WORD] for reading in readings}
    found_stems = folded.union(*(stems(reading) for reading in readings))
    found_keys = {key for reading in readings for key in keys(reading, fold(reading)[:LONGEST_WORD])}
    return frozenset(readings), frozenset(folded), frozenset(found_stems - {""}), frozenset(found_keys)


def keys(exact_form: str, folded: str) -> tuple[str, ...]:
    """The skeletons under which a word meets its spellings in other scripts; one to four, without repetition."""
    readings = (letters.EASTERN_READING, letters.NORTHERN_READING)
    found = (_skeleton(form, reading) for form in (exact_form, folded) for reading in readings)
    return tuple(dict.fromkeys(key or folded for key in found))


def _skeleton(form: str, reading: dict[str, str]) -> str:
    latin = form.replace("oʻ", reading["oʻ"])
    latin = "".join(letters.GEORGIAN_TO_LATIN.get(c, c) for c in latin)
    latin = fold("".join(reading.get(c, c) for c in latin))
    latin = "".join(letters.CYRILLIC_TO_LATIN.get(c, c) for c in latin)
    for spelling, sound in letters.ROMANISATION_VARIANTS:
        latin = latin.replace(spelling, sound)
    latin = _SILENT_I.sub("", _REPEATED.sub(r"\1", latin))
    return latin[:-1] + "h" if len(latin) > 3 and latin.endswith("g") else latin
