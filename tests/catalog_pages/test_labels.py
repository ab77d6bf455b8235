import pytest
from django.conf import settings
from django.utils import translation

from catalog_pages.labels import language_name, language_tag, material_name

COMMON = ("aze", "kaz", "geo", "uzb", "tur", "rus", "eng", "ger", "fre", "ara", "per", "chi")


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Georgian"), ("ru", "Грузинский"), ("az", "Gürcü"), ("ka", "ქართული")]
)
def test_a_language_is_named_in_the_language_of_the_page(language, expected):
    with translation.override(language):
        assert language_name("geo") == expected


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("code", COMMON)
def test_common_languages_have_names_everywhere(language, code):
    with translation.override(language):
        assert language_name(code) != code


def test_what_is_not_stated_is_said_in_words():
    assert language_name("") == language_name("und") == "Language not stated"
    assert language_name("mul") == "Several languages"
    assert language_name("qqq") == "qqq"


def test_browsers_get_their_own_tags():
    assert [language_tag(code) for code in ("aze", "geo", "chi", "zzz")] == ["az", "ka", "zh", "zzz"]


def test_an_unknown_material_is_shown_as_it_is():
    assert material_name("book") == "Book"
    assert material_name("hologram") == "hologram"
