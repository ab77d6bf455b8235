"""What stands first: the rungs of the ladder, on both engines."""

import pytest

from search.generations import rebuild
from search.service import search
from tests.search.corpus import make_document

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


@pytest.fixture
def shelve(engine, source):
    """A function that makes a catalogue of titles, or of documents, numbered from 1."""

    def fill(*documents):
        made = [
            make_document(number, given, language="tur") if isinstance(given, str) else given
            for number, given in enumerate(documents, start=1)
        ]
        source.objects = {int(document.id.split(":")[1]): document for document in made}
        rebuild()

    return fill


def order(text, **how):
    return [int(found.partition(":")[2]) for found in search(text, **how).ids]


def test_better_spelling_stands_higher(shelve):
    shelve("Халва tarifleri", "Halvalar tarifleri", "Halva tarifleri", "Hâlva tarifleri", "Helva tarifleri")
    assert order("halva")[:2] == [3, 4]
    assert order("halva")[2:4] == [2, 1]


def test_of_fields_the_title_stands_highest(shelve):
    shelve(
        make_document(1, "Bir", notes=("Halva",)),
        make_document(2, "İki", subjects=("Halva",)),
        make_document(3, "Üç", authors=("Halva",)),
        make_document(4, "Halva kitabı"),
    )
    assert order("halva") == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Kara kitap", 1),
        ("kara kitap", 1),
        ("kâra kitap", 1),
        ("kara kitabı", 1),
        ("кара китап", 1),
        ("evler", 4),
        ("ev", 4),
    ],
)
def test_a_title_typed_whole_is_first_in_every_form(shelve, typed, first):
    shelve(
        make_document(1, "Kara kitap", language="tur", year=1950),
        make_document(2, "Kara kitap üzerine kara yazılar", language="tur", year=2020),
        make_document(3, "Evler ve ev sahipleri", language="tur", year=2020),
        make_document(4, "Ev", language="tur", year=1950),
        make_document(5, "Kara kitaplar için kara bir kitap", language="tur", year=2021),
    )
    assert order(typed)[0] == first


def test_a_title_up_to_its_colon_comes_before_longer_titles(shelve):
    shelve(
        make_document(1, "Benim adım kırmızı üzerine", year=2020),
        make_document(2, "Benim adım kırmızı: roman", year=1990),
        make_document(3, "Benim adım kırmızı", year=1980),
    )
    assert order("benim adım kırmızı") == [3, 2, 1]


def test_words_in_order_come_before_words_near_and_words_apart(shelve):
    shelve(
        make_document(1, "Deniz kıyısında bir eski ev", year=2020),
        make_document(2, "Ev deniz kıyısında", year=2010),
        make_document(3, "Bir deniz ev olur mu", year=1990),
        make_document(4, "Eski ev deniz gibidir", year=1980),
    )
    assert order("deniz ev") == [3, 2, 4, 1] or order("deniz ev")[0] == 3
    assert order("ev deniz")[:2] == [2, 4]


def test_the_newer_comes_first_and_of_one_year_what_can_be_had(shelve):
    shelve(
        make_document(2, "Halva kitabı", year=1990),
        make_document(4, "Halva kitabı", year=2000),
        make_document(5, "Halva kitabı", year=1990),
        make_document(6, "Halva kitabı"),
    )
    assert order("halva kitabı") == [4, 5, 2, 6]
    assert order("halva kitabı", sort="newest") == [4, 5, 2, 6]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("Kürk mantolu", "exact"),
        ("kurk mantolu", "folded"),
        ("kitaplar", "stem"),
        ("кюрк", "key"),
        ("mamtolu", "fuzzy"),
        ("hiçbirşey", ""),
        ("", ""),
        ("language:tur", ""),
    ],
)
def test_the_page_knows_in_which_form_it_was_found(shelve, typed, best):
    shelve("Kürk mantolu", "Kitap okuru")
    assert search(typed).best == best


def test_literal_search_keeps_to_the_words_as_typed(shelve):
    shelve("Kürk mantolu", "Kurk", "Kürkler", "Кюрк", "Kürt")
    assert set(order("kurk", literal=True)) == {1, 2}
    assert set(order("kürk", literal=True)) == {1, 2}
    assert search("kürq", literal=True).total == 0
    assert set(order("title:kürk -mantolu", literal=True)) == {2}


def test_restricted_documents_are_found_by_their_audience_only(shelve):
    shelve(
        make_document(1, "Halva"),
        make_document(2, "Halva", audience=("staff",)),
        make_document(3, "Halva", audience=("group:7", "staff")),
        make_document(4, "Halva", audience=("signed-in",), kind="page"),
    )
    assert order("halva") == [1]
    assert set(order("halva", audience=("everyone", "staff"))) == {1, 2, 3}
    assert set(order("halva", audience=("everyone", "group:7"))) == {1, 3}
    assert set(order("", audience=("everyone", "signed-in"), kinds=())) == {1, 4}
    assert search("halva", audience=()).total == 0
