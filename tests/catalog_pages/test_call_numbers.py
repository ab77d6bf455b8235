"""Call numbers: class number, three letters, year."""

import pytest

from catalog_pages.call_numbers import author_mark, call_number


@pytest.mark.parametrize(
    ("heading", "language", "mark"),
    [
        ("Nizami Gəncəvi", "aze", "NİZ"),
        ("Işıq, Əli", "aze", "IŞI"),
        ("Ilgaz, Rıfat", "tur", "ILG"),
        ("Irving, John", "eng", "IRV"),
        ("irving, John", "eng", "IRV"),
        ("Oʻtkir Hoshimov", "uzb", "OʻTK"),
        ("O'Brien, Flann", "eng", "O'BR"),
        ("Әуезов, Мұхтар", "kaz", "ӘУЕ"),
        ("რუსთაველი, შოთა", "geo", "რუს"),
        ("Wu", "eng", "WU"),
        ("«Азия»", "rus", "АЗИ"),
        ("", "eng", ""),
    ],
)
def test_author_mark(heading, language, mark):
    assert author_mark(heading, language) == mark


@pytest.mark.parametrize(
    ("author", "title", "year", "expected"),
    [
        ("Tolstoy, Leo", "War", 1869, "891.7 TOL 1869"),
        ("", "War", 1869, "891.7 WAR 1869"),
        ("", "War", None, "891.7 WAR"),
    ],
)
def test_call_number(author, title, year, expected):
    made = call_number(class_number="891.7", author=author, title=title, year=year, language="eng")
    assert made == expected
