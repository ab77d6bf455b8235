"""Names of languages and countries in the seven languages of the interface."""

import gzip
import json

import pytest
from django.conf import settings
from django.utils import translation

from library.names import (
    country_name,
    language_choices,
    language_code,
    language_name,
    language_tag,
    marc_country,
)

LANGUAGES = [code for code, _name in settings.LANGUAGES]
COMMON = (
    "aze",
    "kaz",
    "geo",
    "uzb",
    "tur",
    "rus",
    "eng",
    "ger",
    "fre",
    "ara",
    "per",
    "chi",
    "kir",
    "tuk",
    "tgk",
)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Georgian"), ("ru", "Грузинский"), ("az", "Gürcü"), ("ka", "ქართული")]
)
def test_a_language_is_named_in_the_language_of_the_page(language, expected):
    with translation.override(language):
        assert language_name("geo") == expected
    assert language_name("geo", language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", COMMON)
def test_common_languages_have_names_everywhere(language, code):
    assert language_name(code, language) not in (code, language_tag(code))
    if language != "en":
        assert language_name(code, language) != language_name(code, "en")


@pytest.mark.parametrize("code", ["ota", "chg", "crh", "cau", "sla", "tgl"])
def test_gaps_of_cldr_are_filled(code):
    assert all(language_name(code, language) != code for language in LANGUAGES)


def test_what_is_not_stated_is_said_in_words():
    assert language_name("") == language_name("und") == "Language not stated"
    assert language_name("mul") == "Several languages"
    assert language_name("qqq") == "qqq"


def test_codes_and_tags():
    assert [language_tag(code) for code in ("aze", "geo", "chi", "zzz")] == ["az", "ka", "zh", "zzz"]
    assert [language_code(tag) for tag in ("az", "ka", "zh-Hans", "ota", "x", "")] == [
        "aze",
        "geo",
        "chi",
        "ota",
        "",
        "",
    ]


def test_a_name_begins_as_its_language_writes_it():
    assert language_name("eng", "az") == "İngilis"
    assert language_name("geo", "ka")[0] == "ქ"


def test_every_language_of_iso_639_2_that_has_two_letters(shared):
    path = shared / "data" / "codes" / "iso_639-2.json.gz"
    if not path.exists():
        pytest.skip("ISO 639-2 is not among the shared test data")
    rows = json.loads(gzip.decompress(path.read_bytes()))["639-2"]
    expected = {row.get("bibliographic", row["alpha_3"]): row["alpha_2"] for row in rows if "alpha_2" in row}
    assert {code: language_tag(code) for code in expected} == expected


def test_the_list_for_choosing_is_in_alphabetical_order():
    with translation.override("az"):
        names = [name for _code, name in language_choices()]
    assert names.index("Çex") > names.index("Buryat") if "Buryat" in names else True
    assert names.index("İngilis") < names.index("Kurd" if "Kurd" in names else "Qazax")
    assert len(names) == len({code for code, _name in language_choices()}) > 180


@pytest.mark.parametrize(
    ("code", "iso", "english"),
    [
        ("aj ", "AZ", "Azerbaijan"),
        ("gs", "GE", "Georgia"),
        ("kz#", "KZ", "Kazakhstan"),
        ("nyu", "US", "United States"),
        ("enk", "GB", "United Kingdom"),
        ("onc", "CA", "Canada"),
        ("xxr", "SU", "Soviet Union"),
        ("uzr", "UZ", "Uzbekistan"),
        ("rb", "RS", "Serbia"),
    ],
)
def test_countries_of_publication(code, iso, english):
    assert marc_country(code) == iso
    assert country_name(iso, "en") == english


def test_unknown_countries():
    assert [marc_country(code) for code in ("", "xx", "|||", "qq", "zzz", "toolong")] == [""] * 6
    assert country_name("QQ") == "QQ"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name(shared, language):
    path = shared / "data" / "codes" / "iso_3166-1.json.gz"
    if not path.exists():
        pytest.skip("ISO 3166 is not among the shared test data")
    for row in json.loads(gzip.decompress(path.read_bytes()))["3166-1"]:
        assert country_name(row["alpha_2"], language) != row["alpha_2"]
