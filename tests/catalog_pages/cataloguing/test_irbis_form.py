"""Records of IRBIS through the same form."""

from dataclasses import replace

import pytest

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.irbis_fields import IRBIS
from catalog_pages.cataloguing.values import Line, apply_values, read_values
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.files import form_of, read_file
from catalog_pages.marc.irbis import LEADER, field, text_of_field
from catalog_pages.marc.iso2709 import build
from catalog_pages.models import MarcSource, Record
from catalog_pages.services import WholeMarc, write_marc
from tests.catalog_pages.cataloguing.conftest import add_address, edit_address
from tests.factories.catalog_pages import RecordFactory

TEXT = """920: PAZK
101: rus
101: aze
10: ^A5-86150-048-7^D80
606: ^0src^AWar^BFiction^GRussia
610: ONE
610: two
961: ^4570 Ed^ADrawer^BA.^GAnna
210: ^D[1998]^CPress^AMoscow
215: ^A528^3bound
200: ^VBook 3^AStrange people^Enovels^FV. Writer
621: 63.3(2)
675: 94
333: for ages 7-10
331: About it.
900: ^B03^Ta
700: ^AWriter^BV. M.^GVasil M.
1119: 7ef4c9af
910: ^A0^B175^DF1^E5.00"""


def made(text=TEXT) -> EditableMarc:
    fields = [field(*line.split(": ", 1)) for line in text.split("\n")]
    return EditableMarc.read(build(LEADER, fields))


@pytest.fixture
def delivered() -> EditableMarc:
    return made()


def change(marc, host=None, **changes):
    values = read_values(marc, IRBIS)
    singles = {name: value for name, value in changes.items() if name in values.singles}
    groups = {name: value for name, value in changes.items() if name in values.groups}
    coded = {name: value for name, value in changes.items() if name not in singles | groups}
    wanted = replace(
        values, singles={**values.singles, **singles}, groups={**values.groups, **groups},
        coded=replace(values.coded, **coded),
    )  # fmt: skip
    apply_values(marc, wanted, host=host, host_changed=host is not None, rules=IRBIS)


def lines(marc):
    return [text_of_field(one.tag, one.raw).removeprefix("#") for one in marc.fields]


def test_the_form_reads_what_the_import_reads(delivered):
    values = read_values(delivered, IRBIS)
    assert values.singles["title"] == "Strange people" and values.singles["part_number"] == "Book 3"
    assert values.singles["publisher"] == "Press" and values.singles["date"] == "[1998]"
    coded = values.coded
    assert (coded.material, coded.languages, coded.year) == ("book", ("rus", "aze"), 1998)
    assert (coded.class_scheme, coded.class_number, coded.age_group) == ("bbk", "63.3(2)", "7-10")
    texts = {name: [line.text for line in group] for name, group in values.groups.items()}
    assert texts["names"] == ["Writer, Vasil M.", "Drawer, Anna"]
    assert texts["subjects"] == ["War — Fiction — Russia", "ONE", "two"]
    assert texts["isbns"] == ["5861500487"] and texts["notes"] == ["About it."]


def test_a_form_that_changes_nothing_changes_no_byte(delivered):
    before = delivered.iso2709()
    change(delivered)
    assert delivered.iso2709() == before


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Others"}, "200: ^VBook 3^AOthers^Enovels^FV. Writer"),
        ({"publisher": "Type"}, "210: ^D[1998]^CType^AMoscow"),
        ({"edition": "2nd"}, "205: ^A2nd"),
        ({"details": "maps"}, "215: ^A528^3bound^Cmaps"),
        ({"year": 1999}, "210: ^D1999^CPress^AMoscow"),
        ({"age_group": "11-14"}, "333: 11-14"),
        ({"age_group": "0-14"}, "333: 0-14"),
        ({"class_number": "84"}, "621: 84"),
        ({"material": "map"}, "900: ^B03^Te"),
    ],
)
def test_only_the_field_that_was_changed_changes(delivered, changes, expected):
    before = lines(delivered)
    change(delivered, **changes)
    assert [line for line in lines(delivered) if line not in before] == [expected]
    for name, value in changes.items():
        values = read_values(delivered, IRBIS)
        assert value in (values.singles.get(name), getattr(values.coded, name, None))


@pytest.mark.parametrize(
    ("changes", "gone"),
    [
        ({"age_group": ""}, "333"),
        ({"languages": ("rus",)}, "101: aze"),
        ({"class_scheme": "", "class_number": ""}, "621"),
    ],
)
def test_what_is_emptied_goes(delivered, changes, gone):
    before = lines(delivered)
    change(delivered, **changes)
    (line,) = [line for line in before if line not in lines(delivered)]
    assert line.startswith(gone)
    for name, value in changes.items():
        if not name.startswith("class"):  # another class number is still there
            assert getattr(read_values(delivered, IRBIS).coded, name) == value


def test_lines_are_written_as_irbis_has_them(delivered):
    groups = {name: list(lines) for name, lines in read_values(delivered, IRBIS).groups.items()}
    names, subjects = groups["names"], groups["subjects"]
    names[0] = replace(names[0], text="Author, Vasil Maks")
    subjects[0] = replace(subjects[0], text="Peace — Fiction — Russia")
    subjects[1] = replace(subjects[1], text="")
    change(
        delivered,
        names=[*names, Line("700", "Other, Nina"), Line("710", "Academy")],
        subjects=[*subjects, Line("610", "three"), Line("606", "Life — Art")],
        notes=[*groups["notes"], Line("300", "A note")], links=[Line("951", "https://x.org/", "Text")],
    )  # fmt: skip
    written = lines(delivered)
    for line in (
        "700: ^AAuthor^BV. M.^GVasil Maks", "701: ^AOther^BN.^GNina", "606: ^0src^APeace^BFiction^GRussia",
        "606: ^ALife^BArt", "610: three", "610: two", "300: A note", "951: ^Ihttps://x.org/^TText",
        "961: ^4570 Ed^ADrawer^BA.^GAnna",
    ):  # fmt: skip
        assert line in written, written
    assert "610: ONE" not in written and any(line.startswith("711: ^AAcademy") for line in written)


@pytest.mark.parametrize(("scheme", "line"), [("udc", "675: 94"), ("ddc", "676: ^A94"), ("bbk", "621: 94")])
def test_a_class_number_stands_in_the_field_of_its_scheme(scheme, line):
    marc = made("920: PAZK\n200: ^ATitle\n907: ^A2020")
    change(marc, class_scheme=scheme, class_number="94")
    assert line in lines(marc)
    assert read_values(marc, IRBIS).coded.class_scheme == scheme


def test_small_letters_stay_small():
    marc = made("920: PAZK\n200: ^aTitle\n907: ^a2020")
    change(marc, subtitle="rest", edition="1")
    assert "200: ^aTitle^erest" in lines(marc) and "205: ^a1" in lines(marc)


@pytest.mark.parametrize(
    "kind",
    ["book", "periodical", "article", "map", "score", "audio", "video", "electronic", "picture", "object"],
)
@pytest.mark.parametrize("sheet", ["PAZK", "ASP", "J", "SPEC"])
def test_kind_of_material_can_be_put_right(kind, sheet):
    marc = made(f"920: {sheet}\n200: ^ATitle\n907: ^A2020")
    change(marc, material=kind)
    assert read_values(marc, IRBIS).coded.material == kind
    assert ("920: SPEC" in lines(marc)) == (sheet == "SPEC" and kind not in ("periodical", "article"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "written"),
    [
        ("2026, № 14, с. 3", "^J2026^H№ 14^Sс. 3"), ("2026, 14 may", "^J2026^H14 may"), ("№ 5", "^H№ 5"),
        ("2026, yanvar, № 3, s. 4-5", "^J2026^Hyanvar, № 3^Ss. 4-5"),
    ],
)  # fmt: skip
def test_an_article_says_its_host_in_463(part, written):
    host = RecordFactory(title="Journal", issns=["0378-5955"], control_number="j1")
    marc = made("920: ASP\n200: ^AArticle\n907: ^A2020")
    change(marc, host=host, host_part=part)
    assert f"463: ^CJournal^X0378-5955^Wj1{written}" in lines(marc)
    assert read_values(marc, IRBIS).coded.host_part == part


@pytest.mark.django_db
def test_staff_change_a_record_of_irbis_in_the_form_and_copy_it(cataloguer, fill):
    record = RecordFactory(title="Strange people", control_number="i1")
    write_marc([record], [WholeMarc(made().iso2709(), "x", format="irbis")])
    assert fill(edit_address(record), subtitle="tales", confirmed="").status_code == 302
    record.refresh_from_db()
    assert (record.title, record.subtitle, record.publisher) == ("Strange people", "tales", "Press")
    kept = MarcSource.objects.get()
    assert kept.format == "irbis" and b"\x1fB03\x1fTa" in kept.iso2709
    assert fill(add_address("book", f"?copy={record.pk}"), title="New edition").status_code == 302
    assert Record.objects.get(title="New edition").publisher == "Press"


def test_no_real_record_is_changed_by_a_form_that_changes_nothing(shared):
    checked = 0
    for name in ("irbis32/ibis.mst", "text/records.txt", "text/record.txt"):
        file = shared / "data/marc/irbis" / name
        for raw in read_file(file, form_of(file)):
            try:
                marc = EditableMarc(raw.leader, raw.fields)
                values = read_values(marc, IRBIS)
            except Rejected:
                continue
            before = [one.raw for one in marc.fields]
            apply_values(marc, values, host=None, host_changed=False, rules=IRBIS)
            assert [one.raw for one in marc.fields] == before
            checked += 1
    assert checked > 200
