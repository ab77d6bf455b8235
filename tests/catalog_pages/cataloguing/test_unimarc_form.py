"""Records in UNIMARC and RUSMARC through the same form."""

from dataclasses import replace

import pytest

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.unimarc_fields import UNIMARC
from catalog_pages.cataloguing.values import Line, apply_values, read_values
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.files import form_of, read_file
from catalog_pages.marc.formats import format_of
from catalog_pages.marc.iso2709 import build, parse
from tests.factories.catalog_pages import RecordFactory

FIELDS = [
    ("001", "r1"),
    ("010", "  \x1fa5-17-000123-4\x1fd10 R"),
    ("100", "  \x1fa20200101d1965    m  y0rusy50      ca"),
    ("101", "1 \x1farus\x1fceng"),
    ("200", "1 \x1fa\x98The\x9c war\x1fenovel\x1ffL. Tolstoy"),
    ("210", "  \x1faMoscow\x1fcPress\x1fd1965"),
    ("300", "  \x1faFirst note"),
    ("606", "1 \x1faWar\x1fxFiction\x1fyRussia\x1f2rubbk"),
    ("610", "0 \x1faone\x1fatwo"),
    ("675", "  \x1fa821.161.1\x1fv4"),
    ("700", " 1\x1faTolstoy\x1fbL. N.\x1fgLev Nikolaevich\x1ff1828-1910\x1f4070"),
    ("702", " 1\x1faDrawer\x1fbA.\x1f4440"),
    ("801", " 0\x1faRU\x1fbRSL"),
]


@pytest.fixture
def delivered() -> EditableMarc:
    data = build("00000nam a2200000   450 ", [(tag, text.encode()) for tag, text in FIELDS])
    return EditableMarc.read(data)


def change(marc, host=None, **changes):
    values = read_values(marc, UNIMARC)
    singles = {name: value for name, value in changes.items() if name in values.singles}
    groups = {name: value for name, value in changes.items() if name in values.groups}
    coded = {name: value for name, value in changes.items() if name not in singles | groups}
    wanted = replace(
        values, singles={**values.singles, **singles}, groups={**values.groups, **groups},
        coded=replace(values.coded, **coded),
    )  # fmt: skip
    apply_values(marc, wanted, host=host, host_changed=host is not None, rules=UNIMARC)


def lines(marc):
    return [(field.tag, field.raw.decode().replace("\x1f", "$")) for field in marc.fields]


def test_a_form_that_changes_nothing_changes_no_byte(delivered):
    before = delivered.iso2709()
    change(delivered)
    assert delivered.iso2709() == before


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"subtitle": "a novel"}, ("200", "1 $a\x98The\x9c war$ea novel$fL. Tolstoy")),
        ({"part_number": "2"}, ("200", "1 $a\x98The\x9c war$h2$enovel$fL. Tolstoy")),
        ({"publisher": "Type"}, ("210", "  $aMoscow$cType$d1965")),
        ({"languages": ("rus", "aze")}, ("101", "1 $arus$aaze$ceng")),
        ({"year": 1966}, ("100", "  $a20200101d1966    m  y0rusy50      ca")),
        ({"age_group": "11-14"}, ("100", "  $a20200101d1965    d  y0rusy50      ca")),
        ({"age_group": "0-14"}, ("100", "  $a20200101d1965    a  y0rusy50      ca")),
        ({"class_number": "821"}, ("675", "  $a821$v4")),
        ({"class_scheme": "ddc", "class_number": "891.7"}, ("676", "  $a891.7")),
        ({"class_scheme": "bbk", "class_number": "84"}, ("686", "  $a84$2rubbk")),
    ],
)
def test_only_the_field_that_was_changed_changes(delivered, changes, expected):
    before = lines(delivered)
    change(delivered, **changes)
    changed = [line for line in lines(delivered) if line not in before]
    assert changed == [expected]
    for name, value in changes.items():
        values = read_values(delivered, UNIMARC)
        assert value in (values.singles.get(name), getattr(values.coded, name, None))


def test_names_are_written_with_initials_and_what_they_stand_for(delivered):
    names = list(read_values(delivered, UNIMARC).groups["names"])
    assert [line.text for line in names] == ["Tolstoy, Lev Nikolaevich, 1828-1910", "Drawer, A."]
    names[0] = replace(names[0], text="Tolstoi, Leo, 1828-1910")
    change(delivered, names=[*names, Line("700", "Təbriz, Əli"), Line("710", "Academy")])
    written = lines(delivered)
    assert ("700", " 1$aTolstoi$bL.$gLeo$f1828-1910$4070") in written
    assert ("701", " 1$aTəbriz$bƏ.$gƏli") in written
    assert ("711", "02$aAcademy") in written
    assert ("702", " 1$aDrawer$bA.$4440") in written


def test_subjects_keep_kind_and_source(delivered):
    subjects = list(read_values(delivered, UNIMARC).groups["subjects"])
    assert [line.text for line in subjects] == ["War — Fiction — Russia", "one; two"]
    subjects[0] = replace(subjects[0], text="War — Poems — Russia")
    subjects[1] = replace(subjects[1], text="one; three")
    change(delivered, subjects=subjects)
    assert ("606", "1 $aWar$xPoems$yRussia$2rubbk") in lines(delivered)
    assert ("610", "0 $aone$athree") in lines(delivered)


@pytest.mark.django_db
def test_an_article_says_its_host_in_463_and_an_embedded_one_stays(delivered):
    host = RecordFactory(title="Journal", issns=["0378-5955"], control_number="j1")
    change(delivered, host=host, host_part="2026, no. 1")
    assert ("463", " 0$tJournal$x0378-5955$0j1$v2026, no. 1") in lines(delivered)
    assert read_values(delivered, UNIMARC).coded.host_part == "2026, no. 1"
    delivered.first("463").raw = b" 0\x1f1001j1\x1f12001 \x1faJournal"
    assert read_values(delivered, UNIMARC).coded.has_fixed_host
    change(delivered, host=host, host_part="else")
    assert delivered.first("463").raw == b" 0\x1f1001j1\x1f12001 \x1faJournal"


@pytest.mark.parametrize("kind", ["periodical", "article", "map", "score", "audio", "electronic", "object"])
def test_kind_of_material_can_be_put_right(delivered, kind):
    change(delivered, material=kind)
    assert read_values(delivered, UNIMARC).coded.material == kind


def test_no_real_record_is_changed_by_a_form_that_changes_nothing(shared):
    checked = 0
    for file in sorted((shared / "data/marc/neb_rsl_nlr").iterdir()):
        if file.suffix not in (".iso", ".mrc"):
            continue
        for raw in read_file(file, form_of(file)):
            try:
                parsed = parse(raw.data)
                if raw.reason or format_of(parsed) != "unimarc":
                    continue
                marc = EditableMarc.read(parsed.data)
                values = read_values(marc, UNIMARC)
            except Rejected:
                continue
            before = [field.raw for field in marc.fields]
            apply_values(marc, values, host=None, host_changed=False, rules=UNIMARC)
            assert [field.raw for field in marc.fields] == before
            checked += 1
    assert checked
