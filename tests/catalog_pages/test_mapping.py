"""From MARC21 fields to the columns of a record."""

import doctest

import pytest

from catalog_pages.marc import mapping
from catalog_pages.marc.errors import Reason, Rejected
from catalog_pages.marc.iso2709 import build, parse
from catalog_pages.marc.mapping import clean, nonfiling_title, record_fields

LEADER = "00000nam a22000005i 4500"
FIXED = "000000s1987    xx            000 0 aze d"


def mapped(*fields, leader=LEADER, fixed=FIXED):
    given = [(tag, text.replace("$", "\x1f").encode()) for tag, text in fields]
    if not any(tag == "245" for tag, _text in given):
        given.append(("245", b"10\x1faTitle"))
    return record_fields(parse(build(leader, [("008", fixed.encode()), *given])))


@pytest.mark.parametrize(
    ("fields", "column", "expected"),
    [
        ([("245", "10$aWar and peace :$ba novel /$cLeo Tolstoy.")], "title", "War and peace"),
        ([("245", "10$aWar and peace :$ba novel /$cLeo Tolstoy.")], "subtitle", "a novel"),
        ([("245", "10$aWar and peace :$ba novel /$cLeo Tolstoy.")], "statement", "Leo Tolstoy"),
        ([("245", "10$aWorks.$nVol. 2,$pPlays /")], "title", "Works. Vol. 2, Plays"),
        ([("245", "00$kPapers,$f1905.")], "title", "Papers, 1905"),
        ([("246", "3 $aOther title"), ("240", "10$aUniform")], "variant_titles", ["Uniform", "Other title"]),
        ([("880", "10$6245-01$aНазвание /")], "variant_titles", ["Название"]),
        (
            [("100", "1 $aTolstoy, Leo,$cgraf,$d1828-1910."), ("700", "1 $aMaude, A.$tLife")],
            "authors",
            ["Tolstoy, Leo, graf, 1828-1910", "Maude, A."],
        ),
        ([("880", "1 $6100-01$aТолстой, Лев,")], "variant_authors", ["Толстой, Лев"]),
        ([("110", "2 $aAkademiya.$bNəşriyyat.")], "authors", ["Akademiya. Nəşriyyat"]),
        ([("041", "1 $aaze$arus$hfre")], "languages", ["aze", "rus"]),
        ([("041", "1 $arusaze")], "languages", ["aze", "rus"]),
        ([("264", " 4$c©1990"), ("264", " 1$aBakı :$bGənclik,$c1988.")], "place", "Bakı"),
        ([("260", "  $a[Baku] :$bYazıçı,$c1988.")], "place", "Baku"),
        ([("260", "  $aBaku :$bYazıçı,$c1988.")], "publisher", "Yazıçı"),
        ([("260", "  $aBaku :$bYazıçı,$cc1988.")], "year_text", "c1988"),
        ([("250", "  $a2nd ed. /")], "edition", "2nd ed."),
        ([("300", "  $a350 p. :$bill. ;$c24 cm")], "extent", "350 p. : ill. ; 24 cm"),
        ([("490", "1 $aLibrary ;$v5"), ("830", " 0$aLibrary, 5")], "series", "Library ; 5"),
        ([("020", "  $a978-5-901202-50-0 (pbk.)"), ("020", "  $abroken"), ("020", "  $z0520223020")], "isbns",
         ["9785901202500"]),
        ([("020", "  $a052022302x :$c$5")], "isbns", ["052022302X"]),
        ([("022", "  $a03785955")], "issns", ["0378-5955"]),
        ([("082", "04$a894.361/3$222")], "class_number", "894.3613"),
        ([("080", "  $a821.512")], "class_scheme", "udc"),
        ([("084", "  $a84(5Аз)$2rubbk")], "class_scheme", "bbk"),
        ([("084", "  $a11.22$2other")], "class_scheme", ""),
        ([("650", " 0$aPoetry$xHistory$y20th century."), ("650", " 7$aPoetry$xHistory$y20th century.$2x")],
         "subjects", ["Poetry — History — 20th century"]),
        ([("600", "10$aNizami Gəncəvi,$d1141-1209$vBio")], "subjects", ["Nizami Gəncəvi, 1141-1209 — Bio"]),
        ([("500", "  $aA note."), ("520", "  $aSummary.")], "notes", ["A note", "Summary"]),
        ([("505", "0 $aOne -- Two.")], "contents", "One -- Two"),
        ([("856", "41$uhttps://example.org/a$yRead"), ("856", "4 $ujavascript:alert(1)")], "links",
         [{"url": "https://example.org/a", "text": "Read"}]),
    ],
)  # fmt: skip
def test_columns(fields, column, expected):
    assert mapped(*fields)[column] == expected


@pytest.mark.parametrize(
    ("leader_type", "form", "material"),
    [
        ("am", " ", "book"), ("as", " ", "periodical"), ("ab", " ", "article"), ("aa", " ", "article"),
        ("am", "o", "electronic"), ("em", " ", "map"), ("cm", " ", "score"), ("jm", " ", "audio"),
        ("gm", " ", "video"), ("km", " ", "picture"), ("mm", " ", "electronic"), ("tm", " ", "manuscript"),
        ("rm", " ", "object"), ("?m", " ", "book"),
    ],
)  # fmt: skip
def test_material(leader_type, form, material):
    fixed = FIXED[:23] + form + FIXED[24:]
    leader = LEADER[:6] + leader_type + LEADER[8:]
    assert mapped(leader=leader, fixed=fixed)["material"] == material


@pytest.mark.parametrize(
    ("coded", "printed", "year"),
    [
        ("1987", "", 1987), ("19uu", "c1988.", 1988), ("uuuu", "[1975?]", 1975), ("9999", "2001", 2001),
        ("    ", "s.a.", None), ("0000", "12345", None), ("0988", "", 988),
    ],
)  # fmt: skip
def test_year(coded, printed, year):
    fixed = f"{FIXED[:7]}{coded}{FIXED[11:]}"
    assert mapped(("260", f"  $c{printed}"), fixed=fixed)["year"] == year


@pytest.mark.parametrize("fixed", ["", "short", FIXED[:35] + "|||" + FIXED[38:], FIXED[:35] + "und d"])
def test_no_language(fixed):
    assert mapped(fixed=fixed)["language"] == ""


@pytest.mark.parametrize(
    ("leader", "fields", "reason"),
    [
        (LEADER, [("001", b"1")], Reason.NO_TITLE),
        (LEADER, [("245", b"10\x1fa /")], Reason.NO_TITLE),
        (LEADER, [("200", b"1 \x1faTitre")], Reason.NO_TITLE),
        (LEADER.replace("nam", "nz "), [("150", b"  \x1faSubject")], Reason.NOT_BIBLIOGRAPHIC),
    ],
)
def test_what_is_no_catalogue_record_is_rejected(leader, fields, reason):
    with pytest.raises(Rejected) as caught:
        record_fields(parse(build(leader, fields)))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("indicator", "title", "filed"),
    [("4", "The end", "end"), ("0", "The end", "The end"), ("9", "End", "End"), (" ", "End", "End")],
)
def test_articles_do_not_count_in_order(indicator, title, filed):
    record = parse(build(LEADER, [("245", f"1{indicator}\x1fa{title}".encode())]))
    assert nonfiling_title(record, title) == filed


def test_examples_in_the_documentation():
    assert doctest.testmod(mapping).failed == 0


@pytest.mark.parametrize("text", ["", ".", " / ", "...", "A.", "etc."])
def test_cleaning_survives_anything(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("leader_type", "coded", "note", "group"),
    [
        ("am", "a", "", "0-6"),
        ("am", "b", "", "7-10"),
        ("am", "c", "", "11-14"),
        ("am", "d", "", "15-18"),
        ("am", "j", "", "0-14"),  # children of any age, where nothing is more exact (A38)
        ("am", "j", "  $aFor teachers.", "0-14"),
        ("am", "j", "1 $aДля младшего школьного возраста.", "7-10"),
        ("am", " ", "  $aFor children.", "0-14"),
        ("am", " ", "  $aUşaqlar üçün", "0-14"),
        ("am", " ", "8 $aДля детей дошкольного возраста", "0-6"),
        ("am", " ", "  $aFor parents of children", ""),
        ("am", "e", "  $aAdults", ""),
        ("as", "j", "", ""),
        ("am", "j", "1 $aAges 7-10.", "7-10"),
        ("am", " ", "1 $a011-014", "11-14"),
        ("am", " ", "  $a12+", "11-14"),
        ("am", " ", "8 $a0-3", "0-6"),
        ("am", " ", "  $a18+", ""),
        ("am", " ", "0 $a3.1", ""),  # a level of reading
        ("am", " ", "2 $a7", ""),  # a grade at school
        ("am", " ", "  $aFor teachers, 1990 edition", ""),
        ("as", "b", "", ""),  # there 008/22 is something else
        ("as", " ", "1 $a7-10", "7-10"),
        ("em", "b", "", ""),
    ],
)
def test_age_group(leader_type, coded, note, group):
    fixed = FIXED[:22] + coded + FIXED[23:]
    leader = LEADER[:6] + leader_type + LEADER[8:]
    fields = [("521", note)] if note else []
    assert mapped(*fields, leader=leader, fixed=fixed)["age_group"] == group


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ([("773", "0 $tJournal$g2026, no. 3, p. 5-9.")], "2026, no. 3, p. 5-9"),
        ([("773", "0 $tJournal"), ("773", "0 $gno. 1")], "no. 1"),
        ([], ""),
    ],
)
def test_where_in_its_host_an_article_stands(fields, part):
    assert mapped(*fields)["host_part"] == part
