import pytest

from catalog_pages.keys import number_key, thirteen, title_keys


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0-14-044793-8", "9780140447934"),
        ("080442957X", "9780804429573"),
        ("978 0 14 044793 4", "9780140447934"),
        ("1234-5679", "12345679"),
        ("X14044793X", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_numbers_in_one_form(number, expected):
    assert thirteen(number) == expected


@pytest.mark.parametrize(
    ("title", "other", "same"),
    [
        ("Ana və uşaq", "ANA VE USAQ.", True),
        ("Əli və Nino", "Əli və Nino /", True),
        ("War and peace", "War & peace", False),
        ("", "", False),
    ],
)
def test_titles_count_as_the_search_folds_them(title, other, same):
    keys = title_keys(["0140447938"], title)
    assert bool(keys and keys == title_keys(["9780140447934"], other)) is same


def test_a_number_says_nothing_without_who_gave_it():
    assert not number_key("1", "") and not number_key("", "X")
    assert number_key("1", "X") == number_key(" 1", "x ") != number_key("1", "Y")
