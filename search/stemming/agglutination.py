"""Stems of agglutinating languages, from tables of suffixes (`search.stemming.grammar`).

A word is read in all ways in which an ending can be taken off. No dictionary is at hand, so the readings are weighed:
the shorter the stem that is left, the longer the ending must be.

    stem    takes off only what is surely an ending, since an indexed word has one stem: *ana* keeps its a;
    stems   gives all that a typed word may come from, and what `stem` leaves on: *dil* looks for *dili*, too;
    dictionary_forms   gives only what may be the title of a dictionary's entry.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from search.folding import fold
from search.stemming.endings import Endings, Parting, Speller
from search.stemming.grammar import NEVER, Grammar, Paradigm, in_other_letters

__all__ = ["NEVER", "Grammar", "Paradigm", "SuffixStemmer", "in_other_letters"]

# A typed word of another script is of another language.
SCRIPTS = (re.compile("[а-ӿ]"), re.compile("[a-zß-ɏə]"))
MOST_STEMS = 12  # of a typed word; each is one more term to look up
MOST_CUTS = 5  # endings taken off one after the other
IRREGULAR = -1  # the rank of readings from the table of irregular stems
KEPT_WORDS, KEPT_READINGS = 2000, 100
LONGEST_DOUBT = 3  # letters of what may be an ending or the end of the stem itself: dəniz


class Reading(NamedTuple):
    """One way of reading a word: its dictionary form, how long the ending is and whether it surely is one."""

    stem: str
    ending: int
    certain: bool


class SuffixStemmer:
    """The stemmer of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._script = next(script for script in SCRIPTS if script.match(grammar.vowels[0]))
        self._unlikely = re.compile(grammar.unlikely) if grammar.unlikely else None
        self._speller = Speller(grammar)
        ranks = [paradigm.rank for paradigm in grammar.paradigms]
        self._lowest_rank = IRREGULAR if grammar.irregular else min(ranks, default=0)
        # A typed word is read in several ways that lead to the same stems, and once more for its dictionary forms.
        self._cut = lru_cache(KEPT_WORDS)(self._cut_off)
        self._plausible = lru_cache(KEPT_READINGS)(self._read)

    @cached_property
    def _exact(self) -> Endings:
        return Endings(self.grammar, str)

    @cached_property
    def _folded(self) -> Endings:
        return Endings(self.grammar, fold)

    def stem(self, word: str) -> str:
        """The folded stem of a word (exact form) without what is surely an ending."""
        return fold(self._cut(word, self._exact))

    def stems(self, word: str) -> tuple[str, ...]:
        """All plausible stems of a typed word, folded, the likeliest first; the language's letters may be missing."""
        folded = fold(word)
        return (
            _first(self._candidates(word, folded)) if self._script.search(word) else (folded,) * bool(folded)
        )

    def _candidates(self, word: str, folded: str) -> Iterator[str]:
        yield self.stem(word)
        yield from chain.from_iterable(self._plausible(word, self._exact))
        yield from chain.from_iterable(self._plausible(folded, self._folded))
        yield folded
        yield from self._left_on(word, folded)
        yield from chain.from_iterable(self._plausible(folded, self._folded, blind=True))

    def dictionary_forms(self, word: str) -> tuple[str, ...]:
        """What dictionaries may list a typed word under, folded, the likeliest first."""
        folded = fold(word)
        return _first(self._listed(word, folded)) if self._script.search(word) else (folded,) * bool(folded)

    def _listed(self, word: str, folded: str) -> Iterator[str]:
        yield from (form for form, _ in self._plausible(word, self._exact))
        yield from (form for form, _ in self._plausible(folded, self._folded))
        yield from (form for form, _ in self._plausible(folded, self._folded, blind=True))
        yield folded

    def _cut_off(self, word: str, endings: Endings) -> str:
        """The word without all that is surely an ending."""
        whole = len(word)
        for _ in range(MOST_CUTS):
            base = self._surest(word, endings)
            if base is None:
                break
            if len(base) < whole:
                return self._cut(base, endings)  # which is mostly known
            word = base
        return _with_single_end(word, endings)

    def _surest(self, word: str, endings: Endings) -> str | None:
        """Of the readings with a certain ending, that of the lowest rank, and there that with the longest."""
        surest, lowest = None, NEVER
        for parting in endings.partings(word):
            if not self._is_certain(parting, endings):
                continue
            spelling = self._dictionary_spellings(parting, endings)[
                0
            ]  # of one ending only the likeliest is sure
            rank = self._rank(spelling, parting, endings)
            if rank < lowest:
                surest, lowest = next(self._citations(spelling, parting, endings), spelling), rank
            if lowest <= self._lowest_rank:
                break
        return surest

    def _rank(self, spelling: str, parting: Parting, endings: Endings) -> int:
        irregular = spelling == endings.irregular.get(parting.base)
        return IRREGULAR if irregular else parting.paradigm.rank

    def _read(self, word: str, endings: Endings, blind: bool = False) -> list[tuple[str, str]]:
        """For each reading the dictionary form, empty if surely none, and what `stem` cuts it to; both folded."""
        readings = self._readings(word, endings, blind)
        found = {}
        for reading in sorted(readings, key=lambda reading: (not reading.certain, -reading.ending)):
            if reading.stem not in found:
                cut = self._cut(reading.stem, endings)
                is_doubtful = len(reading.stem) - len(cut) <= LONGEST_DOUBT
                found[reading.stem] = fold(reading.stem) if is_doubtful else "", fold(cut)
        return list(found.values())

    def _readings(self, word: str, endings: Endings, blind: bool = False) -> Iterator[Reading]:
        """The word with each possible ending taken off, the longest first, and the stem spelt as in a dictionary."""
        for parting in endings.partings(word, blind):
            certain = self._is_certain(parting, endings)
            for spelling in self._dictionary_spellings(parting, endings):
                for form in self._citations(spelling, parting, endings):
                    yield Reading(form, len(parting.ending), certain)
                    certain = False
            if parting.paradigm.bare:
                yield Reading(parting.base, len(parting.ending), False)

    def _is_certain(self, parting: Parting, endings: Endings) -> bool:
        base = parting.base
        least = parting.paradigm.least_ending or self.grammar.least_ending
        if parting.weight < least[min(parting.syllables, len(least)) - 1]:
            return False
        if parting.syllables == 1 and len(base) < 3 and base[-1] in endings.alphabet.vowels:
            return False  # hardly any word is so short: dəniz is not də-niz
        return not (self._unlikely and self._unlikely.search(f"{base}-{parting.ending}"))

    def _dictionary_spellings(self, parting: Parting, endings: Endings) -> list[str]:
        """How the dictionary may spell the base, the likeliest first."""
        base, alphabet = parting.base, endings.alphabet
        if parting.ending[0] not in alphabet.vowels:
            return [base]
        if base in endings.irregular:
            return [endings.irregular[base], base]
        if base[-2:] in endings.fleeting_between:
            return [*self._with_fleeting(base, endings), base]
        doubled = alphabet.ends_in_two_consonants(base) and base[-1] == base[-2]
        single = [base[:-1]] if doubled else []
        if parting.syllables >= self.grammar.softens_from:
            return [*_replaced(base, endings.softening), *single, base]
        found = [base, *_replaced(base, endings.softening_of_short), *single]
        if alphabet.ends_in_two_consonants(base) and not doubled:
            found += self._with_fleeting(base, endings)
        return found

    def _with_fleeting(self, base: str, endings: Endings) -> Iterator[str]:
        """The base with the vowel that it may have lost: ağz, ağız."""
        if self.grammar.fleeting:
            for vowel in endings.alphabet.last_vowel(base):
                yield base[:-1] + self._speller.spell(self.grammar.fleeting, vowel, 1)[0] + base[-1]

    def _citations(self, stem: str, parting: Parting, endings: Endings) -> Iterator[str]:
        """The dictionary form; several where folded letters leave the harmony open: dusundu, düşünmek or duşunmak."""
        citation = parting.paradigm.citation
        if not citation:
            yield stem
            return
        final = endings.alphabet.last_letter(stem)[0]
        for vowel in endings.alphabet.vowels_of(parting.contexts):
            spelt = self._speller.spell(citation, vowel, final)[0]
            seam = self.grammar.seams.get(stem[-1] + spelt[0])
            yield stem[:-1] + seam + spelt[1:] if seam else stem + spelt

    def _left_on(self, word: str, folded: str) -> Iterator[str]:
        """What `stem` makes of a word with those suffixes that it may leave on, if the word seems to have none."""
        endings, base = self._exact, self._cut(word, self._exact)
        if base == folded:
            endings, base = self._folded, self._cut(folded, self._folded)
        if len(word) - len(base) > LONGEST_DOUBT:
            return
        several = len(endings.alphabet.vowels_in(base)) > 1
        for suffix in (self.grammar.tried + (" " + self.grammar.tried_on_longer if several else "")).split():
            for start in dict.fromkeys((base, word)):
                yield from self._inflected(start, suffix, endings)

    def _inflected(self, base: str, suffix: str, endings: Endings) -> Iterator[str]:
        vowels = endings.alphabet.last_vowel(base)
        if not vowels:
            return
        final = endings.alphabet.last_letter(base)[0]
        spelt = self._speller.spell(suffix, vowels[0], final)[0]
        yield self.stem(base + spelt)
        if spelt[0] in self._exact.alphabet.vowels:
            yield from (self.stem(softened + spelt) for softened in self._softened(base, endings))

    def _softened(self, base: str, endings: Endings) -> Iterator[str]:
        """How the base may look before a vowel; of short ones only what has few others beside it: renk, rengi."""
        is_short = len(endings.alphabet.vowels_in(base)) < self.grammar.softens_from
        for soft, hard in (endings.softening_of_short if is_short else endings.softening).items():
            if base.endswith(hard) and (len(hard) > 1 or not is_short):
                yield base[: -len(hard)] + soft


def _first(found: Iterable[str]) -> tuple[str, ...]:
    """The first different ones; the others are not even worked out."""
    different: dict[str, None] = {}
    for form in found:
        if form:
            different[form] = None
            if len(different) == MOST_STEMS:
                break
    return tuple(different)


def _with_single_end(word: str, endings: Endings) -> str:
    """A word that ends in a doubled consonant with a single one: haqq, haqlar."""
    is_double = word[-2:-1] == word[-1:] and endings.alphabet.ends_in_two_consonants(word)
    return word[:-1] if is_double and endings.alphabet.vowels_in(word) else word


def _replaced(base: str, ends: Mapping[str, str]) -> Iterator[str]:
    """The base with another end, wherever the table has one for it."""
    return (base[: -len(end)] + other for end, other in ends.items() if base.endswith(end))
