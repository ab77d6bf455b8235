from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import stemming
from search.folding import exact, fold
from search.stemming import uzbek
from tests.search.stemming.floors import recall_of_nouns

PARADIGMS = [
    "kitob kitobga kitobim kitobi kitoblarimizdan kitobdagi kitobingizni",
    "bola bolasi bolaga bolani bolalarning bolamiz bolalarimizga",
    "yurak yuragi yuragim yurakka yuraklar yuragimizda",
    "qishloq qishlogʻi qishloqqa qishloqlarda qishlogʻimizning",
    "oʻrtoq oʻrtogʻim oʻrtoqlari oʻrtogʻingiz",
    "oʻgʻil oʻgʻli oʻgʻlim oʻgʻillar oʻgʻlining",
    "shahar shahri shahrida shaharlar shahrimizning shahardagi",
    "burun burni burnimda burunlar",
    "bogʻ bogʻi bogʻda bogʻlarimiz bogʻining",
    "oʻqituvchi oʻqituvchiga oʻqituvchilar oʻqituvchilarimiz oʻqituvchining",
    "sanʼat sanʼatga sanʼatning sanʼatlar",
    "doʻstlik doʻstligi doʻstlikka doʻstligimiz",
    "dunyo dunyosi dunyoda dunyoning",
    "BMT BMTning BMTga BMTdagi",
    "yozmoq yozdi yozgan yozadi yozyapti yozgandi",
    "oʻqimoq oʻqidi oʻqigan oʻqiydi oʻqimagan",
]
CYRILLIC = [
    "китоб китобга китоби китобларимиздан китобдаги",
    "юрак юраги юракка юракларимиз",
    "қишлоқ қишлоғи қишлоққа қишлоқларда",
    "ўғил ўғли ўғиллар ўғлининг",
    "шаҳар шаҳри шаҳрида шаҳарлардан",
    "дунё дунёси дунёда",
    "ўқитувчи ўқитувчилар ўқитувчига",
    "сарой саройи саройимизда",
    "ёзмоқ ёзди ёзган ёзади",
]
LETTERS = "abdefghijklmnopqrstuvxyzʻабвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ"
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=40).filter(fold)


def finds(typed, titled):
    return uzbek.stem(exact(titled)) in uzbek.stems(exact(typed))


@pytest.mark.parametrize("forms", PARADIGMS + CYRILLIC)
def test_every_form_finds_the_dictionary_form(forms):
    first, *others = forms.split()
    assert [form for form in others if not finds(form, first)] == []


@pytest.mark.parametrize("forms", PARADIGMS + CYRILLIC)
def test_forms_without_apostrophes_and_on_a_russian_keyboard(forms):
    first, *others = forms.split()
    assert [form for form in others if not finds(fold(exact(form)), first)] == []


@pytest.mark.parametrize("apostrophe", "'`’‘ʻʼ")
def test_any_apostrophe_will_do(apostrophe):
    assert finds(f"o{apostrophe}g{apostrophe}illarimiz", "oʻgʻil")


@pytest.mark.parametrize("forms", PARADIGMS[:14] + CYRILLIC[:8])
def test_inflected_titles_are_found_too(forms):
    pairs = list(product(forms.split(), repeat=2))
    missed = [(typed, titled) for typed, titled in pairs if not finds(typed, titled)]
    assert len(missed) <= len(pairs) / 4, missed


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("bilim", "bilim"),
        ("tabib", "tabib"),
        ("ishchi", "ishchi"),
        ("tuzsiz", "tuzsiz"),
        ("oʻzbekcha", "ozbekcha"),
        ("muallim", "muallim"),
        ("dushman", "dushman"),
        ("bozor", "bozor"),
        ("barmoq", "barmoq"),
        ("билим", "билим"),
        ("бармоқ", "бармок"),
    ],
)
def test_a_word_that_merely_ends_like_a_suffix_stays(word, stem):
    assert uzbek.stem(word) == stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ish", "ishchi"),
        ("doʻst", "doʻstlik"),
        ("tuz", "tuzsiz"),
        ("til", "tilak"),
        ("sanʼat", "san"),
        ("kitob", "kitobxon"),
        ("yoz", "yozmoq"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert uzbek.stem(exact(one)) != uzbek.stem(exact(other))


def test_an_apostrophe_inside_a_word_is_no_end_of_the_stem():
    assert stemming.stem(exact("sanʼatga"), "uzb") == "sanat"
    assert "sanat" in stemming.stems(exact("sanʼatimning"))
    assert "sanat" in stemming.dictionary_forms(exact("sanʼatimning"))


@pytest.mark.parametrize(
    ("typed", "form"), [("shahrimizda", "shahar"), ("yozdi", "yozmoq"), ("ўғлим", "ўғил")]
)
def test_dictionary_forms_are_whole_words(typed, form):
    assert fold(form) in uzbek.dictionary_forms(typed)


@settings(deadline=None)
@given(WORDS)
def test_stems_begin_with_the_one_that_is_indexed(word):
    found = uzbek.stems(word)
    assert found[0] == uzbek.stem(word) != ""
    assert all(stem and stem == fold(stem) for stem in found)
    assert len(found) <= 12


@settings(deadline=None)
@given(WORDS)
def test_apostrophes_do_not_count_in_a_query(word):
    assert uzbek.stem(word.replace("ʻ", "")) in uzbek.stems(word.replace("ʻ", ""))


def test_nouns_of_the_word_lists(shared):
    assert recall_of_nouns(shared, "uz", uzbek) >= 0.96
