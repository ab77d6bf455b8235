"""Misspelt words: what else is searched, and what is offered instead."""

import random

import pytest

from search.documents import FACETS
from search.generations import rebuild
from search.service import facet_values, search, search_groups
from tests.search.corpus import make_document, works

pytestmark = [pytest.mark.engine, pytest.mark.django_db]

TITLES = {document.id: document.title for document in works()}


def titles(page):
    return [TITLES[found] for found in page.ids]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("qarabağ nağıllarri", "Qarabağ nağılları"),
        ("qaarbağ", "Qarabağ"),
        ("ölülr", "Ölülər"),
        ("вишневй сад", "Вишнёвый сад"),
        ("ვეფხისტყაოსნი", "ვეფხისტყაოსანი"),
        ("көшпенілер", "Көшпенділер"),
        ("mehrabdon", "Mehrobdan chayon"),
        ("tutunamyanlr", "Tutunamayanlar"),
    ],
)
def test_a_misspelt_title_is_found(catalogue, typed, title):
    assert any(found.startswith(title) for found in titles(search(typed))[:10])


def test_the_page_says_that_it_searched_more(catalogue):
    page = search("rzoman")
    assert (page.best, page.widened) == ("fuzzy", True)


def test_enough_hits_are_not_widened(catalogue):
    page = search("roman")
    assert (page.widened, page.did_you_mean) == (False, [])
    assert not search("rzoman", literal=True).widened
    assert search("rzoman").widened


def test_words_as_typed_come_before_words_that_look_alike(engine, source):
    source.objects = {
        1: make_document(1, "Kitabxana", year=1950),
        2: make_document(2, "Kitabxala", year=2020),
    }
    rebuild()
    assert search("kitabxana").ids == ["record:1", "record:2"]
    assert search("kitabxana", literal=True).ids == ["record:1"]


def test_choosing_a_facet_does_not_widen(catalogue):
    page = search("roman", filters={"year": ["1961"]}, facets=FACETS)
    assert 0 < page.total < 10
    assert not page.widened


def test_counts_of_facets_are_those_of_the_widened_search(catalogue):
    page = search("tutunamayanlr", facets=["language"], filters={"material": ["book"]})
    assert page.widened
    assert [(value.value, value.count) for value in page.facets["language"]] == [("tur", page.total)]


def test_short_words_and_numbers_are_taken_as_they_are(catalogue):
    assert search("anx").total == 0
    assert search("TV00000x").total == 0


@pytest.mark.parametrize(
    ("typed", "offered"), [("qarabağ nağılari", "qarabağ nağılları"), ("Mehrobdn chayon", "mehrobdan chayon")]
)
def test_the_right_spelling_is_offered(catalogue, typed, offered):
    assert offered in [text.lower() for text in search(typed).did_you_mean]


def test_another_keyboard_layout_is_offered(catalogue):
    offered = search("djqyf b vbh").did_you_mean
    assert "война и мир" in [text.lower() for text in offered]
    assert len(offered) <= 3


def test_words_that_look_alike_are_marked(catalogue):
    assert "<mark>Tutunamayanlar</mark>" in str(search("tutunamayanlr").highlight("Tutunamayanlar"))


def test_all_values_of_a_facet(catalogue):
    everything = facet_values("", "author", limit=1000)
    assert everything.total == len(everything.values) == len({a for d in works() for a in d.facets["author"]})
    by_name = facet_values("", "author", order="name", limit=3)
    assert [value.value for value in by_name.values] == [value.value for value in by_name.values]
    found = facet_values("", "author", find="nizami ge")
    assert [value.value for value in found.values] == ["Nizami Gəncəvi"]
    assert facet_values("", "author", find="no such").total == 0
    assert facet_values("", "no such facet").total == 0
    second = facet_values("", "author", limit=2, offset=2)
    assert second.values == everything.values[2:4]
    chosen = facet_values("", "author", filters={"author": ["Yaşar Kemal"]}, limit=1000)
    assert chosen.total == everything.total
    assert [value.value for value in chosen.values if value.selected] == ["Yaşar Kemal"]


def test_groups_of_kinds(engine, source):
    source.objects = {
        1: make_document(1, "Halva"),
        2: make_document(2, "Halva günü", kind="event"),
        3: make_document(3, "Halva evi", kind="page"),
        4: make_document(4, "Halva", kind="page", audience=("staff",)),
    }
    rebuild()
    found = search_groups("halva", {"catalogue": ("record",), "site": ("page", "event"), "none": ("branch",)})
    assert {name: (group.total, sorted(group.ids)) for name, group in found.items()} == {
        "catalogue": (1, ["record:1"]),
        "site": (2, ["record:2", "record:3"]),
        "none": (0, []),
    }
    counted = search_groups("halva", {"site": ("page", "event"), "none": ("branch",)}, limit=0)
    assert {name: (group.total, group.ids) for name, group in counted.items()} == {
        "site": (2, []),
        "none": (0, []),
    }


def test_of_random_misspellings_nine_in_ten_are_found(engine, source):
    """One edit in a word of five letters or more, among titles of made-up words."""
    chance = random.Random(2)
    letters = "abcdefghiklmnoprstuvxyz"
    made = sorted({"".join(chance.choice(letters) for _ in range(chance.randint(5, 9))) for _ in range(300)})
    source.objects = {number: make_document(number, word) for number, word in enumerate(made, start=1)}
    rebuild()
    found = 0
    asked = chance.sample(range(1, len(made) + 1), 40)
    for number in asked:
        word = made[number - 1]
        place = chance.randrange(len(word) - 1)
        typed = chance.choice(
            (
                word[:place] + chance.choice(letters) + word[place:],
                word[:place] + word[place + 1 :],
                word[:place] + chance.choice(letters) + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            )
        )
        found += f"record:{number}" in search(typed, per_page=10).ids
    assert found >= 0.9 * len(asked)
