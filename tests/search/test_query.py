"""From what is typed to a tree: what is understood, what is searched as plain words, and what can never happen."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    LONGEST_QUERY,
    And,
    Everything,
    Field,
    Identifier,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Range,
    Value,
    Word,
    identifier_keys,
    parse,
    year_range,
)

a, b, c = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree", "notice"),
    [
        ("", Everything(), None),
        ("   ", Everything(), None),
        ("a", a, None),
        ("a b", And((a, b)), None),
        ("a AND b", And((a, b)), None),
        ("a OR b", Or((a, b)), None),
        ("a NOT b", And((a, Not(b))), None),
        ("+a -b", And((a, Not(b))), None),
        ("a (b OR c)", And((a, Or((b, c)))), None),
        ("a and b or c", And((a, Word("and"), b, Word("or"), c)), None),
        ('"a b"', Phrase(("a", "b")), None),
        ('"a b"~3', None, None),
        ("ab*", Prefix("ab"), None),
        ("a*", a, None),
        ("title:a", Field("title", a), None),
        ("TITLE:a", Field("title", a), None),
        ('author:"a b"', Field("author", Phrase(("a", "b"))), None),
        ("subject:(a OR b)", Field("subject", Or((a, b))), None),
        ("year:1987", Field("year", Range(1987, 1987)), None),
        ("year:[1950 TO 1999]", Field("year", Range(1950, 1999)), None),
        ("year:{1950 TO *}", Field("year", Range(1950, None)), None),
        ("year:1950-1999", Field("year", Range(1950, 1999)), None),
        ("branch:tovuz", Field("branch", Value("tovuz")), None),
        ("kind:map", Field("material", Value("map")), None),
        ("isbn:978-0-14-103614-4", Field("identifier", Identifier("9780141036144")), None),
        ("isbn:0-14-103614-1", Field("identifier", Identifier("9780141036144")), None),
        ("colour:a b", And((Word("colour"), a, b)), "ignored_field"),
        ("Müharibə: roman", And((Word("Müharibə"), Word("roman"))), None),
        ("a : b / c = a", And((a, b, c)), None),
        ("a - b", And((a, b)), None),
        ("a?", a, None),
        ("a && b || !c", And((a, b, c)), None),
        ('title:"a', And((Word("title"), a)), "unparsed"),
        ("a AND", a, "unparsed"),
        ("((a)", a, "unparsed"),
        ('"', Nothing(), "unparsed"),
        ("🙂", Nothing(), "unparsed"),
        ("title:🙂 a", a, None),
        ("a a a", a, None),
    ],
)
def test_parse(text, tree, notice):
    parsed = parse(text)
    assert parsed.notice == notice
    if tree is not None:
        assert parsed.tree == tree


@pytest.mark.parametrize(
    ("text", "title"), [("to be or not to be", True), ('"a b"', True), ("title:a", False), ("a -b", False)]
)
def test_a_plain_text_may_be_a_whole_title(text, title):
    assert bool(parse(text).title) is title


@pytest.mark.parametrize(
    "text", ["x" * (LONGEST_QUERY + 1), "söz " * 33, "-".join(f"w{n}" for n in range(40)), "a OR b " * 40]
)
def test_long_queries_are_cut_and_say_so(text):
    assert parse(text).notice == "too_long"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("978-0-14-103614-4", ["9780141036144"]),
        ("0141036141", ["9780141036144"]),
        ("0378-5955", ["03785955"]),
        ("84(5Aze)6 Ş-23", ["845aze6s23"]),
        ("--", []),
    ],
)
def test_identifier_keys(value, found):
    assert identifier_keys(value) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1987", Range(1987, 1987)),
        ("1950-1999", Range(1950, 1999)),
        ("1950–", Range(1950, None)),
        ("-1900", Range(None, 1900)),
        *((text, None) for text in ("abc", "-", "19999", "")),
    ],
)
def test_year_range(text, found):
    assert year_range(text) == found


SYNTAX = st.sampled_from(
    list("ab\"()[]{}:*?~^+-!/\\<>=|& '0123")
    + [" AND ", " OR ", " NOT ", " TO ", "title:", "year:", "ə", "\u202e"]
)


@given(st.one_of(st.text(max_size=600), st.lists(SYNTAX, max_size=120).map("".join)))
def test_nothing_typed_raises(text):
    parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        '"' * 10_000,
        "a:" * 5_000,
        "title:(" * 70,
        "+" * 500,
        "[ TO " * 100,
        "NOT " * 125,
        "a OR " * 100,
        "*" * 500,
    ],
)
def test_nothing_typed_is_slow(text):
    started = time.perf_counter()
    parse(text)
    assert time.perf_counter() - started < 0.1
