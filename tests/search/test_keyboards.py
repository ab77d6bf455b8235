"""Words typed with the wrong keyboard layout on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keyboards import BY_FREQUENCY, LAYOUTS, MOST_RESULTS, other_layouts


def typed_on(text: str, meant: str, on: str) -> str:
    """What comes out when the keys of `text` are pressed with another layout on."""
    keys = {
        name: [key for row in rows for line in row.splitlines() for key in line.split()]
        for name, rows in LAYOUTS.items()
    }
    table = dict(reversed(list(zip(keys[meant], keys[on], strict=True))))
    return "".join(table.get(character, character) for character in text)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_have_a_key_for_a_key(layout):
    rows = [[len(line.split()) for line in shift.splitlines()] for shift in LAYOUTS[layout]]
    assert rows == [[13, 13, 11, 10]] * 2
    letters = {
        character.casefold() for shift in LAYOUTS[layout] for character in shift if character.isalpha()
    } - {"̇"}
    assert letters - {"i̇", "é"} >= {*BY_FREQUENCY[layout]}


@pytest.mark.parametrize(
    ("text", "meant", "on"),
    [
        ("Qarabağ", "az", "ru"),
        ("şəhər", "az", "ru"),
        ("uşaqlıq", "az", "ru"),
        ("kitabxana", "az", "kk"),
        ("öğretmen", "tr", "ru"),
        ("çocuk", "tr", "ru"),
        ("library", "us", "ru"),
        ("Toshkent", "us", "ru"),
        ("кітап", "kk", "us"),
        ("өлең", "kk", "us"),
        ("Қазақстан", "kk", "us"),
        ("мектеп", "kk", "az"),
        ("ўзбек", "uz", "us"),
        ("ҳикоя", "uz", "us"),
        ("Пушкин", "ru", "us"),
        ("история", "ru", "az"),
        ("библиотека", "ru", "tr"),
        ("война и мир", "ru", "us"),
        ("შვილი", "ka", "us"),
        ("საქართველო", "ka", "ru"),
        ("თბილისი", "ka", "us"),
        ("Rustaveli", "us", "ka"),
        ("история", "ru", "ka"),
    ],
)
def test_the_right_layout_is_seen_through(text, meant, on):
    typed = typed_on(text, meant, on)
    assert typed != text
    assert text.casefold() in [reading.casefold() for reading in other_layouts(typed)]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "a", "12", "978-0-14-044803-1", "???", "🙂", "東京", "война и мир", "история Казахстана",
        "Nizami Gəncəvi", "Oʻzbekiston tarixi", "қазақ әдебиеті", "İstanbul hatırası",
    ],
)  # fmt: skip
def test_what_is_right_stays(text):
    assert other_layouts(text) == []


@given(st.text(max_size=300))
def test_any_text_gives_few_other_ones(text):
    found = other_layouts(text)
    assert len(found) == len(set(found)) <= MOST_RESULTS
    assert text not in found and all(reading.strip() for reading in found)
