"""Words that look alike: pure functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import parse
from search.spelling import (
    ALPHABETS,
    alphabet_of,
    corrections,
    is_likely,
    near_words,
    one_edit,
    within_two_edits,
)

pytestmark = pytest.mark.pure

WORDS = st.sampled_from([sorted(alphabet) for alphabet in ALPHABETS]).flatmap(
    lambda letters: st.text(st.sampled_from(letters), min_size=4, max_size=9)
)


@given(WORDS, st.data())
def test_what_one_edit_makes_another_undoes(word, data):
    edits = sorted(set(one_edit(word)))
    assert word not in edits or len(set(word)) < len(word)
    other = data.draw(st.sampled_from(edits))
    assert word in set(one_edit(other)) | {other}
    assert within_two_edits(word, other)


@given(WORDS, st.data())
def test_two_edits_are_recognised(word, data):
    one, other = sorted(data.draw(st.lists(st.integers(0, len(word) - 1), min_size=2, max_size=2)))
    letter = data.draw(st.sampled_from(sorted(alphabet_of(word))))
    without = word[:one] + word[one + 1 :]
    assert within_two_edits(word, word[:one] + letter + word[one:other] + letter + word[other:])
    assert within_two_edits(word, without[:other] + without[other + 1 :])
    assert within_two_edits(word, without[:other] + letter + without[other:])


@pytest.mark.parametrize(
    ("one", "other", "is_within"),
    [("kitab", "kitab", True), ("kitab", "katib", True), ("kitab", "kita", True), ("kitab", "dəftər", False),
     ("kitab", "kitablar", False), ("abcdef", "badcef", True)],
)  # fmt: skip
def test_within_two_edits(one, other, is_within):
    assert within_two_edits(one, other) is is_within


@pytest.mark.parametrize(
    ("typed", "meant", "likely"),
    [
        ("kitabb", "kitab", True),
        ("kitba", "kitab", True),
        ("kitav", "kitab", True),
        ("kitap", "kitab", True),
        ("kitaq", "kitab", False),
        ("kitabz", "kitab", False),
        ("кнега", "книга", True),
    ],
)
def test_likely_mistakes(typed, meant, likely):
    assert is_likely(typed, meant) is likely


@pytest.mark.parametrize(
    ("word", "script"),
    [("kitab", 0), ("книга", 1), ("წიგნი", 2), ("книrа", 1), ("tv001", None), ("漢字", None)],
)
def test_alphabet_of_a_word(word, script):
    assert alphabet_of(word) == (frozenset() if script is None else ALPHABETS[script])


def test_common_words_are_left_as_they_are():
    index = {"kitab": 50, "kitap": 3, "defter": 2}

    def known(words):
        return {word: index[word] for word in words if word in index}

    assert near_words(parse("kitab").tree, known, is_nothing_found=False) == {}
    assert near_words(parse("kitab").tree, known, is_nothing_found=True) == {"kitab": ("kitap",)}
    assert near_words(parse("deftr kitab").tree, known, is_nothing_found=False) == {"deftr": ("defter",)}


def test_corrections_replace_what_the_index_does_not_hold():
    near = {"deftr": ("defter", "defer"), "kitab": ("kitap",)}

    def known(words):
        return {word: 1 for word in words if word == "kitab"}

    assert corrections("Deftr kitab", near | {"Deftr": near["deftr"]}, known, str.upper)[0] == "DEFTER kitab"
