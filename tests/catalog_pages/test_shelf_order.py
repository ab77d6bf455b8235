"""The filing rules of the three schemes, as tables and as properties."""

import random
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalog_pages.shelf_order import LONGEST_SHELF_KEY, ORDERS, class_key, first_signs, shelf_key

# Each list is in the order of the shelf.
SHELVES = {
    "ddc": "005.133|5|501|510|510 ENC|510.1|813.54|891.1|894.36|894.361|894.3611|895",
    "udc": "59+636|592/599|592|61|622+669|622/629|622|622:669|622::669|622=111|622(035)|622(035.4)|622(410)|622(47)|"
    "622(470)|622(=411)|622\"18\"|622\"19\"|622*ABC|622 Nizami|622-05|622-1|622'1|622.01|622.1|622.33|"
    "821|821.512.162|821.512.162(091)|821.512.162-1|94(47)|94(470)|94(479.24)",
    "bbk": "63я2|63я73|63(2)|63-6|63.3|63.3(2)|63.3(2)4|63.3(2)41|63.3(5Аз)|84|84(0)|84(5)|84(5)6|84(5Аз)|84(5Аз)6|"
    "84(5Каз)|84.3|84Р7|В161.2|Т3(5Аз)|Ш5|Ш5(5Аз)|Ш5(5Аз)6|Щ|Я",
}  # fmt: skip
SIGNS = {
    "ddc": string.digits + ". ",
    "udc": string.digits + ".:=()\"-/+*'AB",
    "bbk": string.digits + ".()-:/АБВШабвя",
}


@pytest.mark.parametrize("scheme", SHELVES)
def test_numbers_stand_in_the_order_of_the_scheme(scheme):
    numbers = SHELVES[scheme].split("|")
    shuffled = random.Random(1).sample(numbers, len(numbers))
    assert sorted(shuffled, key=lambda number: shelf_key(scheme, number, "zz")) == numbers


@pytest.mark.parametrize(
    ("scheme", "one", "other"),
    [
        ("ddc", "894.36", "894/.36"),
        ("ddc", "[894.36]", "894.36"),
        ("udc", "821.512.162", "821512162"),
        ("udc", "94“19”", '94"19"'),
        ("udc", "[622+669](485)", "622+669](485)"),
        ("bbk", "Ш5(5Аз)", "Ш 5(5Aз)"),  # a Latin A
        ("bbk", "84.7США", "847США"),
    ],
)
def test_what_only_helps_reading_makes_no_difference(scheme, one, other):
    assert class_key(scheme, one) == class_key(scheme, other) != ""


@pytest.mark.parametrize(
    ("scheme", "number"), [("", "894"), ("lcc", "PL314"), ("ddc", ""), ("bbk", "—"), ("udc", "[")]
)
def test_what_has_no_place_has_no_key(scheme, number):
    assert shelf_key(scheme, number, "abc", 1990) == ""


def test_within_a_class_authors_follow_one_another_and_their_books_by_year():
    books = [("0a", 1950), ("0a", 1990), ("0a0b", 1900), ("0b", None)]
    assert sorted(books, key=lambda book: shelf_key("ddc", "894", *book)) == books


@pytest.mark.parametrize("scheme", ORDERS)
@given(data=st.data())
def test_every_number_has_a_key_that_every_collation_orders_alike(scheme, data):
    number = data.draw(st.text(max_size=120) | st.text(SIGNS[scheme], max_size=120))
    key = shelf_key(scheme, number, "zz", data.draw(st.none() | st.integers(-5, 99999)))
    assert len(key) <= LONGEST_SHELF_KEY
    assert set(key) <= set(string.digits + string.ascii_lowercase)


@pytest.mark.parametrize("scheme", ORDERS)
@given(data=st.data())
def test_a_number_stands_before_its_subdivisions(scheme, data):
    number = data.draw(st.text(string.digits, min_size=1, max_size=9))
    longer = number + data.draw(st.text(string.digits, min_size=1, max_size=5))
    assume(class_key(scheme, number) != class_key(scheme, longer))
    assert shelf_key(scheme, number, "zz") < shelf_key(scheme, longer, "")
    assert class_key(scheme, longer).startswith(class_key(scheme, number))


@given(st.text(SIGNS["bbk"], min_size=1, max_size=9), st.sampled_from("123аШ("))
def test_in_bbk_whatever_is_added_comes_behind(number, added):
    start = class_key("bbk", number)
    assume(start and class_key("bbk", number + added).startswith(start) and not number.endswith("+"))
    assert shelf_key("bbk", number, "zz") < shelf_key("bbk", number + added, "")


@pytest.mark.parametrize("scheme", ORDERS)
def test_main_classes_begin_as_their_numbers_do(scheme):
    starts = first_signs(scheme)
    assert list(starts) == sorted(starts)
    for start, sign in starts.items():
        assert class_key(scheme, f"{sign}12").startswith(start)
