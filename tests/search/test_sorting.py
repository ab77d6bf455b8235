"""Alphabetical order by the alphabets of the seven languages."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.letters import ALPHABETS
from search.sorting import LONGEST_KEY, sort_key

ORDERED = {
    "az": ["1984", "can", "çay", "ev", "əl", "hava", "Xəzər", "ıldırım", "iş", "Qala", "William", "Zaman", "Абай"],
    "tr": ["can", "çay", "ırmak", "ispanak", "oda", "öğle", "su", "şarkı", "zaman"],
    "uz": ["bola", "soat", "zar", "oʻlka", "gʻazal", "shahar", "choy"],
    "kk": ["ата", "әке", "бала", "гүл", "Ғани", "кітап", "құс", "ұл", "үй", "iPhone"],
    "ru": ["день", "ель", "Ёлка", "жук", "Zeta"],
    "ka": ["აბა", "გული", "ტაბა", "ჰავა", "Abc"],
    "en": ["a", "a b", "a-c", "ab", "été", "eve", "Zoo", "Ёж"],
}  # fmt: skip


@pytest.mark.parametrize("language", ORDERED)
def test_order(language):
    shuffled = random.Random(1).sample(ORDERED[language], len(ORDERED[language]))
    assert sorted(shuffled, key=lambda text: sort_key(text, language, language)) == ORDERED[language]


@pytest.mark.parametrize("language", ALPHABETS)
def test_each_alphabet_is_in_its_own_order(language):
    keys = [sort_key(letter, language, language) for letter in ALPHABETS[language].split()]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_punctuation_and_case_do_not_count():
    assert sort_key("«Quru» çay!", "az") == sort_key("quru ÇAY", "az")
    assert sort_key("o'lka", "uz", "uz") == sort_key("Oʻlka", "uzb", "uzb")
    assert sort_key("", "az") == sort_key("🙂", "az") == ""


@given(st.text(), st.sampled_from([*ALPHABETS, "aze", "", "xx"]))
def test_keys_sort_alike_everywhere(text, language):
    key = sort_key(text, language, language)
    assert len(key) <= LONGEST_KEY
    assert set(key) <= set(string.digits + string.ascii_lowercase)


def test_one_alphabet_for_a_list_in_many_languages(settings):
    settings.LANGUAGE_CODE = "az"
    titles = [
        ("Can", "aze"),
        ("Çay", "aze"),
        ("Hamlet", "eng"),
        ("Xəzər", "aze"),
        ("ISPARTA", "tur"),
        ("INDEX", "eng"),
    ]
    assert sorted(titles, key=lambda title: sort_key(*title)) == titles
