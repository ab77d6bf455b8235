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

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from search.folding import fold

MOST_STEMS = 8  # of a typed word; each is one more term to look up


@dataclass(frozen=True)
class Paradigm:
    """Endings of one part of speech.

    A path is a row of slots from the stem outwards; a slot lists its suffixes, "-" meaning that it may stay empty.
    `citation` is what the dictionary form adds to the stem: nothing for nouns, the ending of the infinitive for verbs.
    """

    paths: tuple[tuple[str, ...], ...]
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a word: its dictionary form, folded, and whether the ending is surely one."""

    stem: str
    ending: int
    certain: bool


@dataclass(frozen=True, eq=False)
class Grammar:
    """All that is to be known of a language."""

    # Groups of vowels that call for the same vowels in suffixes; a vowel may be in two groups.
    vowels: tuple[str, ...]
    # How a capital letter is spelt after each of these groups: {"A": "aəaə"}.
    harmony: Mapping[str, str]
    # Groups of last letters: the first is that of vowels and stays empty, the last, empty too, is that of all others.
    finals: tuple[str, ...]
    # How a capital letter is spelt after each of these groups: {"D": "dtd"}.
    assimilation: Mapping[str, str]
    paradigms: tuple[Paradigm, ...]
    # How the end of a stem looks before a vowel → how it is spelt in the dictionary: uşağ-ı → uşaq.
    softening: Mapping[str, str] = field(default_factory=dict)
    # The same for stems of one syllable, where it is rare: `stem` does not count on it.
    softening_of_short: Mapping[str, str] = field(default_factory=dict)
    # The capital letter for the vowel that stems like ağız lose: ağz-ı. Empty where none is lost.
    fleeting: str = ""
    # Letters that an ending must have for `stem` to take it off stems of one, two, three and more syllables.
    least_ending: tuple[int, ...] = (3, 2, 1)
    # Suffixes that `stem` does not take off alone, since too many words of the dictionary end so: ana, qayda.
    doubtful: str = ""
    # Suffixes that `stems` adds to a typed word, since `stem` leaves them on: dil → dili.
    tried: str = ""


class Alphabet:
    """The letters of a language, as they are or folded, and the groups they are of for harmony and assimilation.

    A context is a pair of a group of vowels and a group of last letters; a set of contexts is a number, a bit for each.
    """

    def __init__(self, grammar: Grammar, spelling: Callable[[str], str]) -> None:
        self.vowels = {letter: groups for letter, groups in self._groups(grammar.vowels, spelling)}
        self._finals = {letter: groups for letter, groups in self._groups(grammar.finals, spelling)}
        self._other = (len(grammar.finals) - 1,)
        self._width = len(grammar.finals)

    @staticmethod
    def _groups(
        rows: tuple[str, ...], spelling: Callable[[str], str]
    ) -> Iterator[tuple[str, tuple[int, ...]]]:
        spelt = [spelling(row) for row in rows]
        for letter in sorted(set("".join(spelt))):
            yield letter, tuple(number for number, row in enumerate(spelt) if letter in row)

    def syllables(self, text: str) -> int:
        return sum(letter in self.vowels for letter in text)

    def last_vowel(self, text: str) -> tuple[int, ...]:
        """The groups of the last vowel; none in a text without vowels."""
        return next((self.vowels[letter] for letter in reversed(text) if letter in self.vowels), ())

    def last_letter(self, letter: str) -> tuple[int, ...]:
        return self._finals.get(letter) or ((0,) if letter in self.vowels else self._other)

    def contexts(self, text: str) -> int:
        """The contexts that suffixes find at the end of this text."""
        last = self.last_letter(text[-1])
        found = 0
        for vowel in self.last_vowel(text):
            for final in last:
                found |= self.context(vowel, final)
        return found

    def context(self, vowel: int, final: int) -> int:
        return 1 << (vowel * self._width + final)


class Speller:
    """Writes suffixes as harmony and assimilation demand."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._alphabet = Alphabet(grammar, str)

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
            if letter in self._grammar.harmony:
                letter = self._grammar.harmony[letter][vowel]
            elif letter in self._grammar.assimilation:
                letter = self._grammar.assimilation[letter][final]
            spelt += letter
            groups = self._alphabet.vowels.get(letter, ())
            vowel = vowel if vowel in groups or not groups else groups[0]
            final = self._alphabet.last_letter(letter)[0]
        return spelt, vowel, final

    def _is_vowel(self, letter: str) -> bool:
        return letter in self._grammar.harmony or letter in self._alphabet.vowels

    def endings(self, path: tuple[str, ...], vowel: int, final: int) -> Iterator[tuple[str, str]]:
        """All endings along a path, each with the suffixes that it is made of."""
        if not path:
            yield "", ""
            return
        for suffix in path[0].split():
            spelt, *context = ("", vowel, final) if suffix == "-" else self.spell(suffix, vowel, final)
            for rest, suffixes in self.endings(path[1:], *context):
                yield spelt + rest, f"{suffix} {suffixes}".strip("- ")


class Endings:
    """Every ending of a language, in the letters of the language or folded, and after which stems it may stand."""

    def __init__(self, grammar: Grammar, spelling: Callable[[str], str]) -> None:
        self.alphabet = Alphabet(grammar, spelling)
        self._found: dict[str, dict[tuple[Paradigm, bool], int]] = {}
        doubtful = set(grammar.doubtful.split())
        speller = Speller(grammar)
        for vowel, final in product(range(len(grammar.vowels)), range(len(grammar.finals))):
            context = self.alphabet.context(vowel, final)
            for paradigm in grammar.paradigms:
                for path in paradigm.paths:
                    for ending, suffixes in speller.endings(path, vowel, final):
                        contexts = self._found.setdefault(spelling(ending), {})
                        kind = paradigm, suffixes in doubtful
                        contexts[kind] = contexts.get(kind, 0) | context
        self._found.pop("", None)
        self._longest = max(map(len, self._found), default=0)

    def taken_off(self, word: str) -> Iterator[tuple[str, str, Paradigm, bool]]:
        """Stem, ending, paradigm and doubt for each ending that the word may have, the longest first."""
        for length in range(min(self._longest, len(word) - 2), 0, -1):
            ending = word[-length:]
            if found := self._found.get(ending):
                base = word[:-length]
                contexts = self.alphabet.contexts(base)
                for (paradigm, doubtful), mask in found.items():
                    if mask & contexts:
                        yield base, ending, paradigm, doubtful


class SuffixStemmer:
    """The stemmer of one language."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

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
        return next(
            (reading.stem for reading in self._readings(word, self._exact) if reading.certain), fold(word)
        )

    def stems(self, word: str) -> tuple[str, ...]:
        """All plausible stems of a typed word, folded, the likeliest first."""
        folded = fold(word)
        readings = list(self._readings(word, self._exact))
        if folded == word:  # perhaps typed without the letters of the language
            readings += self._readings(folded, self._folded)
        readings.sort(key=lambda reading: (not reading.certain, -reading.ending))
        likely = [self.stem(word), *(reading.stem for reading in readings), folded]
        with_kin = [form for stem in likely for form in (stem, self.stem(stem))]
        return tuple(dict.fromkeys([*with_kin, *self._left_on(word)]))[:MOST_STEMS]

    def _readings(self, word: str, endings: Endings) -> Iterator[Reading]:
        """The word with each possible ending taken off, the longest first, and the stem spelt as in a dictionary."""
        for base, ending, paradigm, doubtful in endings.taken_off(word):
            syllables = endings.alphabet.syllables(base)
            certain = not doubtful and len(ending) >= self._least_ending(syllables)
            spellings = [base]
            if ending[0] in endings.alphabet.vowels:
                spellings = [*self._before_vowel(base, syllables, endings.alphabet), base]
            for spelling in spellings:
                stem = self._with(paradigm.citation, spelling, endings.alphabet)
                yield Reading(fold(stem), len(ending), certain)
                certain = False

    def _least_ending(self, syllables: int) -> int:
        least = self.grammar.least_ending
        return least[min(syllables, len(least)) - 1]

    def _before_vowel(self, base: str, syllables: int, alphabet: Alphabet) -> Iterator[str]:
        """How the dictionary may spell a stem that stands before a vowel, if otherwise."""
        softening = self.grammar.softening if syllables > 1 else self.grammar.softening_of_short
        for soft, hard in softening.items():
            if base.endswith(soft):
                yield base[: -len(soft)] + hard
        if self.grammar.fleeting and len(base) > 2 and not alphabet.vowels.keys() & {base[-1], base[-2]}:
            if base[-1] == base[-2]:
                yield base[:-1]
            elif syllables == 1:
                yield self._with(self.grammar.fleeting, base[:-1], alphabet) + base[-1]

    def _left_on(self, word: str) -> Iterator[str]:
        """What `stem` makes of a word with those suffixes that it may leave on."""
        for suffix in self.grammar.tried.split():
            yield self.stem(self._with(suffix, word, self._exact.alphabet))

    def _with(self, suffix: str, stem: str, alphabet: Alphabet) -> str:
        if not suffix or not (vowels := alphabet.last_vowel(stem)):
            return stem
        return stem + self._speller.spell(suffix, vowels[0], alphabet.last_letter(stem[-1])[0])[0]
