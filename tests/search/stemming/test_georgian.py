from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import fold
from search.stemming import georgian
from tests.search.stemming.floors import recall_of_nouns

PARADIGMS = [
    "წიგნი წიგნს წიგნის წიგნმა წიგნით წიგნად წიგნში წიგნზე წიგნთან წიგნიდან წიგნისთვის წიგნამდე წიგნები"
    " წიგნებს წიგნების წიგნებში წიგნებისთვის წიგნიც წიგნებსაც",
    "ისტორია ისტორიის ისტორიას ისტორიამ ისტორიით ისტორიაში ისტორიიდან ისტორიები ისტორიების",
    "მთა მთის მთას მთაში მთიდან მთები მთებისკენ",
    "ბიბლიოთეკა ბიბლიოთეკის ბიბლიოთეკაში ბიბლიოთეკები ბიბლიოთეკებს",
    "მწერალი მწერლის მწერალს მწერლები მწერლებმა მწერალმა",
    "მეგობარი მეგობრის მეგობრებთან",
    "წყალი წყლის წყალს წყლები",
    "ფოთოლი ფოთლის ფოთლები",
    "ფანჯარა ფანჯრის ფანჯრები ფანჯარაში",
    "მინდორი მინდვრის მინდორში",
    "გაზეთი გაზეთის გაზეთები გაზეთებიდან",
    "საზოგადოება საზოგადოების საზოგადოებას საზოგადოებები",
    "კინო კინოს კინოში",
    "მეცნიერი მეცნიერთა მეცნიერებმა",
    "ფორმა ფორმის ფორმები",
    "თამაში თამაშის თამაშები",
    "ენა ენის ენაზე ენები",
    "ხე ხეს ხეზე ხეები",
    "რუსთაველი რუსთაველის რუსთაველს რუსთაველმა",
    "ჭავჭავაძე ჭავჭავაძის ჭავჭავაძეს ჭავჭავაძემ",
    "თბილისი თბილისის თბილისში თბილისიდან თბილისამდე",
    "საქართველო საქართველოს საქართველოში საქართველოდან",
]
WORDS = st.text(alphabet="აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", min_size=1, max_size=60)


def finds(typed, titled):
    return georgian.stem(titled) in georgian.stems(typed)


@pytest.mark.parametrize("forms", PARADIGMS)
def test_every_form_finds_every_form(forms):
    pairs = product(forms.split(), repeat=2)
    assert [(typed, titled) for typed, titled in pairs if not finds(typed, titled)] == []


@pytest.mark.parametrize("typed", ["მეგობარო", "მეგობარნი", "მეგობართათვის", "მეგობრისაც"])
def test_rare_forms_find_the_dictionary_form(typed):
    assert finds(typed, "მეგობარი")


@pytest.mark.parametrize(
    ("one", "other"),
    [("წიგნი", "წინა"), ("მთა", "მთელი"), ("კინო", "კინტო"), ("სახლი", "სახელი"), ("ქალი", "ქალაქი")],
)
def test_different_words_stay_apart(one, other):
    assert georgian.stem(one) != georgian.stem(other)


@pytest.mark.parametrize("word", ["და", "kitab", "книга", "2024", "ა"])
def test_what_is_no_georgian_word_is_folded_only(word):
    assert georgian.stem(word) == fold(word)
    assert georgian.stems(word) == (fold(word),)


@given(WORDS)
def test_stems_begin_with_the_one_that_is_indexed(word):
    assert georgian.stems(word)[0] == georgian.stem(word) == fold(georgian.stem(word)) != ""
    assert all(georgian.stems(word))


@given(WORDS)
def test_capitals_and_church_letters_do_not_count(word):
    assert georgian.stem(word.upper()) == georgian.stem(word)


def test_nouns_of_the_word_lists(shared):
    assert recall_of_nouns(shared, "ka", georgian) >= 0.97
