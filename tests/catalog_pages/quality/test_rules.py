"""Rules of good records."""

from datetime import date

import pytest

from catalog_pages.quality import capitals
from catalog_pages.quality.rules import impossible_year, lacks_isbn, no_title, outside_scheme

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WAR AND PEACE", True), ("ВОЙНА И МИР", True), ("YEDDİ GÖZƏL", True), ("AZƏRBAYCAN", True),
        ("TOLSTOY, L.", True), ("NİZAMİ GƏNCƏVİ, 1141–1209", True), ("HISTORY OF THE XIX CENTURY", True),
        ("ҚАЗАҚСТАН ТАРИХЫ", True), ("OʻZBEKISTON", True),
        ("UNESCO", False), ("ЮНЕСКО", False), ("SSRİ", False), ("BMT", False), ("NATO", False),
        ("The UNESCO report", False), ("War", False), ("XVIII", False), ("XIX–XX", False), ("A B C", False),
        ("1984", False), ("", False), ("…", False), ("ვეფხისტყაოსანი", False), ("ვეფხის ტყაოსანი", False),
        ("e-BOOKS", False), ("ПЕТРОВ А. В.", True), ("MƏN VƏ SƏN", True), ("U.S. G.P.O.", False),
        ("NREL/TP ; 7A40-59194", False), ("WC 77-A ; 40 (A)", False), ("БУХГАЛТЕРСКИЙ УЧЕТ", True),
    ],
)  # fmt: skip
def test_capitals(text, expected):
    assert capitals(text) is expected


@pytest.mark.parametrize(
    ("year", "printed", "expected"),
    [
        (1449, "", True), (1450, "", False), (2026, "", False), (2027, "", False), (2028, "", True), (20, "", True),
        (None, "", False), (None, "n.d.", False), (None, "9999", True), (None, "19--", False),
        (None, "c1998", False), (None, "1066 (2001 printing)", False), (None, "cop. 3003", True),
    ],
)  # fmt: skip
def test_impossible_years(year, printed, expected):
    assert impossible_year(year, printed, date(2026, 11, 25)) is expected


@pytest.mark.parametrize(
    ("material", "year", "isbns", "expected"),
    [
        ("book", 1970, [], True), ("book", 1969, [], False), ("book", None, [], False),
        ("book", 2000, ["9780306406157"], False), ("map", 2000, [], False), ("periodical", 2000, [], False),
    ],
)  # fmt: skip
def test_missing_isbn(material, year, isbns, expected):
    assert lacks_isbn(material, year, isbns) is expected


@pytest.mark.parametrize(
    ("scheme", "number", "expected"),
    [
        ("ddc", "894.361", False), ("ddc", "[Fic]", False), ("ddc", "E", False), ("ddc", "j398.2", False),
        ("ddc", "813/.54", False), ("ddc", "813’.54", False), ("ddc", "947.54 20", False), ("ddc", "B", False),
        ("ddc", "89", True), ("ddc", "Ш5(5Аз)", True), ("ddc", "8943.6", True), ("ddc", "see note", True),
        ("udc", "821.512.162-31", False), ("udc", '94(479.24)"18"', False), ("udc", "(075.8)", False),
        ("udc", "=512.162", False), ("udc", "5+6", False), ("udc", "Fiction", True), ("udc", "?", True),
        ("bbk", "84(5Аз)", False), ("bbk", "Ш5(5Аз)6", False), ("bbk", "63.3(5Азе)6-8я7", False),
        ("bbk", "K5", False), ("bbk", "894.361", False), ("bbk", "Fiction", True),
        ("", "500", True), ("", "", False), ("ddc", " ", False), ("lcc", "PS3545", True),
    ],
)  # fmt: skip
def test_class_numbers(scheme, number, expected):
    assert outside_scheme(scheme, number) is expected


@pytest.mark.parametrize(("title", "expected"), [("…", True), ("[ ]", True), ("7", False), ("Ə", False)])
def test_titles(title, expected):
    assert no_title(title) is expected
