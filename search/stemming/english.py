"""English words in their dictionary form, by the dictionary of simplemma (MIT licence), in one spelling for all.

Inflection only: "university" and "universe" are two words. Words that the dictionary lacks stay as they are, since
many are names (Williams, Adams); a query tries them without their endings too. British spelling becomes American
(colour, centre, organise, archaeology).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from simplemma.strategies import DictionaryLookupStrategy

from search.folding import fold

SHORTEST_STEM = 2
LONGEST_STEMMED = 40
KEPT_LEMMAS = 2000

# (ending, what may have stood in its place)
_ENDINGS = (
    ("ies", ("y", "ie")), ("ves", ("f", "fe", "ve")), ("es", ("", "e", "is")), ("s", ("",)),
    ("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e")),
)  # fmt: skip
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=[a-z]{2})is(?=e$|er$|ation$|ing$)", "iz"),
        (r"(?<=[aeiouy])lys(?=e$|er$)", "lyz"),
        (r"(?<=[a-z]{3})our(?=$|ful$|able$|ed$|ite$|hood$)", "or"),
        (r"(?<=[a-z]{2}[bcst])re$", "er"),
        (r"(?<=[a-z]{2}og)ue$", ""),
        (r"(?<=ch)ae(?=o)|(?<=cycl[oi]p)ae|(?<=^p)ae(?=d)|(?<=di)ae(?=v)|(?<=^h)ae(?=m)|(?<=^a)e(?=sth)", "e"),
        (r"(?<=[aeiouy]l)l(?=er$|ing$|ed$)|(?<=[aeiouy][a-z][aeiouy]l)l$", ""),
    )
)  # fmt: skip

_dictionary = DictionaryLookupStrategy()


def stem(word: str) -> str:
    """The dictionary form of an English word, folded and in American spelling."""
    word = fold(word)
    return _respelt(_lemma(word) or word) if _is_english(word) else word


def stems(word: str) -> tuple[str, ...]:
    """Every dictionary form that a typed English word may have: leaves is leaf and leave."""
    word = fold(word)
    if not _is_english(word):
        return (word,)
    known = _lemma(word)
    lemma = known or word
    found = dict.fromkeys(map(_respelt, (lemma, word, _lemma(lemma) or lemma)))
    for form in _forms(lemma):
        if _lemma(form):
            found[stem(form)] = None
    for base in _bases(word):
        found |= dict.fromkeys((_respelt(base), stem(base)))
    if known is None and not word.endswith("s"):
        found[word + "s"] = None  # a plural that the dictionary lacks
    return tuple(found)


def _is_english(word: str) -> bool:
    return SHORTEST_STEM < len(word) <= LONGEST_STEMMED and word.isascii() and word.isalpha()


@lru_cache(KEPT_LEMMAS)
def _lemma(word: str) -> str | None:
    lemma = _dictionary.get_lemma(word, "en")
    return fold(lemma) if lemma else None


def _bases(word: str) -> Iterator[str]:
    """The word without each ending that it may have; where it is not known what it was, the known ones only."""
    for ending, originals in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM and not word.endswith("ss"):
            bases = [word.removesuffix(ending) + original for original in originals]
            yield from [base for base in bases if _lemma(base)]
            if ending == "s":
                yield bases[0]


def _forms(lemma: str) -> Iterator[str]:
    """Forms that the dictionary may hold as words of their own: the writing, the leaves."""
    yield lemma.removesuffix("e") + "ing"
    if lemma.endswith(("f", "fe")):
        yield lemma.removesuffix("e").removesuffix("f") + "ves"


def _respelt(word: str) -> str:
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    return word
