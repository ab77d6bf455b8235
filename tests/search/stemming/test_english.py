from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import fold
from search.stemming import english

PARADIGMS = [
    "child children", "woman women", "library libraries", "wolf wolves", "leaf leaves", "life lives", "box boxes",
    "city cities", "analysis analyses", "potato potatoes", "class classes", "painting paintings",
    "write writes written writing wrote", "organise organize organised organizing", "colour colours color colors",
    "centre centres center centers", "catalogue catalogues catalog catalogs", "traveller travellers traveler",
    "travelling traveling", "archaeology archeology", "encyclopaedia encyclopedia", "theatre theaters",
]  # fmt: skip
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=60)


def finds(typed, titled):
    return english.stem(titled) in english.stems(typed)


@pytest.mark.parametrize("forms", PARADIGMS)
def test_every_form_finds_every_form(forms):
    pairs = product(forms.split(), repeat=2)
    assert [(typed, titled) for typed, titled in pairs if not finds(typed, titled)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("university", "universe"),
        ("organ", "organization"),
        ("news", "new"),
        ("hour", "hor"),
        ("glass", "glas"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert english.stem(one) != english.stem(other)


def test_words_that_no_dictionary_knows():
    assert english.stem("zorblaxes") in english.stems("zorblaxes")
    assert english.stem("chekhovs") in english.stems("chekhov")
    assert english.stem("chekhov") in english.stems("chekhovs")


@pytest.mark.parametrize("word", ["of", "книга", "x2", "1984"])
def test_what_is_no_english_word_is_folded_only(word):
    assert english.stem(word) == fold(word)
    assert english.stems(word) == (fold(word),)


@given(WORDS)
def test_stems_begin_with_the_one_that_is_indexed(word):
    assert english.stems(word)[0] == english.stem(word) == fold(english.stem(word)) != ""
    assert all(english.stems(word))
