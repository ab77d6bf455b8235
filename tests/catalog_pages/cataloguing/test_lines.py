import pytest

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.lines import from_lines, to_lines
from catalog_pages.marc.building import MarcBuilder

GOOD = "245 10 $aTitle$bRest"


@pytest.fixture
def marc() -> EditableMarc:
    builder = MarcBuilder("m1")
    builder.fixed(year="1990", language="aze")
    builder.add("245", "10", a="Costs $5", b="or  more")
    builder.add("650", " 4", a="Money")
    return EditableMarc.read(builder.iso2709())


def test_a_record_as_lines_and_back_is_the_same_record(marc):
    text = to_lines(marc, "marc21")
    assert (
        text.startswith("LDR ") and "245 10 $aCosts {dollar}5$bor  more" in text and "650 #4 $aMoney" in text
    )
    again, problems = from_lines(text, marc, "marc21")
    assert problems == []
    assert again.iso2709() == marc.iso2709()


def test_bytes_that_lines_do_not_show_stay_where_the_line_stays(marc):
    marc.fields[-1].raw = b" 4\x1faMon\x0eey"
    again, problems = from_lines(to_lines(marc, "marc21").replace("245 10", "245 00"), marc, "marc21")
    assert not problems and again.fields[-1].raw == b" 4\x1faMon\x0eey"


@pytest.mark.parametrize("blank", ["#", "_", "\\", " "])
def test_a_blank_indicator_may_be_typed_in_several_ways(marc, blank):
    text = to_lines(marc, "marc21") + f"\n500 {blank}{blank} $aNote"
    again, problems = from_lines(text, marc, "marc21")
    assert not problems and again.first("500").indicators == "  "


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("24 10 $aTitle", "tag"),
        ("5000 ## $aNote", "three letters"),
        ("500 ## Note", "two indicators"),
        ("500 $aNote", "two indicators"),
        ("500 ## $a", "empty"),
        ("500 ## $ANote", "small letters"),
        ("500 1# $aNote", "Indicator 1 of 500"),
        ("246 39 $aOther", "Indicator 2 of 246"),
        ("245 10 $aAgain", "Only one field"),
        ("008 short", "40 signs"),
        ("LDR short", "24 signs"),
        ("LDR 00000nxm#a22000005i#4500", "Place 6"),
        ("001 m2", "number of this record"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(marc, line, word):
    text = to_lines(marc, "marc21")
    if line.startswith("001"):
        text = text.replace("001 m1", line)
    else:
        text += f"\n{line}"
    _again, problems = from_lines(text, marc, "marc21")
    assert any(word in problem.text for problem in problems), problems
    assert problems[0].line in (0, len(text.split("\n")))


def test_other_rules_have_other_indicators_and_subfields(marc):
    marc = EditableMarc("00000nam0 2200000   450 ", [("200", b"1 \x1faTitle"), ("A3B", b"  \x1f*guid")])
    text = to_lines(marc, "irbis")
    assert "1119 ## $*guid" in text
    again, problems = from_lines(text + "\n700 z9 $AName", marc, "irbis")
    assert problems == [] and again.first("700").parts == [("A", "Name")]


def test_a_page_of_text_has_an_end(marc):
    _again, problems = from_lines("500 ## $a" + "x" * 300_000, marc, "marc21")
    assert problems and "too long" in problems[0].text
