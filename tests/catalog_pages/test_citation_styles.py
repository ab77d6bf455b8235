"""References in the four styles; the works are made up, their shape is that of the styles' handbooks."""

import pytest

from catalog_pages.citations import in_styles
from catalog_pages.citations.work import Host, Name, host_of
from catalog_pages.models import Record

RUSSIAN = {
    "title": "Сады и люди", "subtitle": "очерки", "authors": ["Лугова, Анна Ивановна, 1950-", "Полев, П. П."],
    "language": "rus", "edition": "2", "place": "Москва", "publisher": "Роща", "year": 2001,
    "extent": "310 с. : ил.",
}  # fmt: skip
AZERBAIJANI = {
    "title": "Bağ", "authors": ["Bağlı, Aytən"], "language": "aze", "edition": "3", "place": "Bakı",
    "publisher": "Çinar", "year": 1999, "extent": "96 s.",
}  # fmt: skip
ENGLISH = {
    "title": "Gardens of towns", "authors": ["Field, Jane", "Wood, Tom", "Lake, Ann", "Hill, Sam"],
    "language": "eng", "edition": "2nd ed.", "place": "London", "publisher": "Grove", "year": 2010,
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            RUSSIAN,
            [
                "Лугова А. И., Полев П. П. Сады и люди : очерки. 2-е изд. Москва : Роща, 2001. 310 с.",
                "Лугова, А. И., & Полев, П. П. (2001). Сады и люди: очерки (2-е изд.). Роща.",
                "Лугова, Анна Ивановна, и П. П. Полев. Сады и люди: очерки. 2-е изд., Роща, 2001.",
                "Лугова, Анна Ивановна, и П. П. Полев. Сады и люди: очерки. 2-е изд. Москва: Роща, 2001.",
            ],
        ),
        (
            AZERBAIJANI,
            [
                "Bağlı A. Bağ. 3-cü nəşr. Bakı : Çinar, 1999. 96 s.",
                "Bağlı, A. (1999). Bağ (3-cü nəşr). Çinar.",
                "Bağlı, Aytən. Bağ. 3-cü nəşr, Çinar, 1999.",
                "Bağlı, Aytən. Bağ. 3-cü nəşr. Bakı: Çinar, 1999.",
            ],
        ),
        (
            ENGLISH,
            [
                "Gardens of towns / J. Field [et al.]. 2nd ed. London : Grove, 2010.",
                "Field, J., Wood, T., Lake, A., & Hill, S. (2010). Gardens of towns (2nd ed.). Grove.",
                "Field, Jane, et al. Gardens of towns. 2nd ed., Grove, 2010.",
                "Field, Jane, Tom Wood, Ann Lake, and Sam Hill. Gardens of towns. 2nd ed. London: Grove, 2010.",
            ],
        ),
        (
            {"title": "Who?", "language": "eng"},
            ["Who?", "Who? (n.d.).", "Who?", "Who? n.p., n.d."],
        ),
    ],
)
def test_a_work_in_every_style(fields, expected):
    assert [str(citation) for citation in in_styles(Record(**fields))] == expected


def test_an_article_names_its_journal():
    record = Record(title="О садах", authors=["Лугова, А. И."], language="rus", year=2003, material="article")
    host = host_of([("773", "0 ", [("t", "Роща. "), ("g", "№ 2. С. 5–9")])])
    assert host == Host("Роща.", "№ 2. С. 5–9")
    gost, apa, mla, chicago = map(str, in_styles(record, host=Host("Роща", "№ 2. С. 5–9")))
    assert gost == "Лугова А. И. О садах // Роща. 2003. № 2. С. 5–9."
    assert apa == "Лугова, А. И. (2003). О садах. Роща, № 2. С. 5–9."
    assert mla == chicago == "Лугова, А. И. “О садах.” Роща, № 2. С. 5–9, 2003."


@pytest.mark.parametrize(
    ("heading", "inverted", "initials"),
    [
        ("Nizami Gəncəvi, 1141-1209", "Nizami Gəncəvi", ""),
        ("Пушкин, Александр Сергеевич, 1799-1837", "Пушкин, Александр Сергеевич", "А. С."),
        ("Field, J.-P.", "Field, J.-P.", "J. P."),
        ("Museum of Gardens (London).", "Museum of Gardens", ""),
        (",", ",", ""),
    ],
)
def test_headings_become_names(heading, inverted, initials):
    name = Name.read(heading)
    assert (name.inverted, name.initials) == (inverted, initials)


@pytest.mark.parametrize(
    ("number", "edition"),
    [("1", "1-ci"), ("6", "6-cı"), ("9", "9-cu"), ("10", "10-cu"), ("40", "40-cı"), ("100", "100-cü")],
)
def test_azerbaijani_numerals_end_as_they_sound(number, edition):
    gost = in_styles(Record(title="Bağ", language="aze", edition=number))[0]
    assert str(gost) == f"Bağ. {edition} nəşr."


def test_what_is_read_on_line_has_its_address():
    record = Record(title="Bağ", language="aze", material="electronic", year=2020)
    for citation in in_styles(record, "https://library.example/az/catalogue/1/"):
        assert str(citation).rstrip(".").endswith("https://library.example/az/catalogue/1/")
