"""The form and the MARC: what nobody changes stays byte for byte."""

from dataclasses import replace

import pytest

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.services import new_marc
from catalog_pages.cataloguing.values import Line, apply_values, read_values
from catalog_pages.marc.building import LEADER_TYPES, MarcBuilder
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.files import form_of, read_file
from catalog_pages.marc.iso2709 import parse


@pytest.fixture
def delivered() -> EditableMarc:
    """A record with ISBD punctuation, subfields and fields the form does not know."""
    builder = MarcBuilder("m1")
    builder.fixed(year="1869", language="rus")
    builder.add("020", a="5170001234 (hbk.)", c="10 R")
    builder.add("035", a="(OCoLC)42")
    builder.add("100", "1 ", a="Tolstoy, Leo,", d="1828-1910,", e="author.", **{"0": "(id)7"})
    builder.add("245", "14", a="The war /", c="Leo Tolstoy ; drawings by A. B.")
    builder.add("264", " 1", a="Moscow :", b="Press,", c="1869.")
    builder.add("500", a="First note.")
    builder.add("500", a="Second note.")
    builder.add("650", " 0", a="War", x="Fiction.", z="Russia.", **{"2": "lcsh"})
    builder.add("700", "1 ", a="Drawer, Ann,", e="illustrator.")
    builder.add("887", a="kept as it came")
    return EditableMarc.read(builder.iso2709())


def change(marc, **changes):
    values = read_values(marc)
    singles = {name: value for name, value in changes.items() if name in values.singles}
    groups = {name: value for name, value in changes.items() if name in values.groups}
    coded = {name: value for name, value in changes.items() if name not in singles | groups}
    wanted = replace(
        values, singles={**values.singles, **singles}, groups={**values.groups, **groups},
        coded=replace(values.coded, **coded),
    )  # fmt: skip
    apply_values(marc, wanted, host=None, host_changed=False)


def lines(marc):
    return [(field.tag, field.text.replace("\x1f", "$")) for field in marc.fields]


def differences(before, after):
    return sorted(set(before) ^ set(after))


def test_a_form_that_changes_nothing_changes_no_byte(delivered):
    before = delivered.iso2709()
    change(delivered)
    assert delivered.iso2709() == before


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "The peace"}, [("245", "14$aThe peace /$cLeo Tolstoy ; drawings by A. B.")]),
        ({"subtitle": "a novel"}, [("245", "14$aThe war /$ba novel$cLeo Tolstoy ; drawings by A. B.")]),
        ({"publisher": "Type"}, [("264", " 1$aMoscow :$bType,$c1869.")]),
        ({"place": ""}, [("264", " 1$bPress,$c1869.")]),
        ({"edition": "2nd"}, [("250", "  $a2nd")]),
        ({"languages": ("rus", "eng")}, [("041", "0 $arus$aeng")]),
        ({"class_scheme": "udc", "class_number": "821"}, [("080", "  $a821")]),
        ({"class_scheme": "bbk", "class_number": "84(2)"}, [("084", "  $a84(2)$2bbk")]),
    ],
)
def test_only_the_field_that_was_changed_changes(delivered, changes, expected):
    before = lines(delivered)
    change(delivered, **changes)
    changed = [line for line in lines(delivered) if line not in before]
    assert [line for line in changed if line[0] != "008"] == expected
    assert len({line[0] for line in before} - {line[0] for line in lines(delivered)}) == 0


def test_year_and_age_group_stand_in_008_and_nothing_else_moves(delivered):
    before = lines(delivered)
    change(delivered, year=1870, age_group="7-10")
    assert {line[0] for line in differences(before, lines(delivered))} == {"008"}
    fixed = delivered.control("008")
    assert (fixed[7:11], fixed[22], len(fixed)) == ("1870", "b", 40)
    assert read_values(delivered).coded.age_group == "7-10"


def test_a_heading_changes_its_words_and_keeps_role_and_identifier(delivered):
    names = read_values(delivered).groups["names"]
    change(delivered, names=[replace(names[0], text="Tolstoi, Lev, 1828-1910"), *names[1:]])
    assert ("100", "1 $aTolstoi, Lev,$d1828-1910$eauthor.$0(id)7") in lines(delivered)


def test_subdivisions_keep_their_kind(delivered):
    (subject,) = read_values(delivered).groups["subjects"]
    assert subject.text == "War — Fiction — Russia"
    change(delivered, subjects=[replace(subject, text="Wars — Fiction — Russia")])
    assert ("650", " 0$aWars$xFiction$zRussia$2lcsh") in lines(delivered)


def test_lines_are_added_and_taken_away(delivered):
    groups = read_values(delivered).groups
    first, second = groups["notes"]
    change(
        delivered,
        notes=[replace(first, text=""), second, Line("520", "About the war")],
        names=[*groups["names"], Line("110", "Academy", "publisher")],
    )
    tags = [tag for tag, _text in lines(delivered)]
    assert tags.count("500") == 1 and ("520", "  $aAbout the war") in lines(delivered)
    assert ("710", "2 $aAcademy$epublisher") in lines(delivered)


def test_a_line_another_editor_added_meanwhile_stays(delivered):
    seen = read_values(delivered).groups["notes"]
    delivered.add("500", "  ", [("a", "Added meanwhile")])
    change(delivered, notes=seen)
    assert ("500", "  $aAdded meanwhile") in lines(delivered)


def test_without_its_author_a_record_stands_under_its_title(delivered):
    names = read_values(delivered).groups["names"]
    change(delivered, names=[replace(names[0], text=""), names[1]])
    assert delivered.first("245").indicators == "04"


@pytest.mark.parametrize(
    ("title", "language", "indicators"),
    [("The castle", "eng", "04"), ("A, B, C", "eng", "00"), ("L'été", "fre", "02"), ("The bes", "aze", "00")],
)
def test_the_article_of_a_new_title_does_not_file(title, language, indicators):
    marc = new_marc("book")
    change(marc, title=title, languages=(language,))
    assert marc.first("245").indicators == indicators


@pytest.mark.parametrize(
    "material",
    sorted(LEADER_TYPES),
)
def test_a_new_record_of_each_kind_reads_back_as_it_was_typed(material):
    marc = new_marc(material)
    change(marc, title="A thing", year=2001, languages=("aze",), age_group="0-6")
    values = read_values(marc)
    coded = (values.coded.material, values.coded.year, values.coded.languages, values.coded.age_group)
    assert coded == (material, 2001, ("aze",), "0-6")
    assert values.singles["title"] == "A thing"


def test_kind_of_material_can_be_put_right(delivered):
    change(delivered, material="audio")
    assert read_values(delivered).coded.material == "audio"


MARC_FILES = (".mrc", ".dat", ".marc", ".gz")
REAL = ["pymarc/marc.dat", "pymarc/test.dat", "perl", "evergreen", "gpo", "qa-catalogue", "traject"]


@pytest.mark.slow
@pytest.mark.parametrize("folder", REAL)
def test_no_real_record_is_changed_by_a_form_that_changes_nothing(shared, folder):
    start = shared / "data/marc" / folder
    files = (
        [start]
        if start.is_file()
        else sorted(path for path in start.rglob("*") if path.suffix in MARC_FILES)[:8]
    )
    checked = 0
    for file in files:
        for raw in list(_records(file))[:150]:
            try:
                marc = EditableMarc.read(parse(raw.data).data)
                values = read_values(marc)
            except Rejected:
                continue
            before = [field.raw for field in marc.fields]
            apply_values(marc, values, host=None, host_changed=False)
            changed = [tag.tag for tag, raw in zip(marc.fields, before, strict=True) if tag.raw != raw]
            assert changed == []
            checked += 1
    assert checked


def _records(file):
    form = form_of(file)
    return (raw for raw in read_file(file, form) if raw.reason is None and raw.fields is None)
