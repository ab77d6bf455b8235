"""How a language with suffixes is described, for `search.stemming.agglutination`.

A description says what grammars say: which vowels call for which, which consonants assimilate, which suffixes follow
one another. Suffixes stand in the usual notation of Turkic linguistics:

    lAr     a capital letter is spelt as harmony or assimilation demands: kitablar, evlər
    (y)A    a consonant in parentheses stands after vowels only: xalqa, anaya
    (I)m    a vowel in parentheses stands after consonants only: evim, anam
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

NEVER = 99  # more than any ending weighs


@dataclass(frozen=True, eq=False)
class Paradigm:
    """Endings of one part of speech.

    A path is a row of slots from the stem outwards; a slot lists its suffixes, "-" meaning that it may stay empty.
    `citation` is what the dictionary form adds to the stem: nothing for nouns, for verbs the ending of the
    infinitive. `least_ending` stands in for that of the grammar, where it is given.
    """

    paths: tuple[tuple[str, ...], ...]
    citation: str = ""
    least_ending: tuple[int, ...] = ()
    # `stem` prefers certain readings of a lower rank, even with shorter endings.
    rank: int = 0
    # Whether `stems` names the bare stem, too, and not the dictionary form alone.
    bare: bool = False


@dataclass(frozen=True, eq=False)
class Grammar:
    """All that is to be known of a language."""

    # --- Sounds ---
    # Groups of vowels that call for the same vowels in suffixes; a vowel may be in two groups.
    vowels: tuple[str, ...]
    # How a capital letter is spelt after each of these groups: {"A": "aəaə"}.
    harmony: Mapping[str, str]
    # Groups of last letters: the first is that of vowels (of all that stand in no other group), the last, empty, is
    # that of all other letters.
    finals: tuple[str, ...]
    # How a capital letter is spelt after each of these groups: {"D": "dtd"}. Harmony may spell the outcome further.
    assimilation: Mapping[str, str]
    # Ends of stems, mostly of foreign words, that any vowels may follow: saat, saatler.
    unharmonious: str = ""

    # --- Suffixes ---
    paradigms: tuple[Paradigm, ...] = ()

    # --- What happens to a stem before a vowel ---
    # How its end looks there → how it is spelt in the dictionary: uşağ-ı → uşaq.
    softening: Mapping[str, str] = field(default_factory=dict)
    # The same for stems of one syllable, where it is rare: `stem` does not count on it.
    softening_of_short: Mapping[str, str] = field(default_factory=dict)
    # How many syllables a stem must have for `stem` to count on softening.
    softens_from: int = 2
    # The capital letter for the vowel that stems like ağız lose: ağz-ı. Empty where none is lost.
    fleeting: str = ""
    # The pairs of letters between which it is lost as a rule; between others it may be.
    fleeting_between: str = ""
    # The few stems that change in a way of their own: shahr-i → shahar.
    irregular: Mapping[str, str] = field(default_factory=dict)
    # How the last letter of a stem and the first of `citation` are spelt: {"йу": "ю"}.
    seams: Mapping[str, str] = field(default_factory=dict)

    # --- What is surely an ending ---
    # What an ending must weigh for `stem` to take it off stems of one, two, three and more syllables.
    least_ending: tuple[int, ...] = (3, 2, 1)
    # An ending weighs as much as its suffixes, a suffix as much as it has letters, but for those listed here.
    weights: Mapping[str, int] = field(default_factory=dict)
    # Endings that begin with one of these weigh nothing, since too many words of the dictionary end so: ana, vətən.
    doubtful: str = ""
    # A regular expression for stem and ending, as "qalam-ım", where `stem` does not count on it that they are.
    unlikely: str = ""

    # --- What is not taken off, and so looked for in addition ---
    # Suffixes that `stems` adds to a typed word, since `stem` may leave them on: dil → dili; and those that it adds
    # to words of two syllables, where fewer others are hit by chance (ad → ada would be another word).
    tried: str = ""
    tried_on_longer: str = ""


def in_other_letters(grammar: Grammar, letters: Mapping[str, str]) -> Grammar:
    """The grammar in another script of the same language, letter by letter; pairs of letters first."""
    pairs = [pair for pair in letters if len(pair) > 1]
    table = str.maketrans({letter: other for letter, other in letters.items() if len(letter) == 1})

    def turned(value: Any) -> Any:
        if isinstance(value, str):
            for pair in pairs:
                value = value.replace(pair, letters[pair])
            return value.translate(table)
        if isinstance(value, Mapping):
            return {turned(key): turned(item) for key, item in value.items()}
        if isinstance(value, Paradigm):
            return replace(value, paths=turned(value.paths), citation=turned(value.citation))
        return tuple(map(turned, value)) if isinstance(value, tuple) else value

    return Grammar(**{field.name: turned(getattr(grammar, field.name)) for field in fields(grammar)})
