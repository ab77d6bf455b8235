from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import exact, fold
from search.stemming import russian
from tests.search.stemming.floors import recall_of_nouns

PARADIGMS = [
    "Чехов Чехова Чехову Чеховым Чехове",
    "Достоевский Достоевского Достоевскому Достоевским",
    "Ахматова Ахматовой Ахматову",
    "Мария Марии Марией Марию",
    "книга книги книгу книг книгами книгах",
    "молоток молотка молотки молотков",
    "сестра сестёр сёстрами",
    "отец отца отцов",
    "день дня дней днями",
    "палец пальца пальцев",
    "письмо письма писем",
    "имя имени имена имён",
    "друг друга друзья",
    "котёнок котёнка котята котят",
    "гражданин гражданина граждане граждан",
    "статья статьи статей статьями",
    "музей музея музеев музеями",
    "история истории историй историями",
    "здание здания зданий зданиям",
    "русский русского русских русская русские",
    "последний последнего последняя последние",
    "новый нового новая новые",
    "рукопись рукописи рукописей рукописью",
    "Беларусь Беларуси Беларусью",
    "любовь любви любовью",
    "альбом альбома альбомы альбомов",
    "печать печати печатью",
    "лев льва львом львов",
    "кореец корейца корейцев",
    "читать читает читают читал читала",
    "говорить говорит говорят говорил",
    "учиться учится учился",
]
WORDS = st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=60)


def finds(typed, titled):
    return russian.stem(exact(titled)) in russian.stems(exact(typed))


@pytest.mark.parametrize("forms", PARADIGMS)
def test_every_form_finds_every_form(forms):
    pairs = product(forms.split(), repeat=2)
    assert [(typed, titled) for typed, titled in pairs if not finds(typed, titled)] == []


@pytest.mark.parametrize(
    ("typed", "titled"), [("сестер", "сестра"), ("музеи", "музей"), ("русскии", "русского")]
)
def test_words_typed_without_their_marks(typed, titled):
    assert russian.stem(titled) in russian.stems(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("чех", "чехов"),
        ("линия", "линь"),
        ("народ", "наряд"),
        ("мания", "манна"),
        ("читать", "чит"),
        ("статья", "статуя"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert russian.stem(one) != russian.stem(other)


@pytest.mark.parametrize("word", ["и", "он", "kniga", "წიგნი", "1984"])
def test_what_is_no_russian_word_is_folded_only(word):
    assert russian.stem(word) == fold(word)
    assert russian.stems(word) == (fold(word),)


@given(WORDS)
def test_stems_begin_with_the_one_that_is_indexed(word):
    assert russian.stems(word)[0] == russian.stem(word) == fold(russian.stem(word)) != ""
    assert all(russian.stems(word))


@given(WORDS)
def test_missing_marks_do_not_count(word):
    assert russian.stem(fold(word)) == russian.stem(word)


def test_nouns_of_the_word_lists(shared):
    assert recall_of_nouns(shared, "ru", russian) >= 0.96
