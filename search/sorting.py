"""Alphabetical order, the same on both databases and both engines, by the rules of Unicode's CLDR.

A sort key consists of [0-9a-z] only, which every collation orders alike. It has three parts, each asked only where
those before it are equal: letters, two characters each; accents; capitals. Of the last two only what is there is
written down, with its place, so in most keys they cost next to nothing.

Letters come in this order: spaces, punctuation, digits, the script of the list's own language by its alphabet
(`search.alphabets`), the other scripts, and by code point what no table knows.
"""

import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings

from search import alphabets, letters

LONGEST_KEY = 160  # characters
LONGEST_PART = 128  # of these for letters; 64 tell titles apart as well as a reader can
CODE_DIGITS = string.digits + string.ascii_lowercase
NEXT_PART = "00"
SPACE = "01"
OTHER_LETTERS = "zz"
_LAST_PLACE = 36 * 36 - 1
_CAPITAL_DOTLESS_I = "\ue000"  # never in a text: stands for I where it is the capital of ı
_REMOVE_INVISIBLE = dict.fromkeys(map(ord, letters.INVISIBLE))


@dataclass(frozen=True, slots=True)
class Unit:
    """A letter: its code, the codes of its accents, whether it is a capital (2: both signs of a double letter)."""

    code: str
    accents: tuple[str, ...] = ()
    capital: int = 0


def sort_key(text: str, language: str, alphabet: str = "") -> str:
    """The key by which a name, written in `language`, stands in a list, as CLDR orders it.

    Two alphabets cannot be merged, so all of a list is sorted by one: `alphabet`, a language too, and the library's
    own where it is empty. Languages are ISO 639-1 or 639-2 codes. Never raises.
    """
    collation = _collation_for(alphabet)
    return _key(collation.units(" ".join(_evened(text, language, collation).split())))


def filing_key(text: str, language: str, alphabet: str = "") -> str:
    """The key by which a title stands in a catalogue: as `sort_key`, but punctuation and capitals do not count.

    Word by word: a hyphen or a dash parts words as a space does.
    """
    collation = _collation_for(alphabet)
    plain = " ".join(_evened(text, language, collation).translate(_FILED).split())
    key = plain.translate(collation.simple)
    if _NOT_SIMPLE not in key:
        return key[:LONGEST_PART]
    apostrophes = collation.apostrophes
    return _key([unit for unit in collation.units(plain) if unit.code not in apostrophes], capitals=False)


def _key(units: list[Unit], capitals: bool = True) -> str:
    parts = ["".join([unit.code for unit in units])[:LONGEST_PART], "", ""]
    for place, unit in enumerate(units[:LONGEST_PART]):
        if unit.accents or unit.capital:
            where = _two_digits(_LAST_PLACE - place)  # the earlier difference weighs more
            parts[1] += "".join([where + accent for accent in unit.accents])
            parts[2] += where * unit.capital * capitals
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return NEXT_PART.join(parts)[:LONGEST_KEY]


def _evened(text: str, language: str, collation: "Collation") -> str:
    """The text composed, without invisible signs, with one apostrophe in Uzbek and the right Turkic I."""
    text = unicodedata.normalize("NFC", text).translate(_REMOVE_INVISIBLE)
    if "oʻ" in collation.spelled:
        text = _TURNED_COMMA.sub("ʻ", text)
    # Whether I is the capital of ı, the language of the words decides, not that of the list.
    dotless = language in letters.DOTLESS_I_LANGUAGES if language else collation.dotless_i
    return text.replace("I", _CAPITAL_DOTLESS_I) if dotless else text


_TURNED_COMMA = re.compile(f"(?<=[oOgG])[{re.escape(letters.APOSTROPHES)}]")


class _FilingTable(dict[int, str]):
    """Punctuation away, dashes to spaces, worked out when a character is first met (for `str.translate`)."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        self[code] = " " if category == "Pd" or character == "/" else "" if category[0] in "PS" else character
        return self[code]


_FILED = _FilingTable()


@dataclass(frozen=True, slots=True)
class Collation:
    """How lists in one language are ordered."""

    codes: dict[str, str]
    spelled: dict[str, Unit]
    written: re.Pattern[str]
    dotless_i: bool
    apostrophes: frozenset[str]
    known: dict[str, tuple[Unit, ...]] = field(default_factory=dict)
    simple: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "simple", _SimpleTable(self))

    def units(self, text: str) -> list[Unit]:
        """The text letter by letter."""
        found: list[Unit] = []
        for written in self.written.findall(text):
            units = self.known.get(written)
            if units is None:
                units = tuple(self._understood(written))
                if len(self.known) < _KNOWN:
                    self.known[written] = units
            found += units
        return found

    def _understood(self, written: str) -> Iterator[Unit]:
        """What one letter with its accents stands for; nothing for what does not count."""
        if written in self.spelled:
            yield self.spelled[written]
            return
        small = (
            "ı"
            if written == _CAPITAL_DOTLESS_I
            else "i"
            if self.dotless_i and written == "İ"
            else written.lower()
        )
        capital = int(small != written)
        for base, marks in _parted(small if small in self.codes else _taken_apart(small)):
            yield self._unit(base, marks, capital)

    def _unit(self, base: str, marks: str, capital: int) -> Unit:
        """A letter of the alphabet as long as it can be, the marks left over being accents."""
        for length in range(len(marks), -1, -1):
            code = self.codes.get(unicodedata.normalize("NFC", base + marks[:length]))
            if code:
                return Unit(code, tuple(map(_accent, marks[length:])), capital)
        if base.isspace():
            return Unit(SPACE)
        if base.isdecimal():
            return Unit(self.codes[str(unicodedata.decimal(base))])
        high, low = divmod(ord(base), 36 * 36)
        return Unit(OTHER_LETTERS + _two_digits(high) + _two_digits(low), tuple(map(_accent, marks)), capital)


_NOT_SIMPLE = "!"


class _SimpleTable(dict[int, str]):
    """Characters that file by themselves, without accents: most titles have no others (for `str.translate`)."""

    def __init__(self, collation: Collation) -> None:
        self.collation = collation
        self.parts_of_others = {*_MARKS, *(way[0] for way in collation.spelled)}

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = _NOT_SIMPLE
        if character not in self.parts_of_others:
            units = self.collation.units(character)
            if not any(unit.accents for unit in units):
                codes = [unit.code for unit in units if unit.code not in self.collation.apostrophes]
                self[code] = "".join(codes)
        return self[code]


_KNOWN = 20_000  # as many ways of writing a letter are remembered


def _taken_apart(small: str) -> str:
    """Letters and marks one after the other; letters that stand for others replaced by these."""
    for table in (letters.GEORGIAN_FOLDING, alphabets.SEVERAL, alphabets.ACCENTED):
        small = "".join(table.get(letter, letter) for letter in small)
    apart = "".join(alphabets.ACCENTED.get(letter, letter) for letter in unicodedata.normalize("NFKD", small))
    return "".join(letter for letter in apart if unicodedata.category(letter)[0] != "C")


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """Each letter with the combining marks behind it."""
    return ((match[1], match[2]) for match in _LETTER_AND_MARKS.finditer(text))


_MARK = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_MARKS = frozenset(re.findall(f"[{_MARK}]", "".join(map(chr, range(0x300, 0x2100)))))
_LETTER_AND_MARKS = re.compile(f"([^{_MARK}])([{_MARK}]*)", re.DOTALL)


def _accent(mark: str) -> str:
    place = alphabets.ACCENTS.find(mark)
    return _two_digits(place + 1 if place >= 0 else 36 + ord(mark) % (36 * 35))


def _two_digits(number: int) -> str:
    high, low = divmod(number, 36)
    return CODE_DIGITS[high] + CODE_DIGITS[low]


def _collation_for(alphabet: str) -> Collation:
    alphabet = alphabet or settings.LANGUAGE_CODE
    return _collation(letters.LANGUAGES.get(alphabet, alphabet))


@cache
def _collation(language: str) -> Collation:
    rules = alphabets.tailoring(language)
    order = [*alphabets.MARKS, *alphabets.DIGITS, *alphabets.alphabet(language)]
    codes = {letter: _two_digits(place) for place, letter in enumerate(order, start=2)}
    spelled = {
        way: Unit(codes[ways[0]], (), times) for ways in rules.spellings for times, way in enumerate(ways)
    }
    double = "".join(f"{re.escape(way)}|" for way in spelled)
    apostrophes = frozenset(codes[letter] for letter in "ʻʼʾʿ")
    return Collation(
        codes, spelled, re.compile(f"{double}.[{_MARK}]*", re.DOTALL), rules.dotless_i, apostrophes
    )
