from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.folding import exact, fold
from search.stemming import kazakh
from tests.search.stemming.floors import recall_of_nouns

PARADIGMS = [
    "кітап кітапқа кітабы кітабында кітаптар кітаптары кітаптарымыздан кітабыңыз",
    "бала баласы балаға баланың балалардың балалары балаларымызға баладағы",
    "қала қаланы қалада қаладан қалалардың қаламыз қаласында",
    "өлең өлеңдер өлеңге өлеңдерінің өлеңмен",
    "жүрек жүрегі жүрегіне жүректер жүрегім жүректен",
    "тарақ тарағы тарағын тарақтың тарақпен",
    "мектеп мектебі мектептің мектептерде мектебіміз",
    "ауыз аузы аузында ауыздан",
    "ерін ерні ерніне еріндер",
    "халық халқы халқының халықтар халыққа",
    "жазушы жазушының жазушылар жазушыларға жазушымен",
    "әңгіме әңгімесі әңгімелерін әңгімеге",
    "министрлік министрлігі министрлігінің министрліктер",
    "рейтинг рейтингі рейтингтен рейтингтің",
    "академия академиясы академияға академияларының",
    "Байсеев Байсеевтің Байсеевке Байсеевпен",
    "Түркістан Түркістанға Түркістанның Түркістандағы",
    "жазу жазды жазған жазады жазғандар жазбайды",
    "оқу оқыды оқыған оқымайды",
    "шығу шықты шыққан шығады",
]
LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
WORDS = st.text(alphabet=LETTERS, min_size=1, max_size=40)


def finds(typed, titled):
    return kazakh.stem(exact(titled)) in kazakh.stems(exact(typed))


@pytest.mark.parametrize("forms", PARADIGMS)
def test_every_form_finds_the_dictionary_form(forms):
    first, *others = forms.split()
    assert [form for form in others if not finds(form, first)] == []


@pytest.mark.parametrize("forms", PARADIGMS)
def test_forms_typed_on_a_russian_keyboard(forms):
    first, *others = forms.split()
    assert [form for form in others if not finds(fold(exact(form)), first)] == []


@pytest.mark.parametrize("forms", PARADIGMS[:17])
def test_inflected_titles_are_found_too(forms):
    pairs = list(product(forms.split(), repeat=2))
    missed = [(typed, titled) for typed, titled in pairs if not finds(typed, titled)]
    assert len(missed) <= len(pairs) / 8, missed


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("қалам", "калам"),
        ("білім", "билим"),
        ("жаңалық", "жаналык"),
        ("суретші", "суретши"),
        ("тұзсыз", "тузсыз"),
        ("қазақстан", "казакстан"),
        ("мұғалім", "мугалим"),
        ("мойын", "моиын"),
        ("базар", "базар"),
        ("қайратты", "каират"),
    ],
)
def test_a_word_that_merely_ends_like_a_suffix_stays(word, stem):
    assert kazakh.stem(word) == stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("бас", "бастау"),
        ("балық", "балықшы"),
        ("дос", "достық"),
        ("ұят", "ұятсыз"),
        ("қалам", "қала"),
        ("ой", "ойын"),
        ("жаз", "жазу"),
        ("тіс", "тіл"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert kazakh.stem(one) != kazakh.stem(other)


def test_latin_letters_in_cyrillic_words_do_not_count():
    assert kazakh.stem(exact("бaлaлap")) == "бала"
    assert "китап" in kazakh.stems(exact("кiтaптap"))


@pytest.mark.parametrize(("typed", "form"), [("аузында", "ауыз"), ("жазды", "жазу"), ("моделі", "модель")])
def test_dictionary_forms_are_whole_words(typed, form):
    assert fold(form) in kazakh.dictionary_forms(typed)


@pytest.mark.parametrize("word", ["kitap", "kitaptar", "წიგნი", "1984", "a"])
def test_what_is_not_cyrillic_is_folded_only(word):
    assert kazakh.stem(word) == fold(word)
    assert kazakh.stems(word) == (fold(word),)


@settings(deadline=None)
@given(WORDS)
def test_stems_begin_with_the_one_that_is_indexed(word):
    found = kazakh.stems(word)
    assert found[0] == kazakh.stem(word) != ""
    assert all(stem and stem == fold(stem) for stem in found)
    assert len(found) <= 12


@settings(deadline=None)
@given(WORDS)
def test_a_stem_is_not_longer_than_the_word_by_more_than_a_letter(word):
    assert len(kazakh.stem(word)) <= len(word) + 1


def test_nouns_of_the_word_lists(shared):
    assert recall_of_nouns(shared, "kk", kazakh) >= 0.98
