"""Fields 880 are paired with the fields they repeat in another script."""

import pytest

from catalog_pages.marc.building import MarcBuilder
from catalog_pages.marc.iso2709 import parse
from catalog_pages.marc.mapping import record_fields
from catalog_pages.marc.vernacular import own_scripts


def marc(*fields):
    builder = MarcBuilder("m1")
    builder.fixed(year="1990", language="rus")
    for tag, indicators, subfields in fields:
        builder.add(tag, indicators, **subfields)
    return parse(builder.iso2709())


TITLE = ("245", "10", {"6": "880-02", "a": "Voĭna i mir :", "b": "roman /", "c": "L.N. Tolstoĭ."})
OWN_TITLE = ("880", "10", {"6": "245-02/(N", "a": "Война и мир :", "b": "роман /", "c": "Л.Н. Толстой."})


def test_title_and_responsibility_are_paired():
    pairs = own_scripts(marc(TITLE, OWN_TITLE))
    assert pairs == {"Voĭna i mir": "Война и мир", "roman": "роман", "L.N. Tolstoĭ": "Л.Н. Толстой"}


@pytest.mark.parametrize(
    ("tag", "romanised", "own", "column"),
    [
        (
            "100",
            {"a": "Tolstoĭ, Lev,", "d": "1828-1910."},
            {"a": "Толстой, Лев,", "d": "1828-1910."},
            "authors",
        ),
        ("700", {"a": "Maude, A."}, {"a": "Мод, А."}, "authors"),
        ("250", {"a": "Izd. 2-e."}, {"a": "Изд. 2-е."}, "edition"),
        ("264", {"b": "Nauka,"}, {"b": "Наука,"}, "publisher"),
        ("490", {"a": "Biblioteka ;", "v": "3"}, {"a": "Библиотека ;", "v": "3"}, "series"),
        ("500", {"a": "Primechanie."}, {"a": "Примечание."}, "notes"),
        ("650", {"a": "Istorii︠a︡", "z": "Rossii︠a︡"}, {"a": "История", "z": "Россия"}, "subjects"),
    ],
)
def test_the_texts_are_those_of_the_columns(tag, romanised, own, column):
    record = marc(
        ("245", "00", {"a": "T"}),
        (tag, " 1", {"6": "880-07"} | romanised),
        ("880", " 1", {"6": f"{tag}-07/(N"} | own),
    )
    value = record_fields(record)[column]
    shown = value[0] if isinstance(value, list) else value
    assert own_scripts(record)[shown] != shown


@pytest.mark.parametrize(
    "fields",
    [
        (TITLE,),
        (OWN_TITLE, ("245", "10", {"a": "Voĭna i mir"})),
        (TITLE, ("880", "10", {"6": "245-03/(N", "a": "Другое"})),
        (("245", "10", {"6": "880-00", "a": "A"}), ("880", "10", {"6": "245-00", "a": "Б"})),
        (("245", "10", {"6": "nonsense", "a": "A"}), ("880", "10", {"6": "", "a": "Б"})),
    ],
    ids=["no other", "no link", "another number", "unlinked", "nonsense"],
)
def test_what_does_not_belong_together_is_not_paired(fields):
    assert own_scripts(marc(*fields)) == {}
