"""Folding, forms and keys of words in seven languages, and what holds for any text at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import exact, fold, forms, keys, query_forms, tokens, word_spans, words
from search.folding import LETTER_CATEGORIES


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Əli və Nino", "eli ve nino"),
        ("ĞIŞÇÖÜİı", "giscouii"),
        ("Қазақстан", "казакстан"),
        ("өлең үй ұлт һәм әке іні", "олен уи улт хам аке ини"),
        ("Ёлка Йод", "елка иод"),
        ("Ўзбек ғазал ҳаёт", "узбек газал хает"),
        ("Oʻzbek o'zbek o‘zbek o`zbek oʼzbek o’zbek", "ozbek ozbek ozbek ozbek ozbek ozbek"),
        ("ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"),
        ("Ⴇⴁⴈⴊⴈⴑⴈ", "თბილისი"),
        ("tysi͡acha tysi︠a︡cha", "tysiacha tysiacha"),
        ("é e\u0301", "e e"),
        ("ﬁn Straße", "fin strasse"),
        ("１９８４ ١٩٨٤", "1984 1984"),
        ("Ҝәнҹә", "ганча"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("«Leyli və Məcnun»: poema!", ["Leyli", "və", "Məcnun", "poema"]),
        ("Marks-Engels — seçilmiş", ["Marks", "Engels", "seçilmiş"]),
        ("don't Türkiye'de ‘dog’", ["don't", "Türkiye'de", "dog"]),
        ("bogʻ toʻ 'qo'", ["bogʻ", "toʻ", "qo"]),
        ("sö\u00adz q\u200bara", ["söz", "qara"]),
        ("821.512'162", ["821", "512'162"]),
        ("東京 tokyo", ["東", "京", "tokyo"]),
        ("!!! 🙂 — …", []),
        ("a_b", ["a", "b"]),
    ],
)
def test_words(text, found):
    assert list(words(text)) == found


def test_capital_i_depends_on_the_language():
    assert exact("IŞIQ", "aze") == "ışıq"
    assert exact("IŞIQ", "tur") == "ışıq"
    assert exact("INDEX", "eng") == "index"
    assert exact("İstanbul", "eng") == exact("İstanbul", "tur") == "istanbul"
    assert query_forms("IŞIQ")[0] == {"ışıq", "işiq"}


MEETING = [
    ("qarabag", "Qarabağ"),
    ("Карабах", "Qarabağ"),
    ("Гарабағ", "Qarabağ"),
    ("Karabakh", "Qarabağ"),
    ("vepkhistqaosani", "ვეფხისტყაოსანი"),
    ("Вепхисткаосани", "ვეფხისტყაოსანი"),
    ("Церетели", "წერეთელი"),
    ("Tsereteli", "წერეთელი"),
    ("Auezov", "Әуезов"),
    ("Äuezov", "Әуезов"),
    ("Ауэзов", "Әуезов"),
    ("Qazaqstan", "Қазақстан"),
    ("Shoqan", "Шоқан"),
    ("öleñ", "өлең"),
    ("ўзбек", "oʻzbek"),
    ("uzbek", "oʻzbek"),
    ("ozbek", "oʻzbek"),
    ("ғазал", "gʻazal"),
    ("Aliyev", "Əliyev"),
    ("Алиев", "Əliyev"),
    ("Eliyev", "Əliyev"),
    ("Puşkin", "Пушкин"),
    ("Dostoyevsky", "Достоевский"),
    ("Dostoevskii", "Достоевский"),
    ("Tolstoy", "Толстой"),
    ("Çexov", "Чехов"),
    ("Chekhov", "Чехов"),
    ("tysi͡acha", "тысяча"),
]


@pytest.mark.parametrize(("typed", "written"), MEETING)
def test_spellings_meet_across_scripts(typed, written):
    assert query_forms(typed)[3] & set(forms(written).keys)
    assert query_forms(written)[3] & set(forms(typed).keys)


def test_different_words_do_not_meet():
    assert not query_forms("kitab")[3] & set(forms("qatar").keys)
    assert not query_forms("war")[3] & set(forms("peace").keys)


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("книги", "книга", "rus"),
        ("libraries", "library", "eng"),
        ("kitaplar", "kitap", "tur"),
        ("Türkiye", "Türkiye'de", "tur"),
    ],
)
def test_inflected_words_meet(typed, written, language):
    assert forms(written, language).stem in query_forms(typed)[2]


@given(st.text())
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1))
def test_folding_never_loses_a_word_with_letters(text):
    if any(unicodedata.category(c) in LETTER_CATEGORIES for c in text):
        assert fold(text).strip()


@given(st.text(), st.sampled_from(["", "aze", "tur", "rus", "kaz", "uzb", "geo", "eng", "xx"]))
def test_every_word_has_every_form_without_spaces(text, language):
    for form in tokens(text, language):
        for token in (form.exact, form.folded, form.stem, *form.keys):
            assert token
            assert not any(c.isspace() for c in token)


@given(st.text(alphabet=st.sampled_from("abcəğışöüқғңөұүһіәЁЙўоʻ'ვეფDIİი"), min_size=1, max_size=12))
def test_words_equal_in_one_form_are_equal_in_the_next(word):
    for found in words(word):
        form = forms(found)
        typed = query_forms(found)
        assert form.exact in typed[0] and form.folded in typed[1] and form.stem in typed[2]
        assert set(form.keys) & typed[3]
        ascii_typed = query_forms(form.folded)
        assert set(form.keys) & ascii_typed[3], (
            "a word typed without its own letters is found by its key as well"
        )
        assert set(keys(form.folded, form.folded)) & set(form.keys)


@given(st.text())
def test_spans_are_of_words(text):
    for start, stop in word_spans(text):
        assert text[start:stop].strip() == text[start:stop] != ""
