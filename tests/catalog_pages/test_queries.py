from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from catalog_pages.queries import Wish


def read(query: str) -> Wish:
    return Wish.read(QueryDict(query))


def test_an_address_is_read_and_written_back():
    address = "?q=tarix&branch=a&branch=b&language=aze&year_from=1950&year_to=1999&sort=title&page=3"
    wish = read(address[1:])
    assert wish.query_string() == address
    assert wish.filters == {"branch": ("a", "b"), "language": ("aze",), "year": ["1950-1999"]}
    assert wish.filter_count == 4


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("year=1987", ["1987-1987"]),
        ("year=1950-1999", ["1950-1999"]),
        ("year_from=1999&year_to=1950", ["1950-1999"]),
        ("year_from=1950", ["1950-2100"]),
        ("year_to=1950", ["0-1950"]),
        ("year_from=abc", None),
        ("year_from=-5", None),
        ("year_from=99999999999999999999999", None),
        ("year_from=²", None),
        ("year_from=&year_to=", None),
    ],
)
def test_years_are_taken_from_the_form_or_one_parameter(query, years):
    assert read(query).filters.get("year") == years


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "²", "٣", "1.5"])
def test_a_page_that_is_no_number_is_the_first(number):
    assert read(f"page={number}").page == 1


def test_what_the_catalogue_does_not_know_is_left_out():
    wish = read(f"sort=price&colour=red&language=&language={'x' * 5000}&q=%00a%00")
    assert wish == Wish(text="a")
    assert len(read("&".join(f"branch=b{n}" for n in range(500))).chosen["branch"]) <= 40


def test_words_are_sorted_by_match_and_the_whole_catalogue_by_arrival():
    assert read("q=a").order == "relevance"
    assert read("").order == "added"
    assert read("").is_bare and not read("q=a").is_bare


def test_each_filter_can_be_taken_away_and_leads_to_the_first_page():
    wish = read("q=a&branch=x&branch=y&year_from=1900&page=4")
    assert wish.without("branch", "x").query_string() == "?q=a&branch=y&year_from=1900"
    assert wish.without("year", "").query_string() == "?q=a&branch=x&branch=y"
    assert wish.without_filters().query_string() == "?q=a"


def test_as_typed_is_kept_by_everything_but_other_words():
    wish = read("q=a&branch=x&literal=1&sort=title&page=2")
    assert wish.query_string() == "?q=a&branch=x&literal=1&sort=title&page=2"
    assert wish.without("branch", "x").literal and wish.at_page(3).literal and wish.without_filters().literal
    assert wish.as_typed(False).query_string() == "?q=a&branch=x&sort=title"
    assert wish.with_text("b").query_string() == "?q=b&branch=x&sort=title"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [("\u202eabc\u200f", "abc"), ("a\x00b\x1b", "ab"), ("a\tb\nc", "a b c"), ("👩\u200d🚀", "👩\u200d🚀")],
)
def test_characters_that_control_something_are_left_out(typed, read_as):
    assert read(urlencode({"q": typed})).text == read_as
