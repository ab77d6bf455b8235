"""Languages by code and by name."""

import pytest

from search.languages import language_codes


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("aze", "az aze AZ azərbaycan azərbaycanca azerbaycanca азербайджанский Azerbaijani აზერბაიჯანული"),
        ("rus", "ru rus rusca русский Russian орысша ruscha რუსული რუსულად Rusça"),
        ("kaz", "kk kaz қазақша казакша Kazakh казахский Kazakça"),
        ("geo", "ka geo kat ქართული грузинский Georgian gürcü"),
        ("uzb", "uz uzb oʻzbekcha ozbekcha узбекский"),
        ("tur", "tr tur Türkçe turkce турецкий Turkish"),
        ("ger", "de ger deu alman немецкий German"),
        ("eng", "en eng ingilis ingiliscə английский"),
    ],
)
def test_languages_go_by_codes_and_by_names(code, names):
    assert {name: language_codes(name) for name in names.split()} == {name: [code] for name in names.split()}


@pytest.mark.parametrize("name", ["rus dili", "орыс тілі", "rus tili", "русский язык", "Russian language"])
def test_the_word_language_may_stand_behind(name):
    assert language_codes(name) == ["rus"]


@pytest.mark.parametrize(
    ("text", "codes"), [("chg", ["chg"]), ("xx", []), ("", []), ("🙂", []), ("русск", ["rus"])]
)
def test_unknown_names(text, codes):
    assert language_codes(text) == codes
