"""UNIMARC, RUSMARC and IRBIS: which rules a record follows, and the columns that come of it."""

import pytest

from catalog_pages.importing import Options, prepare
from catalog_pages.marc.formats import format_of
from catalog_pages.marc.irbis import LEADER as IRBIS_LEADER
from catalog_pages.marc.irbis import field
from catalog_pages.marc.iso2709 import build, parse
from catalog_pages.marc.reading import RawRecord
from catalog_pages.marc.vernacular import own_scripts
from tests.factories.catalog_pages import marc

CODED = ("100", "  $a20200101d1928    m  y0rusy50      ca")
TITLE = ("200", "1 $aДвенадцать стульев$dOn iki stul$eроман$fИ. Ильф$gхудож. М. Черемных")


def unimarc(*fields, leader="00000nam0 2200000   450 "):
    return build(leader, [(tag, text.replace("$", "\x1f").encode()) for tag, text in (("001", "1"), *fields)])


def columns(*fields, **leader):
    found = prepare(RawRecord(1, 0, unimarc(*fields, **leader)), Options())
    assert found.marc.format == "unimarc"
    return found.fields


def irbis(*fields):
    delivered = [field(*line.split(" ", 1)) for line in ("920 PAZK", "903 84/И", *fields)]
    return prepare(
        RawRecord(1, 0, b"x", leader=IRBIS_LEADER, fields=delivered, encoding="utf-8", format="irbis"),
        Options(),
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (marc(), "marc21"),
        (unimarc(CODED, TITLE), "unimarc"),
        (unimarc(TITLE), "unimarc"),
        (unimarc(TITLE, ("920", "  $*PAZK"), ("907", "  $a1")), "irbis"),
        (unimarc(("245", "10$aTitle"), ("200", "  $aLocal")), "marc21"),
        (unimarc(("245", "10$aTitle"), ("920", "  $aLocal"), ("999", "  $a1")), "marc21"),
    ],
)
def test_the_rules_are_told_by_the_fields(data, expected):
    assert format_of(parse(data)) == expected


@pytest.mark.parametrize(
    ("fields", "column", "expected"),
    [
        ([TITLE], "title", "Двенадцать стульев"),
        ([TITLE], "subtitle", "роман"),
        ([TITLE], "statement", "И. Ильф ; худож. М. Черемных"),
        ([TITLE], "variant_titles", ["On iki stul"]),
        ([TITLE], "year", 1928),
        ([("200", "1 $aТруды$hВып. 3$iИстория")], "title", "Труды. Вып. 3. История"),
        ([TITLE, ("700", " 1$aИльф$bИ. А.$gИлья Арнольдович$f1897-1937")], "authors",
         ["Ильф, Илья Арнольдович, 1897-1937"]),
        ([TITLE, ("700", " 1$aИльф$bИ."), ("701", " 1$aПетров$bЕ.")], "authors", ["Ильф, И.", "Петров, Е."]),
        ([TITLE, ("101", "1 $arus$cfre")], "languages", ["rus"]),
        ([TITLE, ("210", "  $a[Баку]$cЯзычы$d1984")], "place", "Баку"),
        ([TITLE, ("210", "  $aБаку$cЯзычы$d1984")], "publisher", "Язычы"),
        ([TITLE, ("215", "  $a320 с.$cил.$d21 см")], "extent", "320 с. ил. 21 см"),
        ([TITLE, ("225", "1 $aКлассики$vт. 2")], "series", "Классики ; т. 2"),
        ([TITLE, ("010", "  $a5-86150-048-7$d10 р.")], "isbns", ["5861500487"]),
        ([TITLE, ("011", "  $a0130-1640")], "issns", ["0130-1640"]),
        ([TITLE, ("675", "  $a821.161.1")], "class_scheme", "udc"),
        ([TITLE, ("686", "  $a84(2)$2rubbk")], "class_scheme", "bbk"),
        ([TITLE, ("606", "1 $aРоманы$xИстория$yРоссия$zXX в.")], "subjects", ["Романы — История — Россия — XX в."]),
        ([TITLE, ("610", "0 $aсатира$aюмор")], "subjects", ["сатира", "юмор"]),
        ([TITLE, ("300", "  $aНа обл. авт. не указан")], "notes", ["На обл. авт. не указан"]),
        ([TITLE, ("327", "1 $aОдин$aДва")], "contents", "Один\nДва"),
        ([TITLE, ("856", "4 $uhttps://example.org/x")], "links", [{"url": "https://example.org/x", "text": ""}]),
        ([("200", "1 $v2"), ("461", " 0$12001 $aСобрание сочинений")], "title", "Собрание сочинений. 2"),
    ],
)  # fmt: skip
def test_columns_of_unimarc(fields, column, expected):
    assert columns(CODED, *fields)[column] == expected


@pytest.mark.parametrize(
    ("leader", "material"),
    [
        ("am", "book"),
        ("as", "periodical"),
        ("aa", "article"),
        ("em", "map"),
        ("lm", "electronic"),
        ("gm", "video"),
    ],
)
def test_kinds_of_material(leader, material):
    assert columns(CODED, TITLE, leader=f"00000n{leader}0 2200000   450 ")["material"] == material


def test_an_article_of_irbis_says_where_it_stands():
    article = prepare(
        RawRecord(1, 0, b"x", leader=IRBIS_LEADER, encoding="utf-8", format="irbis", fields=[
            field("920", "ASP"), field("200", "^AПередовые охотники"),
            field("463", "^CВосточно-Сибирская правда^J1942^H№ 14^SС. 2"),
        ]), Options(),
    )  # fmt: skip
    assert article.fields["title"] == "Передовые охотники"
    assert article.fields["material"] == "article"
    assert article.fields["notes"] == ["// Восточно-Сибирская правда. — 1942. — № 14. — С. 2"]
    assert article.fields["year"] == 1942


def test_a_book_of_irbis_with_its_copies():
    found = irbis(
        "200 ^AЛевиафан^Fред. И. В. Захаров", "700 ^AАкунин^BБ.^GБорис", "10 ^a5-8159-0095-8", "621 84Р1-44",
        "910 ^A0^B544374^DОФ^E12,50", "910 ^A1^B544375^DОФ", "910 ^A6^B1^DОФ", "910 ^AU^DУЧ^125",
    )  # fmt: skip
    assert found.control_number == "84/И"
    assert found.fields["authors"] == ["Акунин, Борис"]
    assert (found.fields["class_scheme"], found.fields["class_number"]) == ("bbk", "84Р1-44")
    assert [item.status for item in found.holdings[:3]] == ["available", "on_loan", "withdrawn"]
    assert len(found.holdings) == 3 + 25
    assert {item.branch for item in found.holdings} == {"оф", "уч"}


LATIN = ("200", "1 $6a01$7ba$aDvenadtsat stulev$eroman$fI. Ilf")
CYRILLIC = ("200", "1 $6a01$7ca$aДвенадцать стульев$eроман$fИ. Ильф")


@pytest.mark.parametrize("script", ["$7{}", "$7{}0y", "$7ba0y{}0y", ""])
@pytest.mark.parametrize("link", ["a02", "a02701", "a02/701"])
def test_fields_in_two_scripts_are_one_and_stand_side_by_side(script, link):
    fields = [
        LATIN, CYRILLIC, ("210", "  $6a03$7ba$aMoskva$cNauka$d1928"), ("210", "  $6a03$7ca$aМосква$cНаука$d1928"),
        ("701", f" 1$6{link}{script.format('ba')}$aIlf$bI."), ("701", f" 1$6{link}{script.format('ca')}$aИльф$bИ."),
        ("701", " 1$aPetrov$bE."), ("300", "  $6a00$7ba$aNote"),
        ("606", "0 $6z09$aSatire"), ("606", "0 $6z09$aСатира"),
    ]  # fmt: skip
    found = columns(CODED, *fields)
    assert found["title"] == "Dvenadtsat stulev" and "Двенадцать стульев" in found["variant_titles"]
    assert found["authors"] == ["Ilf, I.", "Petrov, E."]
    assert found["variant_authors"] == ["Ильф, И."]
    assert found["subjects"] == ["Satire", "Сатира"]
    whole = parse(unimarc(CODED, *fields))
    whole.format = "unimarc"
    pairs = own_scripts(whole)
    assert pairs["Dvenadtsat stulev"] == "Двенадцать стульев" and pairs["roman"] == "роман"
    assert pairs["Moskva"] == "Москва" and pairs["Nauka"] == "Наука"
    assert pairs.get("Ilf, I.") == "Ильф, И."


def test_a_field_in_another_script_whose_other_is_missing_stays():
    found = columns(CODED, CYRILLIC, ("700", " 1$6a05$7ca$aИльф$bИ."))
    assert (found["title"], found["authors"]) == ("Двенадцать стульев", ["Ильф, И."])


@pytest.mark.parametrize(
    ("fields", "group"),
    [
        ([("100", "  $a20200101d1965    b  y0rusy50      ca")], "0-6"),
        ([("100", "  $a20200101d1965    ad y0rusy50      ca")], "11-14"),
        ([("100", "  $a20200101d1965    m  y0rusy50      ca")], ""),
        ([("100", "  $a20200101d1965    k  y0rusy50      ca"), ("333", "  $a12+")], "11-14"),
        ([("333", "  $aDla nauchnykh rabotnikov")], ""),
        ([("100", "  $a20200101d1965    a  y0rusy50      ca")], "0-14"),
        ([("100", "  $a20200101d1965    ak y0rusy50      ca"), ("333", "  $a12+")], "11-14"),
        ([("333", "  $aДля среднего и старшего школьного возраста")], "11-14"),
    ],
)
def test_age_group(fields, group):
    coded = [] if fields[0][0] == "100" else [CODED]
    assert columns(*coded, TITLE, *fields)["age_group"] == group


@pytest.mark.parametrize(
    ("field", "part"),
    [
        (("463", " 0$tJournal$j2004$vNo 3$sp. 5-9"), "2004, No 3, p. 5-9"),
        (("463", " 0$12001 $aJournal$vNo 3"), "No 3"),
        (("461", " 0$tJournal"), ""),
    ],
)
def test_where_in_its_host_an_article_stands(field, part):
    assert columns(CODED, TITLE, field, leader="00000naa0 2200000   450 ")["host_part"] == part
