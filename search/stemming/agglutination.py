"""Stems of agglutinating languages, from tables of suffixes.

A language is described the way its grammars do it: which vowels call for which, which consonants assimilate, and which
suffixes follow one another in which order (`Grammar`). Suffixes stand in the usual notation of Turkic linguistics:

    lAr     a capital letter is spelt as harmony or assimilation demands: kitablar, evlər
    (y)A    a consonant in parentheses stands after vowels only: xalqa, anaya
    (I)m    a vowel in parentheses stands after consonants only: evim, anam

From that every possible ending is worked out once, together with the stems that it may follow. A word is then read in
all ways in which one of the endings can be taken off. No dictionary is at hand, so the readings are weighed: the
shorter the stem that is left, the longer the ending must be.

    stem    takes off only what is surely an ending, since an indexed word has one stem: *qapı* keeps its ı;
    stems   gives all that a typed word may come from, and what `stem` leaves on: *dil* looks for *dili*, too.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import product
from operator import attrgetter
from typing import Any, NamedTuple

from search.folding import fold

MOST_STEMS = 12  # of a typed word; each is one more term to look up
NEVER = 99  # more than any ending weighs
LONGEST_DOUBT = 3  # letters of what may be an ending or the end of the stem itself: dəniz


@dataclass(frozen=True, eq=False)
class Paradigm:
    """Endings of one part of speech.

    A path is a row of slots from the stem outwards; a slot lists its suffixes, "-" meaning that it may stay empty.
    `citation` is what the dictionary form adds to the stem: nothing for nouns, the ending of the infinitive for verbs.
    """

    paths: tuple[tuple[str, ...], ...]
    citation: str = ""
    # What an ending must weigh for `stem` to take it off stems of one, two, three and more syllables; empty: as in
    # the rest of the grammar.
    least_ending: tuple[int, ...] = ()
    # `stem` prefers certain readings of a lower rank, even with shorter endings.
    rank: int = 0
    # Whether `stems` names the bare stem, too, and not the dictionary form alone.
    bare: bool = False


class Reading(NamedTuple):
    """One way of reading a word: its dictionary form, how long the ending is and whether it surely is one."""

    stem: str
    ending: int
    certain: bool
    rank: int = 0


_RANK = attrgetter("rank")


@dataclass(frozen=True, eq=False)
class Grammar:
    """All that is to be known of a language."""

    # Groups of vowels that call for the same vowels in suffixes; a vowel may be in two groups.
    vowels: tuple[str, ...]
    # How a capital letter is spelt after each of these groups: {"A": "aəaə"}.
    harmony: Mapping[str, str]
    # Groups of last letters: the first is that of vowels, of all that stand in no other group, the last, empty too, is
    # that of all others.
    finals: tuple[str, ...]
    # How a capital letter is spelt after each of these groups: {"D": "dtd"}. Harmony may spell the outcome further.
    assimilation: Mapping[str, str]
    paradigms: tuple[Paradigm, ...]
    # How the end of a stem looks before a vowel → how it is spelt in the dictionary: uşağ-ı → uşaq.
    softening: Mapping[str, str] = field(default_factory=dict)
    # The same for stems of one syllable, where it is rare: `stem` does not count on it.
    softening_of_short: Mapping[str, str] = field(default_factory=dict)
    # How many syllables a stem must have for `stem` to count on softening.
    softens_from: int = 2
    # The few stems that change in a way of their own: shahr-i → shahar.
    irregular: Mapping[str, str] = field(default_factory=dict)
    # The capital letter for the vowel that stems like ağız lose: ağz-ı. Empty where none is lost.
    fleeting: str = ""
    # A regular expression for the ends of stems that sound otherwise than they are spelt and call for the next group
    # of vowels, too: saat, saatler.
    palatal_end: str = ""
    # A regular expression for the ends of stems of one syllable that lose no vowel: qurd, dost.
    firm_end: str = ""
    # The pairs of letters between which it is lost, if not any two consonants: "рн лқ".
    fleeting_between: str = ""
    # Ends of stems, mostly of foreign words, that any vowels may follow.
    unharmonious: str = ""
    # What an ending must weigh for `stem` to take it off stems of one, two, three and more syllables.
    least_ending: tuple[int, ...] = (3, 2, 1)
    # An ending weighs as much as its suffixes, a suffix as much as it has letters, but for those listed here.
    weights: Mapping[str, int] = field(default_factory=dict)
    # Endings that begin with one of these weigh nothing, since too many words of the dictionary end so: ana, vətən.
    doubtful: str = ""
    # A regular expression for the end of what cannot be a stem of two syllables or more: yazar-l from yazarlı.
    unlikely_end: str = ""
    # A regular expression for stem and ending, as "qalam-ım", where `stem` does not count on it that they are.
    unlikely: str = ""
    # How the last letter of a stem and the first of `citation` are spelt: {"йу": "ю"}.
    seams: Mapping[str, str] = field(default_factory=dict)
    # Suffixes that `stems` adds to a typed word, since `stem` leaves them on: dil → dili; and more of them for words of
    # two syllables, where fewer others are hit by chance (ad → ada would be another word).
    tried: str = ""
    tried_on_longer: str = ""


def in_other_letters(grammar: Grammar, letters: Mapping[str, str]) -> Grammar:
    """The grammar in another script of the same language, letter by letter."""
    table = str.maketrans(dict(letters))

    def turned(value: Any) -> Any:
        if isinstance(value, str):
            return value.translate(table)
        if isinstance(value, Mapping):
            return {turned(key): turned(item) for key, item in value.items()}
        if isinstance(value, Paradigm):
            return replace(value, paths=turned(value.paths), citation=turned(value.citation))
        return tuple(map(turned, value)) if isinstance(value, tuple) else value

    return Grammar(**{field.name: turned(getattr(grammar, field.name)) for field in fields(grammar)})


class Alphabet:
    """The letters of a language, as they are or folded, and the groups they are of for harmony and assimilation.

    A context is a pair of a group of vowels and a group of last letters; a set of contexts is a number, a bit for each.
    """

    def __init__(self, grammar: Grammar, spelling: Callable[[str], str]) -> None:
        self.vowels = dict(self._groups(grammar.vowels, spelling))
        open_ended = "".join({*"".join(grammar.vowels)} - {*"".join(grammar.finals)}) + grammar.finals[0]
        self._finals = dict(self._groups((open_ended, *grammar.finals[1:]), spelling))
        self.softening = self._spelt(grammar.softening, spelling)
        self.softening_of_short = self._spelt(grammar.softening_of_short, spelling)
        self.irregular = dict(self._spelt(grammar.irregular, spelling))
        self.fleeting_between = frozenset(spelling(grammar.fleeting_between).split())
        self._unharmonious = tuple(spelling(grammar.unharmonious).split())
        self._other = (len(grammar.finals) - 1,)
        self._height, self._width = len(grammar.vowels), len(grammar.finals)
        self._palatal_end = re.compile(f"(?:{grammar.palatal_end})$") if grammar.palatal_end else None

    @staticmethod
    def _groups(
        rows: tuple[str, ...], spelling: Callable[[str], str]
    ) -> Iterator[tuple[str, tuple[int, ...]]]:
        spelt = [spelling(row) for row in rows]
        for letter in sorted(set("".join(spelt))):
            yield letter, tuple(number for number, row in enumerate(spelt) if letter in row)

    @staticmethod
    def _spelt(table: Mapping[str, str], spelling: Callable[[str], str]) -> list[tuple[str, str]]:
        return [(spelling(key), spelling(value)) for key, value in table.items()]

    def syllables(self, text: str) -> int:
        return sum(letter in self.vowels for letter in text)

    def last_vowel(self, text: str) -> tuple[int, ...]:
        """The groups of the last vowel; none in a text without vowels."""
        if self._unharmonious and text.endswith(self._unharmonious):
            return tuple(range(self._height))
        return next((self.vowels[letter] for letter in reversed(text) if letter in self.vowels), ())

    def last_letter(self, letter: str) -> tuple[int, ...]:
        return self._finals.get(letter, self._other)

    def contexts(self, text: str, blind: bool = False) -> int:
        """The contexts that suffixes find at the end of this text; if blind, those of all similar texts."""
        vowels, finals = self.last_vowel(text), self.last_letter(text[-1])
        if self._palatal_end and self._palatal_end.search(text):
            vowels = *vowels, *(vowel + 1 for vowel in vowels)
        if blind and vowels:
            vowels = tuple(range(self._height))
            finals = finals if finals[0] == 0 else tuple(range(1, self._width))
        found = 0
        for vowel in vowels:
            for final in finals:
                found |= self.context(vowel, final)
        return found

    def vowels_of(self, contexts: int) -> Iterator[int]:
        """The groups of vowels in a set of contexts."""
        for vowel in range(self._height):
            if contexts >> (vowel * self._width) & ((1 << self._width) - 1):
                yield vowel

    def context(self, vowel: int, final: int) -> int:
        return 1 << (vowel * self._width + final)


class Speller:
    """Writes suffixes as harmony and assimilation demand."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._alphabet = Alphabet(grammar, str)
        self._doubtful = set(grammar.doubtful.split())

    def spell(self, suffix: str, vowel: int, final: int) -> tuple[str, int, int]:
        """A suffix after a stem of this context, and the context of the whole."""
        spelt = ""
        letters = iter(suffix)
        for letter in letters:
            if letter == "(":
                letter, _ = next(letters), next(letters)
                after_vowel = final == 0
                if self._is_vowel(letter) == after_vowel:
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

    def _is_vowel(self, letter: str) -> bool:
        return letter in self._grammar.harmony or letter in self._alphabet.vowels

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


class Endings:
    """Every ending of a language, in the letters of the language or folded, and after which stems it may stand."""

    def __init__(self, grammar: Grammar, spelling: Callable[[str], str]) -> None:
        self.alphabet = Alphabet(grammar, spelling)
        self._found: dict[str, dict[tuple[Paradigm, int], int]] = {}
        speller = Speller(grammar)
        for vowel, final in product(range(len(grammar.vowels)), range(len(grammar.finals))):
            context = self.alphabet.context(vowel, final)
            for paradigm in grammar.paradigms:
                for path in paradigm.paths:
                    for ending, weight in speller.endings(path, vowel, final):
                        contexts = self._found.setdefault(spelling(ending), {})
                        contexts[paradigm, weight] = contexts.get((paradigm, weight), 0) | context
        self._found.pop("", None)
        self._longest = max(map(len, self._found), default=0)

    def taken_off(self, word: str, blind: bool = False) -> Iterator[tuple[str, str, Paradigm, int, int]]:
        """Stem, ending, paradigm, weight and contexts for each ending that the word may have, the longest first.

        Blind to harmony and assimilation, all that counts is whether the stem ends in a vowel.
        """
        for length in range(min(self._longest, len(word) - 2), 0, -1):
            if found := self._found.get(word[-length:]):
                base = word[:-length]
                contexts = self.alphabet.contexts(base, blind)
                for (paradigm, weight), mask in found.items():
                    if mask & contexts:
                        yield base, word[-length:], paradigm, weight, mask & contexts


class SuffixStemmer:
    """The stemmer of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._unlikely_end = re.compile(f"(?:{grammar.unlikely_end})$") if grammar.unlikely_end else None
        self._unlikely = re.compile(grammar.unlikely) if grammar.unlikely else None
        self._firm_end = re.compile(f"(?:{grammar.firm_end})$") if grammar.firm_end else None

    @cached_property
    def _exact(self) -> Endings:
        return Endings(self.grammar, str)

    @cached_property
    def _folded(self) -> Endings:
        return Endings(self.grammar, fold)

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self.grammar)

    def stem(self, word: str) -> str:
        """The folded stem of a word (exact form) without what is surely an ending."""
        return fold(self._cut(word, self._exact))

    def stems(self, word: str) -> tuple[str, ...]:
        """All plausible stems of a typed word, folded, the likeliest first; also without the language's letters."""
        folded = fold(word)
        found = [
            self.stem(word),
            *self._plausible(word, self._exact),
            *self._plausible(folded, self._folded),
            folded,
            *self._left_on(word),
            *self._plausible(folded, self._folded, blind=True),
        ]
        return tuple(dict.fromkeys(found))[:MOST_STEMS]

    def _cut(self, word: str, endings: Endings) -> str:
        """The word without all that is surely an ending."""
        certain = [reading for reading in self._readings(word, endings) if reading.certain]
        if not certain:
            return word
        stem = min(certain, key=_RANK).stem
        return self._cut(stem, endings) if len(stem) < len(word) else stem

    def _plausible(self, word: str, endings: Endings, blind: bool = False) -> Iterator[str]:
        """Stems that the word may have, folded: as in the dictionary, and as `stem` cuts these."""
        readings = self._readings(word, endings, blind)
        for reading in sorted(readings, key=lambda reading: (not reading.certain, -reading.ending)):
            cut = self._cut(reading.stem, endings)
            if len(reading.stem) - len(cut) <= LONGEST_DOUBT:
                yield fold(reading.stem)
            yield fold(cut)

    def _readings(self, word: str, endings: Endings, blind: bool = False) -> Iterator[Reading]:
        """The word with each possible ending taken off, the longest first, and the stem spelt as in a dictionary."""
        alphabet = endings.alphabet
        for base, ending, paradigm, weight, contexts in endings.taken_off(word, blind):
            syllables = alphabet.syllables(base)
            if syllables > 1 and self._unlikely_end and self._unlikely_end.search(base):
                continue
            certain = weight >= self._least_ending(paradigm, syllables)
            if syllables == 1 and len(base) < 3 and base[-1] in alphabet.vowels:
                certain = False  # hardly any word is so short: dəniz is not də-niz
            if certain and self._unlikely:
                certain = not self._unlikely.search(f"{base}-{ending}")
            for spelling in self._dictionary_spellings(base, syllables, ending[0], alphabet):
                rank = -1 if certain and spelling == alphabet.irregular.get(base) else paradigm.rank
                for form in self._citations(spelling, paradigm, contexts, alphabet):
                    yield Reading(form, len(ending), certain, rank)
                    certain = False
            if paradigm.bare:
                yield Reading(base, len(ending), False)

    def _dictionary_spellings(
        self, base: str, syllables: int, following: str, alphabet: Alphabet
    ) -> list[str]:
        """How the dictionary may spell a stem that stands before this letter, the likeliest first."""
        if following not in alphabet.vowels:
            return [base]
        if irregular := alphabet.irregular.get(base):
            return [irregular, base]
        if base[-2:] in alphabet.fleeting_between:
            vowels = (self._speller.spell(self.grammar.fleeting, v, 1)[0] for v in alphabet.last_vowel(base))
            return [*(base[:-1] + vowel + base[-1] for vowel in vowels), base]
        if syllables >= self.grammar.softens_from:
            return [*self._replaced(base, alphabet.softening), *self._single(base, alphabet), base]
        found = [base, *self._replaced(base, alphabet.softening_of_short), *self._single(base, alphabet)]
        anywhere = self.grammar.fleeting and not alphabet.fleeting_between
        if anywhere and self._ends_in_two_consonants(base, alphabet) and base[-1] != base[-2]:
            whole = self._with(self.grammar.fleeting, base[:-1], alphabet) + base[-1]
            found.insert(1 if self._firm_end and self._firm_end.search(base) else 0, whole)
        return found

    @staticmethod
    def _replaced(base: str, softening: list[tuple[str, str]]) -> Iterator[str]:
        for soft, hard in softening:
            if base.endswith(soft):
                yield base[: -len(soft)] + hard

    def _single(self, base: str, alphabet: Alphabet) -> Iterator[str]:
        if base[-1] == base[-2] and self._ends_in_two_consonants(base, alphabet):
            yield base[:-1]

    @staticmethod
    def _ends_in_two_consonants(base: str, alphabet: Alphabet) -> bool:
        return len(base) > 2 and base[-1] not in alphabet.vowels and base[-2] not in alphabet.vowels

    def _least_ending(self, paradigm: Paradigm, syllables: int) -> int:
        least = paradigm.least_ending or self.grammar.least_ending
        return least[min(syllables, len(least)) - 1]

    def _citations(self, stem: str, paradigm: Paradigm, contexts: int, alphabet: Alphabet) -> Iterator[str]:
        """The dictionary form; several where folded letters leave the harmony open: dusundu, düşünmek or duşunmak."""
        if not paradigm.citation:
            yield stem
            return
        last = alphabet.last_letter(stem[-1])[0]
        for vowel in alphabet.vowels_of(contexts):
            yield self._joined(stem, self._speller.spell(paradigm.citation, vowel, last)[0])

    def _left_on(self, word: str) -> Iterator[str]:
        """What `stem` makes of a word with those suffixes that it may leave on."""
        alphabet = self._exact.alphabet
        suffixes = self.grammar.tried.split()
        if alphabet.syllables(word) > 1:
            suffixes += self.grammar.tried_on_longer.split()
        for suffix in suffixes:
            inflected = self._with(suffix, word, alphabet)
            yield self.stem(inflected)
            if inflected[len(word)] in alphabet.vowels and (softened := self._softened(word)):
                yield self.stem(softened + inflected[len(word) :])

    def _softened(self, word: str) -> str:
        """The word as it stands before a vowel, if otherwise; empty if not."""
        for soft, hard in self.grammar.softening.items():
            if word.endswith(hard):
                return word[: -len(hard)] + soft
        return ""

    def _with(self, suffix: str, stem: str, alphabet: Alphabet) -> str:
        if not suffix or not (vowels := alphabet.last_vowel(stem)):
            return stem
        return self._joined(stem, self._speller.spell(suffix, vowels[0], alphabet.last_letter(stem[-1])[0])[0])

    def _joined(self, stem: str, suffix: str) -> str:
        joined = self.grammar.seams.get(stem[-1] + suffix[0])
        return stem[:-1] + joined + suffix[1:] if joined else stem + suffix
