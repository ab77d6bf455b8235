"""Authority records in MARC21."""

from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from catalog_pages.headings import count_changes
from catalog_pages.marc.iso2709 import build
from catalog_pages.models import Record
from catalog_pages.services import save_record
from library.models import Authority, AuthorityRelation

pytestmark = pytest.mark.django_db


def record(*fields: tuple[str, str, str]) -> bytes:
    """An authority record of (tag, indicators, "$aText$bText") fields."""
    return build(
        "00000nz  a2200000n  4500",
        [
            (tag, (indicators + subfields.replace("$", "\x1f")).encode())
            for tag, indicators, subfields in fields
        ],
    )


POET = record(
    ("010", "  ", "$an 80126341 "),
    ("024", "7 ", "$aQ311711$2wikidata"),
    ("024", "7 ", "$anonsense$2viaf"),
    ("100", "1 ", "$aXaqani Şirvani,$d1126-1199."),
    ("400", "1 ", "$aХагани Ширвани,$d1126-1199"),
    ("400", "1 ", "$aKhaqani, Afzal al-Din"),
    ("500", "1 ", "$wb$aLater, Name"),
    ("550", "  ", "$aQəsidə"),
)
PLACE = record(
    ("034", "  ", "$dE0483800$eE0483800$fN0403800$gN0403800"),
    ("151", "  ", "$aŞamaxı$zAzərbaycan"),
    ("551", "  ", "$wg$aAzərbaycan"),
)


@pytest.fixture
def imported(tmp_path, capsys):
    def run(*records: bytes) -> str:
        path = tmp_path / "authorities.mrc"
        path.write_bytes(b"".join(records))
        call_command("import_authorities", str(path))
        return capsys.readouterr().out

    return run


def test_a_person_with_names_numbers_and_relations(imported):
    imported(POET)
    poet = Authority.objects.get(kind="person", heading__startswith="Xaqani")
    assert poet.heading == "Xaqani Şirvani, 1126-1199"
    assert [name.name for name in poet.names.all()] == ["Хагани Ширвани, 1126-1199", "Khaqani, Afzal al-Din"]
    assert {str(number) for number in poet.identifiers.all()} == {
        "Library of Congress: n80126341",
        "Wikidata: Q311711",
    }
    said = {(relation.kind, str(relation.other), relation.other.kind) for relation in poet.relations.all()}
    assert said == {("later", "Later, Name", "person"), ("see_also", "Qəsidə", "subject")}
    assert AuthorityRelation.objects.count() == 4


def test_a_place_with_coordinates_and_what_it_belongs_to(imported):
    imported(PLACE)
    place = Authority.objects.get(heading="Şamaxı -- Azərbaycan")
    assert (place.latitude, place.longitude) == (Decimal("40.633333"), Decimal("48.633333"))
    assert [str(relation) for relation in place.relations.all()] == ["Broader: Azərbaycan"]


def test_reading_twice_changes_nothing(imported):
    assert "Read 2: 5 new entries, 2 names, 2 numbers, 3 relations; 0" in imported(POET, PLACE)
    assert "Read 2: 0 new entries, 0 names, 0 numbers, 0 relations; 0" in imported(POET, PLACE)


def test_a_record_without_a_usable_heading_is_counted(imported):
    assert "1 without a usable heading" in imported(record(("100", "1 ", "$a…")), PLACE)


def test_entries_made_by_records_before_are_merged_where_the_file_knows_their_name(imported):
    for number, name in enumerate(("Khaqani, Afzal al-Din", "Somebody else")):
        save_record(fields={"control_number": str(number), "title": "A title", "authors": [name]})
    count_changes()
    checked = Authority.objects.create(heading="Хагани Ширвани, 1126-1199", is_verified=True)
    assert "under another name: 1" in imported(POET)
    assert not Authority.objects.current().filter(heading__startswith="Khaqani").exists()
    checked.refresh_from_db()
    assert checked.merged_into is None
    count_changes()
    assert Record.objects.get(control_number="0").authors == ["Xaqani Şirvani, 1126-1199"]
    assert Record.objects.get(control_number="1").authors == ["Somebody else"]
    assert "Merged" not in imported(POET)


def test_what_is_no_marc_is_refused(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear library")
    with pytest.raises(CommandError):
        call_command("import_authorities", str(path))
    with pytest.raises(CommandError):
        call_command("import_authorities", str(tmp_path / "absent.mrc"))


def test_a_real_file(shared, capsys):
    path = shared / "data" / "marc" / "evergreen" / "auth-subset100.mrc"
    if not path.exists():
        pytest.skip("the real authority records are not among the shared test data")
    call_command("import_authorities", str(path), verbosity=1)
    out = capsys.readouterr().out
    assert "Read 17: 17 new entries, 1 names" in out and "; 0 without" in out
