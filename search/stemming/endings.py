"""Every ending of a language, worked out once from its grammar, with the stems that it may follow."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from search.stemming.grammar import Grammar, Paradigm

Spelling = Callable[[str], str]  # how letters are read: as they are, or folded


class Alphabet:
    """The letters of a language, as they are or folded, and the groups they are of for harmony and assimilation.

    A context is a pair of a group of vowels and a group of last letters; a set of contexts is a number, with a bit
    for each.
    """

    def __init__(self, grammar: Grammar, spelling: Spelling) -> None:
        self.vowels = dict(_groups(grammar.vowels, spelling))
        self.vowels_in = re.compile(f"[{''.join(self.vowels)}]").findall
        open_ends = "".join({*"".join(grammar.vowels)} - {*"".join(grammar.finals)}) + grammar.finals[0]
        self._finals = dict(_groups((open_ends, *grammar.finals[1:]), spelling))
        self._other = (len(grammar.finals) - 1,)
        self._height, self._width = len(grammar.vowels), len(grammar.finals)
        self._unharmonious = tuple(spelling(grammar.unharmonious).split())
        self._contexts: dict[tuple[str, str, bool], int] = {}

    def last_vowel(self, text: str) -> tuple[int, ...]:
        """The groups of the last vowel; none in a short text without vowels."""
        if self._unharmonious and text.endswith(self._unharmonious):
            return tuple(range(self._height))
        found = self.vowels_in(text)
        if not found and len(text) > 2 and text.isalpha():  # an abbreviation
            return tuple(range(self._height))
        return self.vowels[found[-1]] if found else ()

    def last_letter(self, text: str) -> tuple[int, ...]:
        """The groups of the last letter."""
        return self._finals.get(text[-1], self._other)

    def ends_in_two_consonants(self, text: str) -> bool:
        return len(text) > 2 and text[-1] not in self.vowels and text[-2] not in self.vowels

    def places_of_vowels(self, text: str) -> list[int]:
        return [place for place, letter in enumerate(text) if letter in self.vowels]

    def contexts(self, text: str, last_vowel: str, blind: bool = False) -> int:
        """The contexts that suffixes find at the end of this text; if blind, those of all similar texts."""
        if not last_vowel or (self._unharmonious and text.endswith(self._unharmonious)):
            return self._contexts_of(self.last_vowel(text), self.last_letter(text), blind)
        ends = last_vowel, text[-1], blind
        if ends not in self._contexts:
            self._contexts[ends] = self._contexts_of(self.vowels[last_vowel], self.last_letter(text), blind)
        return self._contexts[ends]

    def _contexts_of(self, vowels: tuple[int, ...], finals: tuple[int, ...], blind: bool) -> int:
        if blind and vowels:
            vowels = tuple(range(self._height))
            finals = finals if finals[0] == 0 else tuple(range(1, self._width))
        found = 0
        for vowel in vowels:
            for final in finals:
                found |= self.context(vowel, final)
        return found

    def context(self, vowel: int, final: int) -> int:
        return 1 << (vowel * self._width + final)

    def vowels_of(self, contexts: int) -> Iterator[int]:
        """The groups of vowels in a set of contexts."""
        row = (1 << self._width) - 1
        return (vowel for vowel in range(self._height) if contexts >> (vowel * self._width) & row)


def _groups(rows: tuple[str, ...], spelling: Spelling) -> Iterator[tuple[str, tuple[int, ...]]]:
    spelt = [spelling(row) for row in rows]
    for letter in sorted(set("".join(spelt))):
        yield letter, tuple(number for number, row in enumerate(spelt) if letter in row)


class Speller:
    """Writes suffixes as harmony and assimilation demand."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._alphabet = Alphabet(grammar, str)
        self._doubtful = set(grammar.doubtful.split())
        self._spelt: dict[tuple[str, int, int], tuple[str, int, int]] = {}

    def spell(self, suffix: str, vowel: int, final: int) -> tuple[str, int, int]:
        """A suffix after a stem of this context, and the context of the whole."""
        asked = suffix, vowel, final
        if asked not in self._spelt:
            self._spelt[asked] = self._spell(*asked)
        return self._spelt[asked]

    def _spell(self, suffix: str, vowel: int, final: int) -> tuple[str, int, int]:
        spelt = ""
        letters = iter(suffix)
        for letter in letters:
            if letter == "(":
                letter, _ = next(letters), next(letters)
                if self._is_vowel(letter) == (final == 0):
                    continue
            if letter in self._grammar.assimilation:
                letter = self._grammar.assimilation[letter][final]
            if letter in self._grammar.harmony:
                letter = self._grammar.harmony[letter][vowel]
            spelt += letter
            groups = self._alphabet.vowels.get(letter, ())
            vowel = vowel if vowel in groups or not groups else groups[0]
            final = self._alphabet.last_letter(letter)[0]
        return spelt, vowel, final

    def endings(self, path: tuple[str, ...], vowel: int, final: int) -> Iterator[tuple[str, int]]:
        """All endings along a path, each with its weight."""
        if not path:
            yield "", 0
            return
        for suffix in path[0].split():
            if suffix == "-":
                yield from self.endings(path[1:], vowel, final)
                continue
            spelt, *context = self.spell(suffix, vowel, final)
            weight = self._grammar.weights.get(suffix, len(spelt))
            for rest, more in self.endings(path[1:], *context):
                yield spelt + rest, 0 if suffix in self._doubtful else weight + more

    def _is_vowel(self, letter: str) -> bool:
        return letter in self._grammar.harmony or letter in self._alphabet.vowels


class Parting(NamedTuple):
    """A word parted into a base and an ending of some paradigm, and the contexts in which the two fit."""

    base: str
    ending: str
    paradigm: Paradigm
    weight: int
    contexts: int
    syllables: int  # of the base


class Endings:
    """The endings of a language, in its own letters or folded, and the changes of stems before them."""

    def __init__(self, grammar: Grammar, spelling: Spelling) -> None:
        self.alphabet = Alphabet(grammar, spelling)
        self.softening = _spelt(grammar.softening, spelling)
        self.softening_of_short = _spelt(grammar.softening_of_short, spelling)
        self.irregular = _spelt(grammar.irregular, spelling)
        self.fleeting_between = frozenset(spelling(grammar.fleeting_between).split())
        found: dict[str, dict[tuple[Paradigm, int], int]] = {}
        speller = Speller(grammar)
        for paradigm in grammar.paradigms:  # in their order: what a stem is read as first
            for vowel, final in product(range(len(grammar.vowels)), range(len(grammar.finals))):
                context = self.alphabet.context(vowel, final)
                for path in paradigm.paths:
                    for ending, weight in speller.endings(path, vowel, final):
                        contexts = found.setdefault(spelling(ending), {})
                        contexts[paradigm, weight] = contexts.get((paradigm, weight), 0) | context
        found.pop("", None)
        self._found = {
            ending: [(*read, mask) for read, mask in reads.items()] for ending, reads in found.items()
        }
        self._lengths = _lengths(found)

    def partings(self, word: str, blind: bool = False) -> Iterator[Parting]:
        """All ways of taking an ending off the word, the longest first.

        Blind to harmony and assimilation, all that counts is whether the stem ends in a vowel.
        """
        longest = len(word) - 2
        vowels: list[int] | None = None
        for length in self._lengths.get(word[-2:]) or self._lengths.get(word[-1:]) or ():
            if length <= longest and (found := self._found.get(word[-length:])):
                vowels = self.alphabet.places_of_vowels(word) if vowels is None else vowels
                base = word[:-length]
                syllables = bisect_left(vowels, len(base))
                last = word[vowels[syllables - 1]] if syllables else ""
                contexts = self.alphabet.contexts(base, last, blind)
                for paradigm, weight, mask in found:
                    if mask & contexts:
                        yield Parting(base, word[-length:], paradigm, weight, mask & contexts, syllables or 1)


def _lengths(endings: Iterable[str]) -> dict[str, list[int]]:
    """How long the endings are with these last two letters, or with this one alone; the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for ending in endings:
        found[ending[-2:]].add(len(ending))
    for ends in found:
        found[ends] |= found.get(ends[-1], set())
    return {ends: sorted(lengths, reverse=True) for ends, lengths in found.items()}


def _spelt(table: Mapping[str, str], spelling: Spelling) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        found.setdefault(spelling(key), spelling(value))
    return found
