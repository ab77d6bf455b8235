"""Numbers as they are indexed and as they are typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.identifiers import class_beginnings, class_key, identifier_keys, is_call_number


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("978-0-14-103614-4", ["9780141036144"]),
        ("0141036141", ["9780141036144"]),
        ("0-8044-2957-X", ["9780804429573"]),
        ("0-8044-2957-x", ["9780804429573"]),
        ("0-8044-2957-Х", ["9780804429573"]),  # Cyrillic
        ("0378-5955", ["03785955"]),
        ("2434-561X", ["2434561x"]),
        ("2434-561Х", ["2434561x"]),  # Cyrillic
        ("978‑0‑14‑103614‑4", ["9780141036144"]),  # hyphens that do not break
        ("84(5Aze)6 Ş-23", ["845aze6s23"]),
        ("--", []),
        ("", []),
    ],
)
def test_identifier_keys(value, found):
    assert identifier_keys(value) == found


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("821.512.162", "821512162"), ("821 512", "821512"), ("82-1", "82-1"), ("84(5Аз)6", "84(5аз)6"),
        ("Ə50", "e50"), ("82*", "82"), (" 94(479.24) ", "94(47924)"), ("", ""), ("*", ""),
    ],
)  # fmt: skip
def test_class_key(value, key):
    assert class_key(value) == key


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("820", "829", ["82"]),
        ("800", "899", ["8"]),
        ("8", "9", ["8", "9"]),
        ("000", "999", list("0123456789")),
        ("84", "86", ["84", "85", "86"]),
        ("818", "821", ["818", "819", "820", "821"]),
        ("82", "829", ["82"]),
        ("821.1", "821.3", ["8211", "8212", "8213"]),
        ("*", "099", ["0"]),
        ("990", "*", ["99"]),
        ("829", "820", []),
        ("8a", "9", []),
        ("", "", []),
        ("1", "9" * 50, []),
    ],
)
def test_class_beginnings(low, high, found):
    assert class_beginnings(low, high) == found


@settings(deadline=None)
@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_class_beginnings_cover_just_the_range(first, last, number):
    low, high = sorted((first, last))
    beginnings = class_beginnings(f"{low:04}", f"{high:04}")
    assert f"{number:04}".startswith(tuple(beginnings)) is (low <= number <= high)
    assert len(beginnings) < 60


@pytest.mark.parametrize("text", ["84(5Аз) Ə50", "Ə50 N-72", "978 0 14 103614 4", "0378-5955", "K 84.57"])
def test_call_numbers(text):
    assert is_call_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1984",
        "20 min",
        "nizami",
        "(A-1)",
        "1941 OR 1945",
        "a -1950",
        'A "1"',
        "year:1950",
        "Covid-19",
        "x" * 99,
    ],
)
def test_no_call_numbers(text):
    assert not is_call_number(text)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_keys(text):
    assert all(identifier_keys(text)) and class_key(class_key(text)) == class_key(text)
    is_call_number(text)
