"""Forms of Azerbaijani and Uzbek nouns, made by the rules of their grammars.

The lists of forms for these two are short, so more are derived: number, possession and case in all combinations.
"""

from collections.abc import Callable, Iterable, Iterator

from benchmarks.words import Pair

VOWELS = {"az": "aeəiıoöuü", "uz": "aeiou"}
_HIGH = dict(zip("aıouəeiöü", "ııuuiiiüü", strict=True))
_LOW = dict(zip("aıouəeiöü", "aaaaəəəəə", strict=True))


def derived(words: Iterable[str], language: str) -> Iterator[Pair]:
    """Every derived form of these nouns."""
    make = {"az": azerbaijani, "uz": uzbek}[language]
    for word in words:
        if any(c in VOWELS[language] for c in word):
            yield from (Pair(word, form) for form in dict.fromkeys(make(word)) if form != word)


def likely_nouns(words: Iterable[str], language: str) -> list[str]:
    """Words of a frequency list that stand there in the plural, the locative and the genitive too."""
    known = {word for word in words if word.isalpha() and word.islower()}
    endings: dict[str, Callable[[str], tuple[str, ...]]] = {
        "az": lambda w: (w + "l" + _low(w) + "r", w + "d" + _low(w), _genitive(w)),
        "uz": lambda w: (w + "lar", w + "da", w + "ning"),
    }
    return [
        word
        for word in sorted(known)
        if len(word) > 3
        and not word.endswith(("lar", "lər"))
        and any(c in VOWELS[language] for c in word)
        and known.issuperset(endings[language](word))
    ]


# --- Azerbaijani ------------------------------------------------------------------------------------


def azerbaijani(noun: str) -> Iterator[str]:
    for base in (noun, noun + "l" + _low(noun) + "r"):
        yield base
        yield from _azerbaijani_cases(base)
        soft = _softened(base) if base == noun else base
        ends_in_vowel = base[-1] in VOWELS["az"]
        i = _high(base)
        link = "" if ends_in_vowel else i
        stem = base if ends_in_vowel else soft
        for possessed in (stem + link + "m", stem + link + "n", f"{stem}{link}m{i}z", f"{stem}{link}n{i}z"):
            yield possessed
            yield from _azerbaijani_cases(possessed)
        third = base + "s" + i if ends_in_vowel else soft + i
        yield third
        n = third + "n"
        yield from (n + i + "n", n + _low(third), n + i, n + "d" + _low(third), n + "d" + _low(third) + "n")


def _azerbaijani_cases(base: str) -> Iterator[str]:
    a, i, soft = _low(base), _high(base), _softened(base)
    if base[-1] in VOWELS["az"]:
        yield from (f"{base}n{i}n", f"{base}y{a}", f"{base}n{i}")
    else:
        yield from (f"{soft}{i}n", f"{soft}{a}", f"{soft}{i}")
    yield from (f"{base}d{a}", f"{base}d{a}n")


def _genitive(word: str) -> str:
    return list(_azerbaijani_cases(word))[0]


def _last_vowel(word: str) -> str:
    return next(c for c in reversed(word) if c in VOWELS["az"])


def _high(word: str) -> str:
    return _HIGH[_last_vowel(word)]


def _low(word: str) -> str:
    return _LOW[_last_vowel(word)]


def _softened(word: str) -> str:
    """The word as it stands before a vowel: uşaq, uşağı; çörək, çörəyi."""
    if sum(c in VOWELS["az"] for c in word) > 1 and word[-2:-1] in VOWELS["az"]:
        return word[:-1] + {"q": "ğ", "k": "y"}.get(word[-1], word[-1])
    return word


# --- Uzbek --------------------------------------------------------------------------------------------


def uzbek(noun: str) -> Iterator[str]:
    for base in (noun, noun + "lar"):
        yield base
        yield from _uzbek_cases(base)
        soft = _voiced(base)
        vowel = base[-1] in VOWELS["uz"] or base.endswith("oʻ")
        endings = ("m", "ng", "si", "miz", "ngiz") if vowel else ("im", "ing", "i", "imiz", "ingiz")
        for ending in endings:
            possessed = (base if vowel else soft) + ending
            yield possessed
            yield from _uzbek_cases(possessed)


def _uzbek_cases(base: str) -> Iterator[str]:
    dative = base + "ga"
    if base.endswith(("gʻ", "q")):
        dative = base.removesuffix("gʻ").removesuffix("q") + "qqa" if base.endswith("gʻ") else base + "qa"
    elif base.endswith(("k", "g")) and not base.endswith("ng"):
        dative = base[:-1] + "kka" if base.endswith("g") else base + "ka"
    yield from (base + "ning", base + "ni", dative, base + "da", base + "dan")


def _voiced(word: str) -> str:
    """The word as it stands before a vowel: yurak, yuragi; oʻrtoq, oʻrtogʻi."""
    if sum(c in VOWELS["uz"] for c in word) > 1 and word[-2:-1] in VOWELS["uz"]:
        return word[:-1] + {"q": "gʻ", "k": "g"}.get(word[-1], word[-1])
    return word
