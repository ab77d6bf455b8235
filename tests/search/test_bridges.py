"""Words meet their spellings in other scripts, alphabets and romanisations, and not much else."""

import gzip
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import forms, query_forms, words
from search.bridges import document_keys, lettered, query_keys, skeleton
from search.folding import exact, fold
from search.readings import readings
from search.stemming import STEMMERS
from tests.conftest import missing

# Each line: spellings of one word, every one of which finds every other.
SPELLINGS = [
    # Azerbaijani: Latin, Cyrillic, plain letters, the alphabet of 1929
    "Qarabağ qarabag Гарабағ",
    "Şəki Шәки seki",
    "gözəl ҝөзәл gozel",
    "ağac ағаҹ agac",
    "çiçək чичәк cicek",
    "Cavad Ҹавад cavad",
    "yaxşı јахшы yaxsi",
    "həyat һәјат heyat",
    "işıqlandırılmışdır ишыгландырылмышдыр isiqlandirilmisdir",
    "Azərbaycan Азәрбајҹан Azerbaycan Azərʙajçan",
    # Names of the south as Russian and English have them
    "Qarabağ Карабах",
    "Qarabağ Karabakh",
    "Карабах Garabagh",
    "Əliyev Алиев Aliyev Әлијев",
    "Gəncəvi Гянджеви Ҝәнҹәви",
    "Gencevi Гянджеви",
    "Ganjavi Gəncəvi",
    "Məmmədov Мамедов",
    "Mammadov Мамедов",
    "Heydər Гейдар Heydar",
    "Xəmsə Хамсе",
    "Şuşa Шуша Shusha",
    "Әуезов Ауэзов Auezov Äuezov Áýezov",
    "Қазақстан Казахстан Kazakhstan Qazaqstan",
    "Құнанбайұлы Кунанбаев Qunanbaiuly Kunanbaiuly Kunanbaev",
    "Тоқаев Токаев Tokayev Toqaev",
    "Тошкент Ташкент Toshkent Tashkent",
    "Oʻzbekiston Ўзбекистон Узбекистан Uzbekistan",
    "Бухоро Бухара Buxoro Bukhara",
    # Kazakh: Cyrillic, 2021, 2019, 2018, 2017, BGN, ALA-LC, plain letters
    "шаңырақ şañyraq shańyraq shangyraq shan͡gyraq",
    "өлең öleñ óleń oleng ȯlen͡g",
    "өлең олен olen",
    "ұлттық ūlttyq ulttyq",
    "жазушы jazuşy jazýshy zhazushy",
    "әдебиет ädebiet ádebıet ădebiet adebiet",
    "уақыт uaqyt ýaqyt waqyt y'aqyt",
    "ғылым ğylym ǵylym g'ylym ghylym gylym",
    # Uzbek: Latin with any apostrophe, Cyrillic, BGN, ALA-LC
    "oʻzbek ўзбек o'zbek ozbek ŭzbek",
    "oʻzbek ўзбек ŭzbek узбек uzbek",
    "gʻazal ғазал g'azal gazal ghazal",
    "qoʻshiq қўшиқ qoshiq qŭshiq",
    "Abdulla Абдулла",
    "hikoya ҳикоя ḣikoya",
    "choʻl чўл chol",
    # Georgian: Mkhedruli, Mtavruli, national, ALA-LC, ISO 9984, Russian, as typed
    "ვეფხისტყაოსანი ᲕᲔᲤᲮᲘᲡᲢᲧᲐᲝᲡᲐᲜᲘ vepkhistqaosani vepkhistʼqʼaosani vepʻxistqaosani Вепхисткаосани",
    "ვეფხისტყაოსანი vefxistyaosani",
    "ჭავჭავაძე Chavchavadze Tchavtchavadze Чавчавадзе čavčavaże",
    "ჭავჭავაძე čavčavaje",
    "წერეთელი Tsereteli Церетели ceretʻeli",
    "წყალი tsqali cqali",
    "წყალი wyali",
    "ჯავახიშვილი Javakhishvili Джавахишвили javaxišvili",
    "ღამე ghame ġame game",
    "ჟამი zhami žami jami",
    "ფიზიკა fizika физика",
    "ფიზიკა pizika",
    # Russian: BGN, ALA-LC, ISO 9, GOST, passport, neighbours, chat
    "Чайковский Tchaikovsky Čajkovskij Chaykovskiy Chaĭkovskiĭ Çaykovski",
    "Достоевский Dostoevsky Dostoyevskiy Dostoevskij Dostoevskiĭ",
    "Хрущёв Khrushchev Hruščëv",
    "тысяча tysi͡acha tysi︠a︡cha tysyacha tysâča tysjača tysiacha",
    "Юрий Yuriy Iurii I͡uriĭ Jurij",
    "Юрий Ûrij",
    "Щедрин Shchedrin Ščedrin Ŝedrin",
    "объезд obʺezd ob'ezd obyezd",
    "объявление ob\"yavleniye ob”javlenie",
    "Цветаева Tsvetaeva Cvetaeva Tsvetayeva",
    "Соловьёв Solovyov Solovʹëv Solov'ev Soloviev",
    "Россия Rossiya Rossija Rossiia Rossii͡a",
    "сходить skhodit' shoditʹ",
    "Александров Aleksandrov Alexandrov",
    "Пушкин Pushkin Puşkin Puškin",
    "XIX ХІХ xix",
]  # fmt: skip


def finds(typed: str, written: str, language: str = "") -> bool:
    """Whether a typed word finds a written one in any form."""
    exact_forms, folded, stems, keys = query_forms(typed)
    form = forms(written, language)
    return (
        form.exact in exact_forms or form.folded in folded or form.stem in stems or bool(keys & {*form.keys})
    )


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_every_spelling_finds_every_other(spellings):
    found = spellings.split()
    misses = [f"{typed} → {written}" for typed in found for written in found if not finds(typed, written)]
    latin = "abcdefghijklmnopqrstuvwxyz"
    assert not [pair for pair in misses if not all(fold(word)[0] in latin for word in pair.split(" → "))]
    assert len(misses) <= len(found)  # two Latin spellings may miss each other


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("kitaptarymyzdan", "кітап", "kaz"),
        ("kitap", "кітаптарымыздан", "kaz"),
        ("knigami", "книга", "rus"),
        ("kniga", "книгами", "rus"),
        ("китабларымыз", "kitab", "aze"),
        ("shvilebma", "შვილი", "geo"),
        ("kitoblarimizdan", "китоб", "uzb"),
        ("Карабахе", "Qarabağ", "aze"),
        ("Карабах", "Qarabağın", "aze"),
    ],
)
def test_inflected_words_meet_across_scripts(typed, written, language):
    if language not in STEMMERS:
        missing(f"no stemmer for {language}")
    assert finds(typed, written, language)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("kitab", "qatar"),
        ("war", "peace"),
        ("наш", "нас"),  # narrow in its own script
        ("шум", "сум"),
        ("час", "жас"),
        ("цена", "жена"),
        ("гора", "кора"),
        ("бас", "баш"),
        ("ряд", "рад"),
        ("қас", "қаш"),
        ("ქარი", "კარი"),
        ("წერა", "ცერა"),
        ("шар", "сар"),
        ("gül", "kül"),
        ("at", "ət"),
        ("ship", "sip"),
        ("chat", "cat"),
        ("old", "gold"),  # no mark of a script is taken for a letter
        ("ink", "link"),
        ("XXI", "XII"),
        ("1988", "198"),
        ("1998", "1988"),
    ],
)
def test_different_words_do_not_meet(typed, written):
    assert not finds(typed, written)
    assert not finds(written, typed)


@pytest.mark.parametrize(
    ("typed", "written"),
    [("4aikovskiy", "Чайковский"), ("6kola", "школа"), ("do4ka", "дочка"), ("cexov", "Чехов")],
)
def test_what_is_typed_only(typed, written):
    assert finds(typed, written)


def test_the_stem_keeps_the_letters_of_its_word():
    assert lettered("qarabağın", "qarabag") == "qarabağ"
    assert lettered("oʻzbeklar", "ozbek") == "oʻzbek"
    assert lettered("кітабы", "китап") == "кітап"
    assert lettered("went", "go") == "go"
    assert lettered("straße", "strasse") == "straße"


def test_readings_are_for_latin_words_long_enough_to_have_endings():
    assert readings("kitaptarymyzdan")["kaz"] == "китаптарымыздан"
    assert readings("knigami")["rus"] == "книгами"
    assert readings("mtebistvis")["geo"].endswith("ებისთვის")
    assert readings("ada") == readings("книга") == readings("1988") == {}


def test_keys_tell_their_script_apart_from_stems():
    assert document_keys("китап", "китап") == ("Ckitap",)
    assert document_keys("kitap", "kitap") == ("Lkitap",)
    assert document_keys("წიგნი", "წიგნ") == ("Gcigni", "Gcign")
    assert document_keys("1988", "1988") == ("=1988",) == tuple(query_keys("1988"))
    assert document_keys("東", "東") == ("=東",)


ANY_WORD = st.text(min_size=1, max_size=30) | st.text(
    alphabet="aəğqxhоoʻўšžčjyiьъшщжәқғњ'", min_size=1, max_size=12
)


@given(ANY_WORD, st.sampled_from(["", "aze", "kaz", "uzb", "rus"]))
def test_every_word_has_a_key(text, language):
    for word in words(text):
        written = exact(word)
        assert all(document_keys(written, fold(written), language))
        assert all(query_keys(written, [fold(written)[:3]]))


@given(ANY_WORD, st.sampled_from("LCG"))
def test_skeletons_are_plain(text, script):
    assert not any(character.isspace() for word in words(text) for character in skeleton(exact(word), script))


# --- Real pairs -----------------------------------------------------------------------------------------------

LANGUAGE_OF = {"az": "aze", "kk": "kaz", "ka": "kat", "uz": "uzb", "ru": "rus", "tr": "tur", "geo": "kat"}


def pairs_of(shared, language):
    """Source and romanisation, as published with interscript and CLDR; systems from Arabic script are left out."""
    folder = shared / "data/translit"
    if not folder.is_dir():
        missing("transliteration pairs are not there")
    with gzip.open(folder / "interscript_test_pairs.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    for system, code, script, _, source, expected in (row for row in rows if len(row) == 6):
        if LANGUAGE_OF.get(code, code) == language and script != "Arab":
            yield system, source.replace("\\n", " "), expected.replace("\\n", " ")
    with gzip.open(folder / "cldr_transform_test_pairs.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    for system, source, expected in (row for row in rows if len(row) == 3):
        if LANGUAGE_OF.get(system[:2]) == language:
            yield system, source, expected


def all_found(typed: str, written: str) -> bool:
    texts = [*dict.fromkeys(words(written))]
    return all(any(finds(word, other) for other in texts) for word in dict.fromkeys(words(typed)))


@pytest.mark.parametrize("language", ["aze", "kaz", "kat", "uzb", "rus"])
def test_transliterations_meet(shared, language):
    pairs = list(pairs_of(shared, language))
    misses = [(a, b) for _, a, b in pairs if not (all_found(a, b) and all_found(b, a))]
    assert len(misses) <= 0.02 * len(pairs), misses


@pytest.mark.parametrize("language", ["aze", "kaz", "kat", "uzb", "rus"])
def test_transliterations_meet_in_plain_letters(shared, language):
    pairs = list(pairs_of(shared, language))
    plain = [
        (a, " ".join(map(fold, words(b)))) for _, a, b in pairs if not any("\u0400" < c < "\u0530" for c in b)
    ]
    misses = [(a, b) for a, b in plain if not (all_found(a, b) and all_found(b, a))]
    assert len(misses) <= 0.03 * len(plain), misses  # ISO 9 loses whole letters with its marks: âma


@pytest.mark.parametrize("language", ["az", "kk", "ka", "uz"])
def test_few_unlike_words_share_a_key(shared, language):
    path = shared / f"data/lang/{language}/unilex_frequency_{language}.tsv.gz"
    if not path.exists():
        missing("frequency lists are not there")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        listed = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    found = [exact(word) for word in listed if word.isalpha()][::3]
    words_of = defaultdict(set)
    for word in found:
        for key in document_keys(word, fold(word)):
            words_of[key].add(fold(word))
    assert sum(map(len, words_of.values())) / len(words_of) < 1.03
    met = [
        len({other for key in query_keys(word) for other in words_of[key]} | {fold(word)})
        for word in found[::5]
    ]
    assert sum(met) / len(met) < 1.06
