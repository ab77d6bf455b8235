"""The tables of names: typed with and without the language's letters, in small letters and capitals."""

import pytest

from search.analysis import fold
from search.query import And, Field, Not, Or, Value, Word, parse
from search.query.names import field_of, material_of, operator_of


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("title", "title başlıq sərlövhə атауы სათაური sarlavha başlık eser заглавие название"),
        ("author", "author müəllif muellif MÜƏLLİF автор ავტორი muallif yazar"),
        ("subject", "subject mövzu movzu тақырып такырып თემა mavzu konu тема предмет"),
        ("class", "class sinif təsnifat жіктеу კლასი sinf sınıf sinif класс удк ббк ddc"),
        ("year", "year il жыл წელი yil yıl год"),
        ("branch", "branch filial филиал ფილიალი şube sube филиал"),
        ("material", "kind növ nov түрі სახე tur tür вид"),
        ("language", "language dil тіл ენა til язык"),
        ("identifier", "isbn ISSN ISBN number şifr шифр შიფრი"),
    ],
)
def test_fields_have_names_in_every_language(field, names):
    assert {field_of(name) for name in names.split()} == {field}
    for name in names.split():
        assert parse(f"x {name}:yy").notice is None, name


def test_other_words_are_no_fields():
    assert field_of("colour") is None and field_of("") is None


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("book", "book books kitab кітап წიგნი kitob kitap книга"),
        ("map", "map xəritə xerite карта რუკა xarita harita"),
        ("manuscript", "manuscript əlyazma қолжазба ხელნაწერი qoʻlyozma qolyozma elyazması рукопись"),
        ("picture", "picture şəkil сурет სურათი rasm fotoğraf изображение"),
    ],
)
def test_kinds_have_names_in_every_language(code, names):
    assert {material_of(name) for name in names.split()} == {code}
    assert parse(f"növ:{names.split()[1]}").tree == Field("material", Value(code))


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        ("AND", "VƏ VE ЖӘНЕ ЖАНЕ VA И ᲓᲐ"),
        ("OR", "VEYA VƏYA YAXUD НЕМЕСЕ YOKI ИЛИ ᲐᲜ"),
        ("NOT", "DEYİL DEYIL ЕМЕС EMAS DEĞİL DEGIL НЕ ᲐᲠ"),
    ],
)
def test_operators_in_the_languages_of_the_interface(operator, words):
    trees = {
        "AND": And((Word("bir"), Word("iki"))),
        "OR": Or((Word("bir"), Word("iki"))),
        "NOT": And((Word("bir"), Not(Word("iki")))),
    }
    for word in words.split():
        assert operator_of(word) == operator
        assert parse(f"bir {word} iki").tree == trees[operator], word


@pytest.mark.parametrize("text", ["bir VƏ YA iki", "bir VE YA iki"])
def test_or_in_two_words(text):
    assert parse(text).tree == Or((Word("bir"), Word("iki")))


@pytest.mark.parametrize(
    "text",
    [
        "bir və iki", "война и мир", "ომი და მშვიდობა", "Иванов И", "И дольше века длится день",
        "ВОЙНА И МИР", "BİR VƏ İKİ", "va veya и или",
    ],
)  # fmt: skip
def test_in_small_letters_at_the_ends_and_all_in_capitals_they_are_words(text):
    parsed = parse(text)
    assert parsed.notice is None
    assert parsed.tree == And(tuple(map(Word, text.split())))


def test_and_without_is_read_as_one():
    assert parse("книга И НЕ роман").tree == And((Word("книга"), Not(Word("роман"))))


def test_names_are_compared_folded():
    assert fold("müəllif") == "muellif"
