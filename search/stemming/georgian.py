"""Georgian nouns and adjectives without their endings, by rule.

A Georgian word is stem + plural + case + postposition + particle: სახლ-ებ-ის-თვის-აც. Stems end in a consonant, or
in a vowel that some cases swallow (მთა, მთის); in many the last vowel falls out when an ending follows (წყალი,
წყლის). A stem here has lost all of that. No dictionary is needed, so names and new words are stemmed like any other,
and so are words typed in Latin letters once these are read as Georgian ones.

Compare H. I. Aronson, Georgian: A Reading Grammar, on declension, syncope and postpositions.
"""

import re
from collections.abc import Iterator

from search.folding import fold

VOWELS = "აეიოუ"
SWALLOWED = "აე"  # stem vowels that genitive, instrumental and plural swallow
PLURAL = "ებ"
SHORTEST_STEM = 2
LONGEST_STEMMED = 40

# What stands behind a genitive, with its linking ა.
_BEHIND_GENITIVE = "ა?(?:თვის|კენ|გან|ებრ|დმი)"
# The genitive and its like swallow the vowel of the stem, if there is one: that it is gone does not show.
_SWALLOWING = (f"ის{_BEHIND_GENITIVE}", "ისას", "ისა?", "ითურთ", "ითა?", "იდან", "ივით")
_AFTER_CONSONANT = (
    f"თა{_BEHIND_GENITIVE}", "ამდე", "ამდის", "ში", "ზე", "თან", "მა", "იმ", "ადა?", "სა?", "თა", "ნი", "ი",
)  # fmt: skip
_AFTER_VOWEL = (
    f"ს{_BEHIND_GENITIVE}", f"თა{_BEHIND_GENITIVE}", "დან", "თი", "მდე", "მდის", "სავით", "სთან", "ში", "ზე", "მ",
    "სა?", "დ", "თა",
)  # fmt: skip
_ENDING = re.compile(
    rf"(?:{'|'.join(_SWALLOWING)}|(?<=[^{VOWELS}])(?:{'|'.join(_AFTER_CONSONANT)})"
    rf"|(?<=[აეოუ])(?:{'|'.join(_AFTER_VOWEL)}))$"
)
# Endings of old and solemn style, which more often belong to the stem (კინო, დივანი): a query tries them too.
_RARE_ENDINGS = tuple(
    re.compile(ending + "$") for ending in (rf"(?<=[^{VOWELS}])ო", "ნო", rf"(?<=[{VOWELS}])(?:ნი|ვ)", "თ")
)
_PARTICLE = re.compile(rf"(?:(?<=ს)აც|(?<=ით)აც|(?<=ად)აც|(?<=[{VOWELS}])ც|(?<=[{VOWELS}])ვე)$")
FALLING = "აეო"  # vowels that may fall out before the last letter
_FALLING = re.compile(rf"(?<=[^{VOWELS}])[{FALLING}](?=[ლრნმვ]$)")
_LOST_VOWEL = re.compile(rf"[^{VOWELS}][ლრნმვდ]$")
_FALLEN = re.compile(r"ვ(?=[ლრნმზ]$)")


def stem(word: str) -> str:
    """The stem under which a Georgian word is indexed; other words come back folded."""
    word = fold(word)
    return _without_falling_vowel(_base(_without_particle(word))) if _is_georgian(word) else word


def stems(word: str) -> tuple[str, ...]:
    """Every stem that a typed Georgian word may have been indexed under, the likeliest first."""
    word = fold(word)
    if not _is_georgian(word):
        return (word,)
    found = dict.fromkeys((stem(word),))
    word = _reread(word)
    for base, is_shortened in dict.fromkeys(_bases(_without_particle(word))):
        found |= dict.fromkeys(_respelt(base))
        if is_shortened:
            found |= dict.fromkeys(_vowels_restored(base))
        # Titles hold the word as dictionaries do, and what looks like an ending there was taken off (ფორმა, თამაში).
        found |= dict.fromkeys(stem(base + vowel) for vowel in "იაეო")
    return tuple(found)


def dictionary_forms(word: str) -> tuple[str, ...]:
    """What dictionaries may list the word under, folded, the likeliest first."""
    word = fold(word)
    if not _is_georgian(word):
        return (word,)
    word = _reread(word)
    forms: dict[str, None] = {}
    for base, is_shortened in dict.fromkeys(_bases(_without_particle(word))):
        stem_and_others = [base, *(_vowels_restored(base) if is_shortened else ())]
        forms |= dict.fromkeys(other + vowel for other in stem_and_others for vowel in "იაე")
        if base[-1] in VOWELS:
            forms[base] = None
    return tuple(forms)


def _is_georgian(word: str) -> bool:
    return SHORTEST_STEM < len(word) <= LONGEST_STEMMED and "ა" <= word[0] <= "ჰ"


def _reread(word: str) -> str:
    """A word read from Latin letters with its last ts put right: students is სტუდენტს, as no word ends in -ნც."""
    return word[:-1] + "ტს" if word[-1] == "ც" and word[-2] not in VOWELS else word


def _without_particle(word: str) -> str:
    return _shortened(word, _PARTICLE)


def _base(word: str) -> str:
    """The word without ending, plural and swallowed vowel."""
    return _without_vowel(_without_plural(_shortened(word, _ENDING)))


def _without_plural(word: str) -> str:
    """One ებ less: of two, the first belongs to the stem (განცხადებ-ებ-ი)."""
    return word.removesuffix(PLURAL) if len(word) >= SHORTEST_STEM + len(PLURAL) else word


def _without_vowel(word: str) -> str:
    return word[:-1] if word[-1] in SWALLOWED and len(word) > SHORTEST_STEM else word


def _shortened(word: str, ending: re.Pattern[str], shortest: int = SHORTEST_STEM) -> str:
    match = ending.search(word)
    return word[: match.start()] if match and match.start() >= shortest else word


def _bases(word: str) -> Iterator[tuple[str, bool]]:
    """Stems by every reading: with the likely ending off, with none, with a rare one, with or without plural.

    Each with whether what was taken off makes the vowel before it fall out, as nominative and dative do not.
    """
    readings = [_shortened(word, _ENDING, 1), word.removesuffix("ი")]
    readings += [shorter for ending in _RARE_ENDINGS if (shorter := _shortened(word, ending)) != word]
    for reading in readings:
        shortening = word[len(reading) :].startswith(("ის", "ით", "ად", "იდ", "ამ"))
        for base in (reading, _without_plural(reading)):
            yield _without_vowel(base), shortening or base != reading
            if base.endswith("ე"):  # no swallowed vowel, but one that stands before it: იდე-ა
                yield base, False


def _without_falling_vowel(base: str) -> str:
    """The stem as it stands before endings: მეგობარ becomes მეგობრ. Short ones stay: სახელი is no სახლი."""
    shorter = _FALLING.sub("", base)
    return shorter if sum(c in VOWELS for c in shorter) > 1 else base


def _respelt(base: str) -> Iterator[str]:
    """A stem with another vowel before its last letter, or none: მინდორ and მინდვრ, წყალ and წყლ."""
    yield _without_falling_vowel(base)
    yield _FALLING.sub("", base)
    yield _FALLING.sub("ვ", base)
    yield _FALLEN.sub("", base)
    if "ვ" in base[-2:-1]:
        yield base[:-2] + "ო" + base[-1]


def _vowels_restored(base: str) -> Iterator[str]:
    """What a stem may have been before a vowel fell out: წყლ is წყალ."""
    if _LOST_VOWEL.search(base):
        yield from (base[:-1] + vowel + base[-1] for vowel in FALLING)
