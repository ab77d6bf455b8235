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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from operator import attrgetter

from search.folding import fold

MOST_STEMS = 12  # of a typed word; each is one more term to look up


@dataclass(frozen=True, eq=False)
class Paradigm:
    """Endings of one part of speech.

    A path is a row of slots from the stem outwards; a slot lists its suffixes, "-" meaning that it may stay empty.
    `citation` is what the dictionary form adds to the stem: nothing for nouns, the ending of the infinitive for verbs.
    """

    paths: tuple[tuple[str, ...], ...]
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a word: its dictionary form, as spelt and folded, and whether the ending is surely one."""

    spelt: str
    stem: str
    ending: int
    certain: bool
    order: int


@dataclass(frozen=True, eq=False)
class Grammar:
    """All that is to be known of a language."""

    # Groups of vowels that call for the same vowels in suffixes; a vowel may be in two groups.
    vowels: tuple[str, ...]
    # How a capital letter is spelt after each of these groups: {"A": "aəaə"}.
    harmony: Mapping[str, str]
    # Groups of last letters: the first is that of vowels and stays empty, the last, empty too, is that of all others.
    finals: tuple[str, ...]
    # How a capital letter is spelt after each of these groups: {"D": "dtd"}. Harmony may spell the outcome further.
    assimilation: Mapping[str, str]
    paradigms: tuple[Paradigm, ...]
    # How the end of a stem looks before a vowel → how it is spelt in the dictionary: uşağ-ı → uşaq.
    softening: Mapping[str, str] = field(default_factory=dict)
    # The same for stems of one syllable, where it is rare: `stem` does not count on it.
    softening_of_short: Mapping[str, str] = field(default_factory=dict)
    # The few stems that change in a way of their own: shahr-i → shahar.
    irregular: Mapping[str, str] = field(default_factory=dict)
    # The capital letter for the vowel that stems like ağız lose: ağz-ı. Empty where none is lost.
    fleeting: str = ""
    # The pairs of letters between which it is lost, if not any two consonants: "рн лқ".
    fleeting_between: str = ""
    # Ends of stems, mostly of foreign words, that any vowels may follow.
    unharmonious: str = ""
    # Letters that an ending must have for `stem` to take it off stems of one, two, three and more syllables.
    least_ending: tuple[int, ...] = (3, 2, 1)
    # What a suffix counts for in such an ending, if not for its letters.
    worth: Mapping[str, int] = field(default_factory=dict)
    # What no seam between stem and ending looks like if the ending is one, as a regular expression: "ш-ы".
    unlikely: str = ""
    # How stem and `citation` are joined: {"йу": "ю"}.
    seams: Mapping[str, str] = field(default_factory=dict)
    # Letters that folding replaces although every keyboard has them.
    everyones: str = ""
    # Suffixes that `stem` does not take off alone, since too many words of the dictionary end so: ana, qayda.
    doubtful: str = ""
    # Suffixes that `stems` adds to a typed word, since `stem` leaves them on: dil → dili.
    tried: str = ""


class Alphabet:
    """The letters of a language, as they are or folded, and the groups they are of for harmony and assimilation.

    A context is a pair of a group of vowels and a group of last letters; a set of contexts is a number, a bit for each.
    """

    def __init__(self, grammar: Grammar, spelling: Callable[[str], str]) -> None:
        self.vowels = dict(self._groups(grammar.vowels, spelling))
        self.fleeting_between = frozenset(spelling(grammar.fleeting_between).split())
        self._unharmonious = tuple(spelling(grammar.unharmonious).split())
        self._all_groups = tuple(range(len(grammar.vowels)))
        plain_vowels = "".join(set("".join(grammar.vowels)) - set("".join(grammar.finals)))
        self._finals = dict(self._groups((plain_vowels, *grammar.finals[1:]), spelling))
        self._other = (len(grammar.finals) - 1,)
        self._width = len(grammar.finals)

    @staticmethod
    def _groups(
        rows: tuple[str, ...], spelling: Callable[[str], str]
    ) -> Iterator[tuple[str, tuple[int, ...]]]:
        spelt = [spelling(row) for row in rows]
        for letter in sorted(set("".join(spelt))):
            yield letter, tuple(number for number, row in enumerate(spelt) if letter in row)

    @property
    def letters(self) -> Iterable[str]:
        return self._finals

    def syllables(self, text: str) -> int:
        return sum(letter in self.vowels for letter in text)

    def last_vowel(self, text: str) -> tuple[int, ...]:
        """The groups of the last vowel; none in a text without vowels."""
        if self._unharmonious and text.endswith(self._unharmonious):
            return self._all_groups
        return next((self.vowels[letter] for letter in reversed(text) if letter in self.vowels), ())

    def last_letter(self, letter: str) -> tuple[int, ...]:
        return self._finals.get(letter, self._other)

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

    def endings(self, path: tuple[str, ...], vowel: int, final: int) -> Iterator[tuple[str, str, int]]:
        """All endings along a path, each with the suffixes that it is made of and what they are worth."""
        if not path:
            yield "", "", 0
            return
        for suffix in path[0].split():
            spelt, *context = ("", vowel, final) if suffix == "-" else self.spell(suffix, vowel, final)
            worth = self._grammar.worth.get(suffix, len(spelt))
            for rest, suffixes, worth_of_rest in self.endings(path[1:], *context):
                yield spelt + rest, f"{suffix} {suffixes}".strip("- "), worth + worth_of_rest


class Endings:
    """Every ending of a language, in the letters of the language or folded, and after which stems it may stand."""

    def __init__(self, grammar: Grammar, spelling: Callable[[str], str]) -> None:
        self.alphabet = Alphabet(grammar, spelling)
        self._found: dict[str, dict[tuple[Paradigm, bool, int], int]] = {}
        doubtful = set(grammar.doubtful.split())
        speller = Speller(grammar)
        for vowel, final in product(range(len(grammar.vowels)), range(len(grammar.finals))):
            context = self.alphabet.context(vowel, final)
            for paradigm in grammar.paradigms:
                for path in paradigm.paths:
                    for ending, suffixes, worth in speller.endings(path, vowel, final):
                        contexts = self._found.setdefault(spelling(ending), {})
                        kind = paradigm, suffixes in doubtful, worth
                        contexts[kind] = contexts.get(kind, 0) | context
        self._found.pop("", None)
        for ending, contexts in self._found.items():  # the parts of speech in their order
            order = grammar.paradigms.index
            self._found[ending] = dict(sorted(contexts.items(), key=lambda kind: order(kind[0][0])))
        self._longest = max(map(len, self._found), default=0)

    def taken_off(self, word: str) -> Iterator[tuple[str, str, Paradigm, bool, int]]:
        """Stem, ending, paradigm, doubt and worth for each ending that the word may have, the longest first."""
        for length in range(min(self._longest, len(word) - 2), 0, -1):
            ending = word[-length:]
            if found := self._found.get(ending):
                base = word[:-length]
                contexts = self.alphabet.contexts(base)
                for (paradigm, doubtful, worth), mask in found.items():
                    if mask & contexts:
                        yield base, ending, paradigm, doubtful, worth


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

    @cached_property
    def _order(self) -> dict[Paradigm, int]:
        return {paradigm: number for number, paradigm in enumerate(self.grammar.paradigms)}

    @cached_property
    def _unlikely(self) -> re.Pattern[str] | None:
        return re.compile(self.grammar.unlikely) if self.grammar.unlikely else None

    def stem(self, word: str) -> str:
        """The folded stem of a word (exact form) without what is surely an ending."""
        return self._stem(word, self._exact)

    def _stem(self, word: str, endings: Endings) -> str:
        """What is left when what is surely an ending has been taken off, and from what is left again."""
        sure = (reading for reading in self._readings(word, endings) if reading.certain)
        if not (reading := min(sure, key=attrgetter("order"), default=None)):
            return fold(word)
        return self._stem(reading.spelt, endings) if len(reading.spelt) < len(word) else reading.stem

    def stems(self, word: str) -> tuple[str, ...]:
        """All plausible stems of a typed word, folded, the likeliest first."""
        folded = fold(word)
        readings = list(self._readings(word, self._exact))
        endings = self._exact
        if not self._letters_to_miss & set(word):  # perhaps typed without the letters of the language
            endings = self._folded
            readings += self._readings(folded, endings)
        readings.sort(key=lambda reading: (not reading.certain, -reading.ending))
        likely = [self.stem(word), *(reading.stem for reading in readings), folded]
        kin = (self._stem(stem, endings) for stem in likely for endings in (self._exact, self._folded))
        return tuple(dict.fromkeys([*likely, *kin, *self._left_on(word)]))[:MOST_STEMS]

    @cached_property
    def _letters_to_miss(self) -> set[str]:
        letters = {*self._exact.alphabet.letters, *"ʻ"}
        return {letter for letter in letters if fold(letter) != letter} - set(self.grammar.everyones)

    def _readings(self, word: str, endings: Endings) -> Iterator[Reading]:
        """The word with each possible ending taken off, the longest first, and the stem spelt as in a dictionary."""
        order = self._order
        for base, ending, paradigm, doubtful, worth in endings.taken_off(word):
            syllables = endings.alphabet.syllables(base)
            certain = not doubtful and worth >= self._least_ending(syllables)
            if certain and self._unlikely:
                certain = not self._unlikely.search(f"{base}-{ending}")
            spellings = [base]
            if ending[0] in endings.alphabet.vowels:
                spellings = [*self._before_vowel(base, syllables, endings.alphabet), base]
            for spelling in spellings:
                stem = self._with(paradigm.citation, spelling, endings.alphabet)
                yield Reading(stem, fold(stem), len(ending), certain, order[paradigm])
                certain = False
            if paradigm.citation:
                yield Reading(base, fold(base), len(ending), False, order[paradigm])

    def _least_ending(self, syllables: int) -> int:
        least = self.grammar.least_ending
        return least[min(syllables, len(least)) - 1]

    def _before_vowel(self, base: str, syllables: int, alphabet: Alphabet) -> Iterator[str]:
        """How the dictionary may spell a stem that stands before a vowel, if otherwise."""
        softening = self.grammar.softening if syllables > 1 else self.grammar.softening_of_short
        for soft, hard in softening.items():
            if base.endswith(soft):
                yield base[: -len(soft)] + hard
        if hard := self.grammar.irregular.get(base):
            yield hard
        if not self.grammar.fleeting or len(base) < 3:
            return
        if self.grammar.fleeting_between:
            if base[-2:] in alphabet.fleeting_between:
                for vowel in alphabet.last_vowel(base):
                    yield base[:-1] + self._speller.spell(self.grammar.fleeting, vowel, 0)[0] + base[-1]
        elif not alphabet.vowels.keys() & {base[-1], base[-2]}:
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
        spelt = self._speller.spell(suffix, vowels[0], alphabet.last_letter(stem[-1])[0])[0]
        joined = self.grammar.seams.get(stem[-1] + spelt[:1])
        return stem[:-1] + joined + spelt[1:] if joined else stem + spelt
