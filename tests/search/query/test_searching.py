"""What formulas find, on both engines: classes, numbers, kinds, languages and years by their names."""

import pytest

from search.generations import rebuild
from search.service import search
from tests.search.corpus import make_document

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def shelf(engine, source):
    documents = [
        make_document(1, "Poeziya", classes=("82-1",), year=1950, language="aze"),
        make_document(2, "Roman", classes=("821.512.162",), year=1960, language="aze"),
        make_document(3, "Novel", classes=("823",), year=1987, language="eng", material="map"),
        make_document(
            4, "Стихи", classes=("84(5Аз)6",), identifiers=("84(5Аз)6", "84(5Аз) Ə50"), language="rus"
        ),
        make_document(5, "Tarix 821", identifiers=("8210001",), year=2001, language="ger"),
    ]
    source.objects = dict(enumerate(documents, start=1))
    rebuild()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("*", {1, 2, 3, 4, 5}),
        ("class:82", {1, 2, 3}),
        ("class:821", {2}),
        ("class:82-1", {1}),
        ("sinif:821.512", {2}),
        ("удк:82*", {1, 2, 3}),
        ("class:[820 TO 829]", {1, 2, 3}),
        ("class:[822 TO 829]", {3}),
        ("ббк:84(5Аз)", {4}),
        ("класс:84(5аз", {4}),
        ("84(5Аз) Ə50", {4}),
        ('"84(5Аз) Ə50"', {4}),
        ("84(5аз) e50", {4}),
        ("821", {5}),
        ("year:1950-1960", {1, 2}),
        ("il:>1960", {3, 5}),
        ("год:-1959", {1}),
        ("növ:xəritə", {3}),
        ("language:rus", {4}),
        ("dil:rusca", {4}),
        ("язык:русский", {4}),
        ("dil:azərbaycanca", {1, 2}),
        ("тіл:немісше", {5}),
        ("poeziya VƏ YA roman", {1, 2}),
        ("class:82 NOT dil:aze", {3}),
        ("class:82 -тіл:eng", {1, 2}),
    ],
)
def test_what_formulas_find(shelf, typed, found):
    assert {int(identity.split(":")[1]) for identity in search(typed).ids} == found
