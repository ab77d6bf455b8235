"""From what is typed to a tree: what is understood, what is searched as plain words, and what can never happen."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import (
    LONGEST_QUERY,
    MOST_CLAUSES,
    And,
    Everything,
    Field,
    Identifier,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Value,
    Word,
    leaves,
    parse,
    size,
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
    "text",
    [
        "x" * (LONGEST_QUERY + 1),
        "söz " * 33,
        "-".join(f"w{n}" for n in range(40)),
        "a OR b " * 40,
        " ".join(f"ab{n}*" for n in range(9)),
        "class:[0001 TO 9998]",
    ],
)
def test_long_queries_are_cut_and_say_so(text):
    assert parse(text).notice == "too_long"


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


@pytest.mark.parametrize(
    ("text", "tree", "notice"),
    [
        ("*", Everything(), None),
        (" *:* ", Everything(), None),
        ("title:*", Everything(), None),
        ("year:[* TO *]", Everything(), None),
        ("title:* a", a, None),
        ("class:[ TO ]", None, None),
        ("title:[a TO b]", And((Field("title", a), Word("to"), b)), None),
        ("year:[1950 TO", And((Word("year"), Word("1950"))), "unparsed"),
        ("[a] {b}", And((a, b)), None),
        ('title:a "b c"', And((Field("title", a), Phrase(("b", "c")))), None),
        ('title:"a b" OR -"b c"', Or((Field("title", Phrase(("a", "b"))), Not(Phrase(("b", "c"))))), None),
        ('"title:a (b"', Phrase(("title", "a", "b")), None),
        ("(title:a OR author:b)", Or((Field("title", a), Field("author", b))), None),
        ("a OR", a, "unparsed"),
        ("HOW TO (a)", And((Word("HOW"), Word("to"), a)), None),
    ],
)
def test_the_syntax_of_formulas(text, tree, notice):
    parsed = parse(text)
    assert parsed.notice == notice
    assert tree is None or parsed.tree == tree


def years(low, high):
    return Field("year", Range(low, high))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("year:1950-", years(1950, None)),
        ("year:-1960", years(None, 1960)),
        ("year:1950–1960", years(1950, 1960)),
        ("year:1950..1960", years(1950, 1960)),
        ("year:[1950-1960]", years(1950, 1960)),
        ("year:[ 1950  TO  * ]", years(1950, None)),
        ("year:[* TO 1900]", years(None, 1900)),
        ("year:>1950", years(1951, None)),
        ("year:>=1950", years(1950, None)),
        ("year:≥1950", years(1950, None)),
        ("year:<1950", years(None, 1949)),
        ("year:<=1950", years(None, 1950)),
        ("year:(1950 OR 1960-1970)", Field("year", Or((Range(1950, 1950), Range(1960, 1970))))),
        ("a year:1950-", And((a, years(1950, None)))),
        ("(year:-1960 OR a) b", And((Or((years(None, 1960), a)), b))),
        ("-year:1950-1960 a", And((Not(years(1950, 1960)), a))),
        ("year:19500", Field("year", Or((Word("19500"), Identifier("19500"))))),
    ],
)
def test_years(text, tree):
    assert parse(text) == Query(tree)


def classes(*beginnings):
    values = tuple(map(Value, beginnings))
    return Field("class", values[0] if len(values) == 1 else Or(values))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("class:821", classes("821")),
        ("class:82*", classes("82")),
        ("class:821.512.162", classes("821512162")),
        ('class:"821 512"', classes("821512")),
        ("class:82-1", classes("82-1")),
        ("class:84(5Аз)6", classes("84(5аз)6")),
        ("(class:84(5Аз) OR a)", Or((classes("84(5аз)"), a))),
        ("class:[820 TO 829]", classes("82")),
        ("class:[84 TO 86]", classes("84", "85", "86")),
        ("class:[980 TO *]", classes("98", "99")),
        ("class:[Ə TO Я]", classes("e", "я")),
        ("удк:821", classes("821")),
    ],
)
def test_classes(text, tree):
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("84(5Аз) Ə50", "845азe50"),
        ("R 821.161.1 T-58", "r8211611t58"),
        ("978 0 14 103614 4", "9780141036144"),
        ("0378-5955", "03785955"),
        ("A-00123", "a00123"),
        ('"84(5Аз) Ə50"', "845азe50"),
        ("number:84(5Аз)", "845аз"),
        ("isbn:978 0 14 103614 4", "9780141036144"),
        ("ISBN 978-0-14-103614-4", "9780141036144"),
        ("ISBN-10: 0 14 103614 1", "9780141036144"),
        ("isbn 0-8044-2957-х", "9780804429573"),
        ("ISSN 0378-5955", "03785955"),
        ("issn:0378-5955", "03785955"),
        ("a ISBN 978-0-14-103614-4", "9780141036144"),
    ],
)
def test_numbers_on_covers_and_spines(text, key):
    parsed = parse(text)
    assert Identifier(key) in leaves(parsed.tree) and parsed.notice is None


@pytest.mark.parametrize(
    "text", ["20 min", "300 il", "1984", "a -1950", "Catch 22", "(A-1)", "a-b", "1941 OR 1945"]
)
def test_titles_with_numbers_are_no_call_numbers(text):
    keys = [leaf.key for leaf in leaves(parse(text).tree) if isinstance(leaf, Identifier)]
    assert not keys


@pytest.mark.parametrize(
    "text",
    ["a «b c»", "a „b c“", "a “b c”", "a ”b c”", "a ＂b c＂", 'a\u200f "b\u00ad c"', 'a\t"b\nc"'],
)
def test_the_quotation_marks_of_all_languages(text):
    parsed = parse(text)
    assert parsed.tree == And((a, Phrase(("b", "c")))) and parsed.title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("to be or not to be", True), ('"a b"', True), ("title:a", False), ("a -b", False), ("a OR b", False),
        ("WAR AND PEACE", True), ("a: b (c)", True), ('a "b c"', True), ("a*", True), ("ab*", False),
        ("1941-1945", True), ("*", False), ('a "b', True),
    ],
)  # fmt: skip
def test_what_may_be_a_whole_title(text, title):
    assert bool(parse(text).title) is title


def test_a_formula_that_is_cut_stays_a_formula():
    parsed = parse(" OR ".join(f"w{number}" for number in range(500)))
    assert parsed.notice == "too_long" and isinstance(parsed.tree, Or)
    parsed = parse("(" + "a OR b OR " * 40)
    assert parsed.tree == Or((a, b))
    parsed = parse('a "' + "b c " * 40 + '"')
    assert isinstance(parsed.tree, And) and isinstance(parsed.tree.children[1], Phrase)


SYNTAX = st.sampled_from(
    list("ab\"()[]{}:*?~^+-!/\\<>=|& '0123«»„“–…")
    + [
        " AND ",
        " OR ",
        " NOT ",
        " TO ",
        " VƏ ",
        " ИЛИ ",
        " НЕ ",
        " VƏ YA ",
        " ᲓᲐ ",
        "title:",
        "year:",
        "год:",
    ]
    + [
        "class:",
        "isbn:",
        "ISBN ",
        "dil:",
        "növ:",
        "filial:",
        "978-0-14-103614-4",
        "84(5Аз)",
        "[1950 TO 1960]",
    ]
    + ["ə", "İ", "ß", "\u202e", "\u200d", "\x00", "\x85", "\ud800", "🙂", "ﷺ", "％", "１９５０", "\u0301"]
)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=600), st.lists(SYNTAX, max_size=120).map("".join)))
def test_nothing_typed_raises_or_grows(text):
    parsed = parse(text)
    assert size(parsed.tree) <= MOST_CLAUSES
    assert sum(1 for _leaf in leaves(parsed.tree)) <= MOST_CLAUSES
    assert len(repr(parsed.tree)) < 40 * LONGEST_QUERY
    assert parsed.notice in (None, "unparsed", "too_long", "ignored_field")
    repr(parsed.tree).encode()


@settings(deadline=None)
@given(st.lists(SYNTAX, max_size=40).map("".join))
def test_a_title_is_what_was_typed(text):
    parsed = parse(text)
    assert not parsed.title or not any(isinstance(leaf, Prefix | Range) for leaf in leaves(parsed.tree))


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
        "9-" * 5_000,
        "ISBN " * 2_000,
        "ISBN" + "9 " * 5_000,
        "class:(" * 70,
        "year:1-" * 70,
        "V" * 10_000,
        "VƏ YA " * 2_000,
        "\u202e" * 10_000,
        " " * 1_000_000,
        "a" * 1_000_000,
        "language:xyz " * 40,
        "language:zzzzzzzz",
    ],
)
def test_nothing_typed_is_slow(text):
    started = time.thread_time()
    parse(text)
    assert time.thread_time() - started < 0.1
