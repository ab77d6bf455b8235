"""Letters evened out: examples in seven languages, and what holds for any text at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import query_forms
from search.folding import LETTER_CATEGORIES, exact, fold, lower, one_script
from tests.conftest import missing

EXAMPLES = [
    ("Əli və Nino", "eli ve nino"),
    ("ĞIŞÇÖÜİı", "giscouii"),
    ("Қазақстан", "казакстан"),
    ("өлең үй ұлт һәм әке іні", "олен уи улт хам аке ини"),
    ("Ёлка Йод объём", "елка иод обьем"),
    ("Ўзбек ғазал ҳаёт қўшиқ", "узбек газал хает кушик"),
    ("Oʻzbek o'zbek o‘zbek o`zbek oʼzbek o’zbek o´zbek ozbek", " ".join(["ozbek"] * 8)),
    ("gʻoʻza g'o'za go‘za", "goza goza goza"),
    ("ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"),  # Mtavruli
    ("Ⴇⴁⴈⴊⴈⴑⴈ ႧႡႨႪႨႱႨ", "თბილისი თბილისი"),  # Asomtavruli and Nuskhuri
    ("ჱ ჲ ჳ ჴ ჵ", "ე ი ვ ხ ო"),
    ("tysi͡acha tysi︠a︡cha", "tysiacha tysiacha"),
    ("é e\u0301 ū̆ č̕ ä", "e e u c a"),
    ("ﬁn Straße Æsop ĳ", "fin strasse aesop ij"),
    ("１９８４ ١٩٨٤ ۱۹۸۴ Ⅻ ²", "1984 1984 1984 xii 2"),
    ("Ҝәнҹә Һүсејн", "ганча хусеин"),
    ("Міръ Ѳеодоръ ѣсть", "мирь феодорь есть"),
    ("Їжак Єва Ґудзик", "ижак ева гудзик"),
    ("Қырғыз җер ҡурай ҫин", "кыргыз жер кураи син"),
    ("Azərʙajçan ƣəzət ɵlkə", "azerbajcan gezet olke"),  # the alphabet of 1929
]


@pytest.mark.parametrize(("text", "folded"), EXAMPLES)
def test_fold(text, folded):
    assert fold(text) == folded


LOOKALIKES = [
    ("Жужa", "Жужа"),  # Latin a
    ("Hовый", "Новый"),  # Latin H
    ("OН", "ОН"),
    ("қaзақ", "қазақ"),
    ("бiр тiл", "бір тіл"),
    ("әлем", "әлем"),
    ("kitаb", "kitab"),  # Cyrillic а
    ("Vаrlıq", "Varlıq"),
    ("əlifbа", "əlifba"),
    ("qьz", "qız"),  # the alphabet of 1929
    ("iPhoneлар", "iPhoneлар"),
    ("Windows и мир", "Windows и мир"),
]


@pytest.mark.parametrize(("typed", "meant"), LOOKALIKES)
def test_lookalikes_of_another_script(typed, meant):
    assert one_script(typed) == meant
    assert fold(typed) == fold(meant)
    assert exact(typed) == exact(meant)


def test_capital_i_depends_on_the_language():
    assert exact("IŞIQ", "aze") == "ışıq"
    assert exact("IŞIQ", "tur") == "ışıq"
    assert exact("INDEX", "eng") == "index"
    assert exact("İstanbul", "eng") == exact("İstanbul", "tur") == "istanbul"
    assert query_forms("IŞIQ")[0] == {"ışıq", "işiq"}


@pytest.mark.parametrize(
    ("typed", "evened"),
    [
        ("o’zbek", "oʻzbek"),
        ("Gʼafur", "gʻafur"),
        ("sö\u00adz", "söz"),
        ("٣", "3"),
        ("vy·uditʹ", "vyuditʻ"),
        ("e\u0301", "é"),
    ],
)
def test_exact_evens_out_what_is_no_letter(typed, evened):
    assert exact(typed) == evened


@given(st.text())
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


MIXED = st.text(
    alphabet=st.characters(min_codepoint=0x41, max_codepoint=0x52F) | st.sampled_from("ƏəІіЈјҺһʻ’̆͡"),
    max_size=20,
)


@given(MIXED)
def test_folding_of_mixed_scripts_is_idempotent(text):
    assert fold(fold(text)) == fold(text)
    assert one_script(one_script(text)) == one_script(text)


@given(st.text() | MIXED)
def test_folding_follows_the_exact_form(text):
    assert fold(lower(text)) == fold(text)


@given(st.text(min_size=1) | MIXED)
def test_folding_never_loses_a_word_with_letters(text):
    if any(unicodedata.category(c) in LETTER_CATEGORIES for c in text):
        assert fold(text).strip()


@given(st.text())
def test_folding_keeps_the_words_apart(text):
    assert len(fold(text).split()) <= len(text.split())


@pytest.mark.parametrize("language", ["az", "kk", "ka", "uz", "tr", "ky", "tk", "kaa"])
def test_folded_words_have_no_letters_that_keyboards_lack(shared, language):
    import gzip

    path = shared / f"data/lang/{language}/unilex_frequency_{language}.tsv.gz"
    if not path.exists():
        missing("frequency lists are not there")
    plain = set("abcdefghijklmnopqrstuvwxyz0123456789абвгдежзиклмнопрстуфхцчшщыьэюя") | set(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
    )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = {
            c for line in lines for c in fold(line.split("\t")[0]) if not line.startswith("#") and c.isalpha()
        }
    assert len(found - plain) < 40  # what is left is of other scripts
    assert not {c for c in found - plain if "\u00c0" <= c <= "\u052f" and not "\u0370" <= c <= "\u03ff"}
