"""Words of a text and their forms, and what holds for any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import letters
from search.analysis import forms, query_forms, text_forms, title_key, tokens, word_spans, words


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
        ("vy·uditʹ col·lecció a · b", ["vy·uditʹ", "col·lecció", "a", "b"]),
        ("v`idumat` ch``ert", ["v`idumat", "ch``ert"]),
        ('Pod"ezd, Pod”jačevo', ['Pod"ezd', "Pod”jačevo"]),
        ('Журнал"Нева", roman"Leyli"', ["Журнал", "Нева", "roman", "Leyli"]),
        ("‹Dədə› „Qorqud“ ‚kitabı‘", ["Dədə", "Qorqud", "kitabı"]),
        ("hard‐hyphen non‑breaking en–dash", ["hard", "hyphen", "non", "breaking", "en", "dash"]),
        ("«Ўткан кунлар»—роман", ["Ўткан", "кунлар", "роман"]),
    ],
)
def test_words(text, found):
    assert list(words(text)) == found


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


@given(st.text(), st.sampled_from(["", "aze", "tur", "rus", "kaz", "uzb", "geo", "eng", "xx"]))
def test_every_word_has_every_form_without_spaces(text, language):
    for form in tokens(text, language):
        for token in (form.exact, form.folded, form.stem, *form.keys):
            assert token
            assert not any(c.isspace() for c in token)


WORDS = st.text(alphabet=st.sampled_from("abcəğışöüқғңөұүһіәЁЙўоʻ'ვეფDIİiшчžč1"), min_size=1, max_size=12)
LANGUAGES = st.sampled_from(["", "aze", "kaz", "uzb", "tur", "rus", "geo", "eng"])


@given(WORDS, LANGUAGES)
def test_a_word_finds_itself_as_it_is_and_in_plain_letters(word, language):
    for found in words(word):
        form = forms(found, language)
        typed = query_forms(found)
        assert form.exact in typed[0] or language in letters.DOTLESS_I_LANGUAGES
        assert form.folded in typed[1] and form.stem in typed[2]
        assert query_forms(form.folded)[1] & {form.folded}


@given(WORDS, LANGUAGES)
def test_what_a_query_marks_is_what_it_finds(word, language):
    for found in words(word):
        form = forms(found, language)
        assert {form.exact, form.folded, form.stem, *form.keys} <= text_forms(found, language)


@given(st.text(max_size=40))
def test_a_typed_word_has_few_keys(text):
    for word in words(text):
        assert 1 <= len(query_forms(word)[3]) <= 120
        assert 1 <= len(forms(word).keys) <= 6


@given(st.text())
def test_spans_are_of_words(text):
    for start, stop in word_spans(text):
        assert text[start:stop].strip() == text[start:stop] != ""


def test_titles_are_the_same_across_scripts():
    same = [
        "Nizami Gəncəvi: Xəmsə",
        "Низами Гянджеви: Хамсе",
        "Nizami Gencevi. Xemse",
        "Низами Ҝәнҹәви: Хәмсә",
    ]
    assert len({title_key(tokens(title)) for title in same}) == 1
    assert title_key(tokens("Nizami")) != title_key(tokens("Füzuli"))
