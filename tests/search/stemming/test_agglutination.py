"""The shared machinery, on a small language of its own and on what all languages must keep to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import fold
from search.stemming import azerbaijani, turkish
from search.stemming.agglutination import MOST_STEMS, Grammar, Paradigm, SuffixStemmer, in_other_letters

SMALL = Grammar(
    vowels=("aı", "ei"),
    harmony={"A": "ae", "I": "ıi"},
    finals=("", "pt", ""),
    assimilation={"D": "dtd"},
    paradigms=(
        Paradigm(paths=(("- lAr", "- (I)m", "- DA (y)I"),)),
        Paradigm(paths=(("DI", "- lAr"),), citation="mAk", rank=1),
    ),
    softening={"ğ": "k"},
    fleeting="I",
    fleeting_between="ğz",
    irregular={"san": "sen"},
    doubtful="(y)I",
    unlikely="t-l",
    tried="(y)I",
)
small = SuffixStemmer(SMALL)

LATIN = st.text(alphabet="abcçdeəfgğhxıijkqlmnoöprsştuüvyzʻ'", min_size=1, max_size=30)
ANY = st.text(min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("tasalar", "tasa"),  # a capital letter in harmony
        ("keselerde", "kese"),
        ("kesap", "kesap"),
        ("kesapta", "kesap"),  # and assimilated
        ("kesapım", "kesap"),  # a vowel after consonants only
        ("tasam", "tasam"),  # too little for two syllables
        ("tasalarım", "tasa"),
        ("keselar", "keselar"),  # against harmony
        ("basağımda", "basak"),  # softened
        ("ağzımda", "agiz"),  # a lost vowel
        ("sanımda", "sen"),  # a stem with a way of its own
        ("tasayı", "tasayi"),  # doubtful
        ("taplar", "tap"),
        ("tatlar", "tatlar"),  # unlikely
        ("tapp", "tap"),  # one of two like consonants
        ("keseltiler", "keselti"),  # a noun sooner than a verb
        ("kesaptı", "kesapmak"),  # a verb in its dictionary form
        ("ler", "ler"),
        ("", ""),
    ],
)
def test_what_is_surely_an_ending_is_taken_off(word, stem):
    assert small.stem(word) == stem


def test_a_typed_word_has_all_its_readings_with_the_likeliest_first():
    assert small.stems("tasalarım")[:2] == ("tasa", "tasalar")
    assert {"basak", "basag"} <= {*small.stems("basagimda")}
    assert "tasa" in small.stems("tasaler")  # harmony is not insisted on
    assert "tasayi" in small.stems("tasa")  # what `stem` would leave on


def test_dictionary_forms_are_no_forms_with_endings_added():
    assert small.dictionary_forms("tasa") == ("tasa",)
    assert "tasa" in small.dictionary_forms("tasayı")


def test_both_readings_of_a_verb_whose_letters_are_missing():
    assert {"kesitmek", "kesitmak"} & {*small.stems("kesitti")}


def test_a_grammar_in_other_letters():
    turned = SuffixStemmer(
        in_other_letters(SMALL, dict(zip("aeıiğkldmprstyz", "аеыиғкдлмпрстйз", strict=True)))
    )
    assert turned.stem("тасадар") == "таса"


@pytest.mark.parametrize("language", [azerbaijani, turkish], ids=["az", "tr"])
@given(word=st.one_of(LATIN, ANY))
def test_every_word_has_a_folded_stem(language, word):
    stem = language.stem(word)
    stems = language.stems(word)
    if fold(word):
        assert stem
        assert stems[0] == stem
    assert fold(stem) == stem
    assert all(fold(other) == other for other in stems)
    assert len(stems) <= MOST_STEMS


@pytest.mark.parametrize("language", [azerbaijani, turkish], ids=["az", "tr"])
@given(word=LATIN)
def test_a_word_without_its_letters_has_readings_too(language, word):
    assert fold(word) in language.dictionary_forms(word) or not fold(word)
    assert language.stem(fold(word)) in language.stems(fold(word)) or not fold(word)
