"""Dates and numbers as readers of each language write them: CLDR (Babel) is the judge."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format, get_format, number_format

LANGUAGES = [code for code, _name in settings.LANGUAGES]
DAYS = [date(2026, 11, 25), date(2026, 3, 8), date(2026, 5, 9)]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\xa0", " "))


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_have_the_order_and_the_months_of_the_language(translated, language, day):
    with translation.override(language):
        whole, short = plain(date_format(day, "DATE_FORMAT")), plain(date_format(day, "MONTH_DAY_FORMAT"))
    if language == "en":
        assert (whole, short) == (f"{day:%-d %B %Y}", f"{day:%-d %B}")
        return
    assert short == plain(format_skeleton("MMMMd", day, locale=language))
    if language == "uz":
        assert whole == f"{day.year}-yil {short}"
    else:
        assert whole == plain(format_date(day, "long", locale=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_weeks_begin_on_monday(language):
    with translation.override(language):
        assert get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_the_signs_of_the_language(language):
    with translation.override(language):
        written = number_format(1234567.5, decimal_pos=1, use_l10n=True, force_grouping=True)
    assert plain(written) == plain(format_decimal(1234567.5, locale=language))


TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_templates_leave_order_and_capitals_to_the_language(path):
    text = path.read_text()
    for written in re.findall(r"\|(?:date|now):\"([^\"]*)\"|{% now \"([^\"]*)\"", text):
        named = "".join(written)
        assert re.fullmatch(r"[A-Z_]+_FORMAT|[^FEMNb]*", named), f"a month by a fixed pattern: {named}"
    # İ and ı are lost by them: library.text.capitalised knows the language.
    # (The ending of a file is no word.)
    assert not re.search(r"(?<!file_extension)\|(upper|lower|title|capfirst)\b", text)


@pytest.mark.parametrize(
    "path", sorted(Path(settings.BASE_DIR, "static", "css").glob("*.css")), ids=lambda p: p.name
)
def test_styles_make_no_capitals(path):
    # Georgian has none, and Azerbaijani and Turkish need the language of each word.
    assert not re.search(
        r"text-transform:\s*(uppercase|capitalize)|font-variant(-caps)?:\s*\S*small-caps", path.read_text()
    )


@pytest.mark.parametrize(
    ("language", "word", "capital", "first"),
    [
        ("az", "ildırım", "İLDIRIM", "İldırım"),
        ("tr", "ışık ilk", "IŞIK İLK", "Işık ilk"),
        ("uz", "ilm", "ILM", "Ilm"),
        ("kk", "ілім", "ІЛІМ", "Ілім"),
        ("ka", "წიგნი", "წიგნი", "წიგნი"),
        ("ru", "ёлка", "ЁЛКА", "Ёлка"),
        ("en", "index", "INDEX", "Index"),
        ("az", "", "", ""),
    ],
)
def test_capitals_of_each_language(language, word, capital, first):
    from library.text import capitalised, in_capitals

    assert in_capitals(word, language) == capital
    assert capitalised(word, language) == first
