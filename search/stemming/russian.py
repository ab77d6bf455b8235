"""Russian words without their inflection, by rule.

A document's word loses the longest ending that a noun or adjective may have, and the vowel that comes and goes before
the last consonant (отец, отца; сестра, сестёр). What looks like an ending may belong to the stem (альбом, музей): so
a query takes off every ending that might be one, and asks for all the stems that this leaves. No dictionary is
needed: names (Чехов, Чехова, Чеховым) and new words are treated like any other.

All rules are written in folded letters (ё is е, й is и, ъ is ь), so that words typed without these are stemmed alike.
Compare A. A. Zaliznyak, Grammatical Dictionary of Russian, for the classes of declension and conjugation.
"""

import re
from collections.abc import Iterator

from search.folding import fold

CONSONANTS = "бвгджзклмнпрстфхцчшщ"
VOWELS = "аеиоуыэюя"
SHORTEST_STEM = 2
LONGEST_STEMMED = 40

# --- Endings ----------------------------------------------------------------------------------------


def _listed(endings: str) -> tuple[str, ...]:
    return tuple(sorted(endings.split(), key=len, reverse=True))


_NOUN = "а я о е и ы у ю ь ам ям ами ями ах ях ом ем ои еи ою ею ью "
_ADJECTIVE = "ыи ая яя ое ее ые его ого ему ому ую юю ым им ыми ими ых их "
_RARE = "ии ие ов ев емя ьми "  # more often part of a name or stem: only a query always takes them off
_AFTER_I = "я е и ю ев ем еи ею ям ями ях"  # линия, здание, гений keep their и
_PRESENT = "|".join(_listed("ешь ет ем ете ут ют"))
_PAST = "|".join(_listed("л ла ло ли в вши"))

_OF_ADJECTIVES = frozenset(_listed(_ADJECTIVE + "ии ие ои еи ом ем"))
_ANY_ENDING = _listed(_NOUN + _ADJECTIVE + _RARE)
_ENDING = re.compile(
    rf"(?<=[кхжшщч])ии$|(?<=[кгхжшщч])ие$|(?<=[{CONSONANTS}ь]н)и[ие]$"  # русский, другие, последний
    rf"|(?<=ь)ев$|(?<=и)(?:{'|'.join(_listed(_AFTER_I))})$"
    rf"|(?:{'|'.join(_listed(_NOUN + _ADJECTIVE))})$"
)
# Not any -сь: рукопись and Беларусь are no verbs.
_REFLEXIVE = re.compile(
    r"(?<=[влтмь])ся$|(?<=л[аои])сь$|(?<=[юя])сь$|(?<=[еи]те)сь$|(?<=[ыоиея][имх])ся$|(?<=[ая]я)ся$"
)
# A verb whose stem ends in a vowel keeps it, so that it meets no noun: читать, читает, читают. Short words in -ть
# are more often nouns (мать, нить).
_VERB = re.compile(rf"(?<=..[аяеиуыо])ть$|(?<=[аяеу])(?:{_PRESENT})$")
_PAST_ENDING = re.compile(rf"(?<=[аяеиуыо])(?:{_PAST})$")
_FIRST_PERSON = re.compile(r"(?<=[аяеу])ю$")
_SECOND_CONJUGATION = re.compile(r"(?:ишь|ит|им|ите|ят|ат)$")

# --- Vowels that come and go ----------------------------------------------------------------------------

_FALLING = re.compile(
    rf"(?<=[{CONSONANTS}])(?:[еь](?=[бвгклмнрстц]$)|о(?=[вклт]$))|(?<=[гкх])о(?=[нр]$)"  # but not вагон, автор
)
_LOST_VOWEL = re.compile(rf"[{CONSONANTS}ьи][бвгклмнрстц]$")
_AFTER_VOWEL = re.compile(rf"(?<=[{VOWELS}])е(?=[кц]$)")  # кореец, корейца


def stem(word: str) -> str:
    """The stem under which a Russian word is indexed; other words come back folded."""
    word = fold(word)
    if not _is_russian(word):
        return word
    word = _shortened(word, _REFLEXIVE)
    verb = _shortened(word, _VERB)
    if verb != word:
        return verb
    base = _shortened(word, _ENDING)
    is_too_short = len(base) == SHORTEST_STEM < len(word) - 1 and base[0] in VOWELS  # атом is no form of ат
    return word if is_too_short else _settled(base)


def stems(word: str) -> tuple[str, ...]:
    """Every stem that a typed Russian word may have been indexed under, the likeliest first."""
    word = fold(word)
    if not _is_russian(word):
        return (word,)
    found = dict.fromkeys((stem(word),))
    word = _shortened(word, _REFLEXIVE)
    for base in _bases(word):
        found |= dict.fromkeys((*_respelt(base), stem(base)))
        found |= dict.fromkeys(
            _settled(other) for same in {base, _settled(base)} for other in _suppletive(same)
        )
    return tuple(found | dict.fromkeys(_verbs(word)))


def dictionary_forms(word: str) -> tuple[str, ...]:
    """What dictionaries may list the word under, folded, the likeliest first."""
    word = fold(word)
    if not _is_russian(word):
        return (word,)
    forms: dict[str, None] = {}
    for base in sorted(_bases(word), key=len):
        if base[-1] in VOWELS:
            forms |= dict.fromkeys(base + ending for ending in ("", "и", "я", "е"))
            continue
        endings: tuple[str, ...] = ("", "а", "о", "ь", "я", "е")
        if word[len(base) :] in _OF_ADJECTIVES:
            endings += ("ыи", "ии", "ои")
        forms |= dict.fromkeys(base + ending for ending in endings)
        if _LOST_VOWEL.search(base):
            bare = base[:-1].removesuffix("ь")
            forms |= dict.fromkeys(bare + vowel + base[-1] for vowel in "оеи")
        if base == word and _settled(base) != base:
            forms |= dict.fromkeys(_settled(base) + ending for ending in "аоя")  # сестёр, окон
    return tuple(forms)


def _is_russian(word: str) -> bool:
    return SHORTEST_STEM < len(word) <= LONGEST_STEMMED and "а" <= word[0] <= "я"


def _shortened(word: str, ending: re.Pattern[str]) -> str:
    match = ending.search(word)
    return word[: match.start()] if match and match.start() >= SHORTEST_STEM else word


def _settled(base: str) -> str:
    """The stem as it stands before endings: молоток becomes молотк, пальц and палец палц; one vowel stays."""
    shorter = _AFTER_VOWEL.sub("и", _FALLING.sub("", base))
    return shorter if any(c in VOWELS for c in shorter) else base


def _bases(word: str) -> Iterator[str]:
    """The word without each ending that it may have, and as it is."""
    yield word
    for ending in _ANY_ENDING:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            yield word[: -len(ending)]


def _respelt(base: str) -> Iterator[str]:
    """Stems of the same word in other cases: статей and статья, книг and столов, день and дня."""
    yield _settled(base)
    yield _FALLING.sub("", base)
    if base[-1] in CONSONANTS:
        yield base + "ь"
        for same in (base, _settled(base), _FALLING.sub("ь", base)):
            yield from (_settled(same + ending) for ending in ("ов", "ев"))
    elif base[-1] == "ь":
        yield _settled(base[:-1])
    elif base[-1] in "аео":
        yield base + "ев"
    if base[-1] == "т":
        yield stem(base + "ь")  # ртуть, which looks like a verb
    if base[-1] == "н":
        yield base + "и"  # синий, which looks like линий
    if base[-1] == "м":
        yield stem(base[:-1].removesuffix("ь") + "ем")  # писем
    if not any(c in VOWELS for c in base):
        bare = base.replace("ь", "")
        yield from (bare[:-1] + vowel + bare[-1:] for vowel in "ое")
    elif len(base) == 3:
        yield _FALLING.sub("ь", base)  # лев, льва


# (end of a stem, what it may be instead): имя, имени; котёнок, котята; гражданин, граждане.
_SUPPLETIONS = (
    ("ен", ""), ("мя", "мен"), ("енк", "ат"), ("енк", "ят"), ("онк", "ат"), ("ат", "онк"), ("ят", "енк"),
    ("ин", ""), ("ан", "анин"), ("ян", "янин"), ("яр", "ярин"), ("ар", "арин"), ("ес", ""),
    ("друг", "друзь"), ("друз", "друг"), ("друзь", "друг"), ("сын", "сыновь"), ("сыновь", "сын"),
    ("мат", "матер"), ("матр", "мат"), ("доч", "дочер"), ("дочр", "доч"), ("человк", "люд"), ("люд", "человек"),
)  # fmt: skip


def _suppletive(base: str) -> Iterator[str]:
    for end, other in _SUPPLETIONS:
        if base.endswith(end) and len(base) - len(end) + len(other) >= SHORTEST_STEM:
            yield base.removesuffix(end) + other


def _verbs(word: str) -> Iterator[str]:
    """Stems of the other forms of a verb."""
    for pattern in (_VERB, _PAST_ENDING, _FIRST_PERSON):
        base = _shortened(word, pattern)
        if base == word:
            continue
        yield from (base, _settled(base + "л"))
        if base.endswith(("ова", "ева")):
            yield base[:-3] + "у"
        elif base.endswith("у"):
            yield from (base[:-1] + "ова", base[:-1] + "овал")
        elif base[-1] in "иеа":
            yield from _second_conjugation(base[:-1])
    base = _shortened(word, _SECOND_CONJUGATION)
    if base != word:
        yield from _second_conjugation(base)


def _second_conjugation(base: str) -> Iterator[str]:
    yield from (_settled(base + ending) for ending in ("и", "е", "ит", "ат", "ят", "ил", "ел", ""))
