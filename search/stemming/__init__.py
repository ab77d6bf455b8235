"""Stems: a word without its inflection, language by language.

A document's word has one stem, that of the record's language; a typed word has several, one or more for each language
that it may be of. What meets is found: so a query may guess widely and a document need not.
"""

from collections.abc import Iterator
from typing import Protocol

from search.folding import LONGEST_WORD, fold
from search.stemming import azerbaijani, english, georgian, kazakh, russian, turkish, uzbek


class Stemmer(Protocol):
    """One language. Words come in their exact form (`search.folding.exact`), stems go out folded."""

    def stem(self, word: str) -> str:
        """The stem under which a word of this language is indexed."""

    def stems(self, word: str) -> tuple[str, ...]:
        """Every plausible stem of a typed word, the likeliest first; letters of the language may be missing."""


STEMMERS: dict[str, Stemmer] = {
    "aze": azerbaijani,
    "kaz": kazakh,
    "uzb": uzbek,
    "tur": turkish,
    "rus": russian,
    "eng": english,
    "geo": georgian,
    "kat": georgian,
}

LANGUAGES = tuple(code for code in STEMMERS if code != "kat")  # each stemmer once
# Letters that no word of the language has: one of them tells that a typed word is of another.
FOREIGN_LETTERS = {
    "aze": frozenset("wñңўҳқ"),
    "kaz": frozenset("ўҳҷҹҝј"),
    "uzb": frozenset("wəäıüщыәіңөұүһҝҹј"),
    "tur": frozenset("əqwx"),
    "rus": frozenset("әғқңөұүһіўҳҷҹҝј"),
    "eng": frozenset("əığşç"),
}
# Languages in which an apostrophe stands inside words and not before endings: Uzbek sanʼat.
APOSTROPHE_INSIDE = frozenset({"uzb"})


def stem(exact_form: str, language: str) -> str:
    """The folded stem of a word of this language (ISO 639-2/B); the folded word where no stemmer is known."""
    word = _word_for(language, exact_form)
    stemmer = STEMMERS.get(language)
    return (stemmer.stem(word) if stemmer else fold(word))[:LONGEST_WORD]


def stems(exact_form: str) -> frozenset[str]:
    """Every stem that a typed word may have in any language."""
    found = {fold(_without_ending_after_apostrophe(exact_form))}
    letters = set(exact_form)
    for code in LANGUAGES:
        stemmer, word = STEMMERS[code], _word_for(code, exact_form)
        if letters.isdisjoint(FOREIGN_LETTERS.get(code, ())):
            found.update(stemmer.stems(word))
        else:
            found.add(stemmer.stem(word))  # under which a text of that language has the word as it stands
    return frozenset(stem[:LONGEST_WORD] for stem in found if stem)


def dictionary_forms(exact_form: str, language: str = "") -> tuple[str, ...]:
    """What dictionaries of this language, or of any, may list a typed word under: folded, the likeliest first.

    A title that is just this word is what the reader of an inflected word most likely means.
    """
    of_languages = (
        getattr(STEMMERS[code], "dictionary_forms", STEMMERS[code].stems)(_word_for(code, exact_form))
        for code in ((language,) if language in STEMMERS else _languages_of(exact_form))
    )
    return tuple(dict.fromkeys(form[:LONGEST_WORD] for forms in of_languages for form in forms if form))


def _languages_of(word: str) -> Iterator[str]:
    """The languages that a typed word may be of, as far as its letters tell."""
    letters = set(word)
    return (code for code in LANGUAGES if letters.isdisjoint(FOREIGN_LETTERS.get(code, ())))


def _word_for(language: str, exact_form: str) -> str:
    """The word as the stemmer of this language takes it."""
    return exact_form if language in APOSTROPHE_INSIDE else _without_ending_after_apostrophe(exact_form)


def _without_ending_after_apostrophe(word: str) -> str:
    before, apostrophe, _ = word.partition("ʻ")
    if apostrophe and len(before) > 2 and before[-1] not in "og":  # Türkiyeʻde, but not oʻgʻil
        return before
    return word
