"""Words as both engines see them: pure functions from text to tokens.

A word has four forms, each wider than the one before, and a document's words are indexed in all of them:

    exact   case and apostrophes evened out                      Qarabağ → qarabağ
    folded  letters that keyboards lack replaced, marks dropped  qarabağ → qarabag
    stem    the folded word without inflection                   dağlar  → dag (where a stemmer is known)
    keys    skeletons that its spellings in other scripts share  Карабах → karabah ← Karabakh (`search.bridges`)
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search import letters
from search.bridges import document_keys, query_keys, reading_keys, script_of, title_skeleton
from search.folding import LONGEST_WORD, exact, fold, lower
from search.readings import readings
from search.stemming import LANGUAGES, STEMMERS, dictionary_forms, stem, stems

__all__ = [
    "VERSION",
    "Forms",
    "dictionary_titles",
    "exact",
    "fold",
    "forms",
    "lower",
    "query_forms",
    "text_forms",
    "title_key",
    "tokens",
    "typed_forms",
    "word_spans",
    "words",
]

# Raise when the same text would be indexed differently: generations of another version are rebuilt.
VERSION = 2

CACHED_WORDS = 100_000
MOST_LISTED = 12  # dictionary forms of one reading that are looked for in other scripts
CACHED_TYPED_WORDS = 10_000  # two to three kilobytes each, in every web process


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
_HARD_SIGN_QUOTE = (
    f"(?<=[{letters.BEFORE_HARD_SIGN}])[{letters.HARD_SIGN_QUOTES}](?=[{letters.AFTER_HARD_SIGN}])"
)
_WORD = re.compile(
    rf"[{_ONE_BY_ONE}]"
    rf"|[^\W_{_ONE_BY_ONE}](?:[^\W_{_ONE_BY_ONE}]|[{_MARKS}]"
    rf"|[{re.escape(letters.APOSTROPHES)}]{{1,2}}(?=[^\W_])|(?<=[oOgG])[{letters.WORD_ENDING_APOSTROPHES}]"
    rf"|[{letters.INNER_DOTS}](?=[^\W\d_])|{_HARD_SIGN_QUOTE})*"
)
_HARD_SIGN = re.compile(_HARD_SIGN_QUOTE)
_REMOVE_INVISIBLE = dict.fromkeys(map(ord, letters.INVISIBLE))


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
    exact_form = _exact(word, language)
    folded = fold(exact_form)[:LONGEST_WORD]
    stemmed = (script_of(exact_form) and stem(exact_form, language)) or folded  # a number has no endings
    return Forms(
        sys.intern(exact_form),
        sys.intern(folded),
        stemmed,
        document_keys(exact_form, stemmed, language),
    )


@lru_cache(CACHED_TYPED_WORDS)
def typed_forms(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """The exact and folded forms of a typed word: all that a literal search asks for, and quickly worked out."""
    spellings = {_exact(word), _exact(word, "az")}
    return frozenset(spellings), frozenset(fold(spelling)[:LONGEST_WORD] for spelling in spellings)


@lru_cache(CACHED_TYPED_WORDS)
def query_forms(word: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """What a typed word may be in a text of any language: its exact, folded, stem and key forms."""
    typed = _exact(word)
    spellings, folded = typed_forms(word)
    found_stems = (folded.union(*map(stems, spellings | folded)) if script_of(typed) else folded) - {""}
    found_keys = query_keys(typed, found_stems - folded)
    for language, reading in readings(typed).items():
        if stemmer := STEMMERS.get(language):
            found_keys = found_keys.union(reading_keys(reading, stemmer.stems(reading)))
    return spellings, folded, frozenset(found_stems), found_keys


@lru_cache(CACHED_WORDS)
def dictionary_titles(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The titles that are a typed word as dictionaries list it: folded, and as skeletons for other scripts."""
    typed = _exact(word)
    if not script_of(typed):
        return (fold(typed),), ()
    spellings = dict.fromkeys((typed, fold(typed)))
    listed = tuple(dict.fromkeys(form for spelling in spellings for form in dictionary_forms(spelling)))
    elsewhere = [
        form
        for language, reading in readings(typed).items()
        for form in dictionary_forms(reading, language)[:MOST_LISTED]
    ]
    everywhere = dict.fromkeys((*listed[:MOST_LISTED], *elsewhere))
    skeletons = (title_skeleton((key,)) for form in everywhere for key in reading_keys(form, (form,)))
    return listed, tuple(dict.fromkeys(skeletons))


@lru_cache(CACHED_TYPED_WORDS)
def text_forms(word: str, language: str | None = None) -> frozenset[str]:
    """All forms under which a word of a text of this language, or of any, may be found; for highlighting."""
    if language is not None:
        found = forms(word, language)
        return frozenset((found.exact, found.folded, found.stem, *found.keys))
    return frozenset().union(*(text_forms(word, code) for code in ("", *LANGUAGES)))


def title_key(title: list[Forms]) -> str:
    """The skeleton of a whole title, the same in every script."""
    return " ".join([title_skeleton(word.keys) for word in title])


def _exact(word: str, language: str = "") -> str:
    return exact(_HARD_SIGN.sub("ʺ", word), language)
