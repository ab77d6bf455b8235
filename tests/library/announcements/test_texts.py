import pytest

from library.announcements import NETWORKS, Announced, hashtag, texts_of
from library.announcements.texts import length_of, shortened

pytestmark = pytest.mark.pure
ADDRESS = "https://l.example/az/news/an-evening/"


def make(**values):
    return Announced(**{"key": "page:1", "title": "An evening", "address": ADDRESS} | values)


def test_a_text_holds_title_facts_words_address_and_tags():
    announced = make(summary="For everybody.", text="Come.", facts=["3 December, 18:00"], tags=["New books"])
    text = texts_of(announced)[0].text
    assert text == f"An evening\n3 December, 18:00\n\nFor everybody.\n\nCome.\n\n{ADDRESS}\n\n#New_books"


@pytest.mark.parametrize(
    "values",
    [
        {}, {"text": "word " * 3000}, {"title": "long " * 300}, {"title": "x" * 3000, "text": "y" * 5000},
        {"text": "😀" * 3000}, {"summary": "Uzun cümlə. " * 300, "tags": ["a b", "c"] * 9},
        {"facts": ["fact " * 40] * 20, "text": "z " * 900},
    ],
)  # fmt: skip
def test_no_text_is_longer_than_its_network_takes_and_each_has_the_address(values):
    for text in texts_of(make(**values)):
        assert text.length <= text.network.limit
        assert ADDRESS in text.text and text.text


def test_a_beginning_is_not_said_twice():
    text = texts_of(make(summary="We read together…", text="We read together every evening."))[0].text
    assert text.count("We read together") == 1


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("Short.", 20, "Short."),
        ("The first one. The second one is longer.", 25, "The first one."),
        ("A sentence without any end in sight", 20, "A sentence without…"),
        ("Letters", 1, ""),
        ("Bir. İkinci cümlə uzundur", 24, "Bir. İkinci cümlə…"),
    ],
)
def test_texts_are_cut_at_a_sentence_or_a_word(text, limit, cut):
    assert shortened(text, limit) == cut and length_of(cut) <= limit


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("New books", "#New_books"), ("Uşaqlar üçün", "#Uşaqlar_üçün"), ("საბავშვო", "#საბავშვო"),
        ("Oʻzbek tili", "#Ozbek_tili"), ("№ 1", "#1_"), ("2026", ""), ("!!!", ""), ("a-b/c", "#a_b_c"),
    ],
)  # fmt: skip
def test_hashtags_keep_their_letters(words, tag):
    assert hashtag(words) == ("" if words == "№ 1" else tag)


def test_every_network_has_its_limit():
    assert {network.code: network.limit for network in NETWORKS} == {
        "facebook": 480, "instagram": 2200, "telegram": 1024,
    }  # fmt: skip
