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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

from search import letters

# Raise when the same text would be indexed differently: generations of another version are rebuilt.
VERSION = 1

LONGEST_WORD = 60  # engines cut or refuse very long tokens; the same limit for both
CACHED_WORDS = 100_000
LETTER_CATEGORIES = ("Lu", "Ll", "Lt", "Lo")


@dataclass(frozen=True, slots=True)
class Forms:
    """The four forms of one word."""

    exact: str
    folded: str
    stem: str
    keys: tuple[str, ...]


class _FoldingTable(dict[int, str]):
    """Folding character by character, worked out when a character is first met (for `str.translate`)."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character.isspace():
        return character
    text, previous = character, ""
    while text != previous:
        previous = text
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        text = "".join(letters.FOLDING.get(c, c) for c in decomposed if _belongs_to_word(c)).translate(
            _DIGITS
        )
    if not text and unicodedata.category(character) in LETTER_CATEGORIES:
        return character
    return text


def _belongs_to_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category in LETTER_CATEGORIES or category[0] == "N" or category == "Mc"


def _digit_table() -> dict[int, str]:
    digits = (chr(code) for code in range(0x660, 0x10000) if unicodedata.category(chr(code)) == "Nd")
    return {ord(digit): str(unicodedata.decimal(digit)) for digit in digits}


def _mark_ranges() -> str:
    """A regular expression class of the combining marks in the basic plane."""
    marks = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
    starts = [marks[0]] + [b for a, b in pairwise(marks) if b != a + 1]
    ends = [a for a, b in pairwise(marks) if b != a + 1] + [marks[-1]]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


_FOLDING = _FoldingTable()
_DIGITS = _digit_table()
_EVEN_OUT = (
    dict.fromkeys(map(ord, letters.INVISIBLE)) | {ord(mark): "ʻ" for mark in letters.APOSTROPHES} | _DIGITS
)
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


def fold(text: str, language: str = "") -> str:
    """The text with every letter replaced by what a reader without it would type.

    Blind to language (`language` is accepted so that callers need not care), total and idempotent; never empty
    for a text with letters. Apostrophes and combining marks vanish, spaces stay.
    """
    return text.translate(_FOLDING)


def lower(text: str, language: str = "") -> str:
    """The text in small letters, with one kind of apostrophe, digit and composition."""
    text = unicodedata.normalize("NFC", text.translate(_EVEN_OUT))
    if language in letters.DOTLESS_I_LANGUAGES:
        text = text.replace("I", "ı")
    return unicodedata.normalize("NFC", text.replace("İ", "i").casefold())


def exact(word: str, language: str = "") -> str:
    """The exact form of a word, cut to what engines take."""
    return lower(word, language)[:LONGEST_WORD]


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
    stems = folded | {stem(reading, language) for reading in readings for language in _STEMMERS}
    found_keys = {key for reading in readings for key in keys(reading, fold(reading)[:LONGEST_WORD])}
    return frozenset(readings), frozenset(folded), frozenset(stems - {""}), frozenset(found_keys)


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


# --- Stems --------------------------------------------------------------------------------------------


def _snowball(language: str) -> Callable[[str], str]:
    stemmer = snowballstemmer.stemmer(language)
    return lambda word: str(stemmer.stemWord(word))


_STEMMERS: dict[str, Callable[[str], str]] = {
    "tur": _snowball("turkish"),
    "rus": _snowball("russian"),
    "eng": _snowball("english"),
}


def stem(exact_form: str, language: str) -> str:
    """The folded stem of a word of this language; the folded word where no stemmer is known."""
    before, apostrophe, _ = exact_form.partition("ʻ")
    if apostrophe and len(before) > 2 and before[-1] not in "og":  # Türkiyeʻde, but not oʻgʻil
        exact_form = before
    stemmer = _STEMMERS.get(language)
    return fold(stemmer(exact_form) if stemmer else exact_form)[:LONGEST_WORD]
