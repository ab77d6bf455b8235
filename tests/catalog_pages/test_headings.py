"""Headings and their counts follow whatever is written."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command

from catalog_pages import headings
from catalog_pages.headings import count_changes, fold_key, heading_keys
from catalog_pages.importing import import_marc
from catalog_pages.models import ALPHABETS, ChangedRecords, CountedRecord, Heading, Item, Record
from catalog_pages.services import save_record
from search.alphabets import TAILORINGS
from search.models import OutboxEntry
from search.sorting import filing_key
from tests.factories.catalog_pages import marc
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


def counts(kind="author") -> dict[str, int]:
    count_changes()
    return dict(Heading.objects.filter(kind=kind).values_list("text", "records"))


def save(number="1", record=None, **fields) -> Record:
    given = {"control_number": number, "title": "A title", "language": "aze", **fields}
    return save_record(fields=given, record=record)


def file_of(tmp_path, *records: bytes):
    path = tmp_path / "records.mrc"
    path.write_bytes(b"".join(records))
    return [path]


def record_of(number: str, author: str, *subjects: str) -> bytes:
    from catalog_pages.marc.building import MarcBuilder

    builder = MarcBuilder(number)
    builder.fixed(year="1990", language="aze")
    builder.add("100", "1 ", a=author)
    builder.add("245", "10", a="A title")
    for subject in subjects:
        builder.add("650", " 4", a=subject)
    return builder.iso2709()


def test_saving_changing_and_deleting_are_counted():
    one = save("1", authors=["Nizami Gəncəvi"], subjects=["Poeziya", "Eşq"])
    save("2", authors=["Nizami Gəncəvi", "Füzuli"], subjects=["Poeziya"])
    assert counts() == {"Nizami Gəncəvi": 2, "Füzuli": 1}
    assert counts("subject") == {"Poeziya": 2, "Eşq": 1}
    save(record=one, authors=["Füzuli"], subjects=["Eşq"])
    assert counts() == {"Nizami Gəncəvi": 1, "Füzuli": 2}
    one.delete()
    assert counts() == {"Nizami Gəncəvi": 1, "Füzuli": 1}
    assert counts("subject") == {"Poeziya": 1}
    Record.objects.all().delete()
    assert counts() == counts("subject") == {}
    assert not CountedRecord.objects.exists() and not ChangedRecords.objects.exists()


def test_a_deleted_record_leaves_the_search():
    record = save()
    OutboxEntry.objects.all().delete()
    pk = record.pk
    record.delete()
    assert OutboxEntry.objects.filter(source="record", object_id=pk).exists()


def test_imports_are_counted_however_often_they_are_repeated(tmp_path):
    first = [record_of("1", "Füzuli", "Eşq"), record_of("2", "Füzuli", "Poeziya")]
    import_marc(file_of(tmp_path, *first))
    assert counts() == {"Füzuli": 2}
    import_marc(file_of(tmp_path, *first))
    assert counts() == {"Füzuli": 2}
    import_marc(file_of(tmp_path, record_of("1", "Nəsimi", "Eşq"), record_of("3", "Füzuli", "Eşq")))
    assert counts() == {"Füzuli": 2, "Nəsimi": 1}
    assert counts("subject") == {"Eşq": 2, "Poeziya": 1}


def test_counting_twice_or_cut_off_in_between_changes_nothing(monkeypatch):
    record = save(authors=["Füzuli"])
    assert counts() == {"Füzuli": 1}
    ChangedRecords.objects.create(records=[record.pk, 10**9])
    assert counts() == {"Füzuli": 1}
    save("2", authors=["Füzuli"])
    with monkeypatch.context() as patch:
        patch.setattr(headings, "_apply", lambda changes: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            count_changes()
    assert counts() == {"Füzuli": 2}


def test_an_import_takes_few_queries_and_counting_too(tmp_path, django_assert_max_num_queries):
    records = [record_of(str(n), f"Author {n}", f"Subject {n % 7}", "All") for n in range(50)]
    with django_assert_max_num_queries(20):
        import_marc(file_of(tmp_path, *records))
    with django_assert_max_num_queries(50):  # links, findings and headings
        count_changes()
    assert counts("subject")["All"] == 50


def test_what_is_too_long_for_a_heading_is_left_out():
    save(authors=["A" * 301, "B" * 300, ""])
    assert counts() == {"B" * 300: 1}


@pytest.mark.parametrize("language", ALPHABETS)
def test_a_heading_has_its_place_in_every_alphabet(language):
    save(authors=["Çingiz İ. Oʻktam"])
    count_changes()
    heading = Heading.objects.get(kind="author")
    assert getattr(heading, f"key_{language}") == filing_key(heading.text, "", language)
    assert heading.fold_key == fold_key("cingiz i. oktam")


def test_every_alphabet_has_a_column():
    assert set(ALPHABETS) == set(TAILORINGS)
    assert set(heading_keys("")) == {f"key_{language}" for language in ALPHABETS} | {"fold_key"}


def test_rebuilding_puts_everything_right_and_can_be_repeated(capsys):
    record = save(authors=["Füzuli"])
    save("2", authors=["Füzuli", "Nəsimi"])
    count_changes()
    Heading.objects.filter(text="Füzuli").update(records=7, key_az="wrong")
    Heading.objects.filter(text="Nəsimi").delete()
    CountedRecord.objects.create(record_id=10**9, headings=[1])
    Record.objects.filter(pk=record.pk).update(authors=["Xətai"])
    for _ in range(2):
        call_command("rebuild_headings", verbosity=1)
        assert dict(Heading.objects.values_list("text", "records")) == {"Füzuli": 1, "Nəsimi": 1, "Xətai": 1}
    assert Heading.objects.get(text="Füzuli").key_az == filing_key("Füzuli", "", "az")
    assert not CountedRecord.objects.filter(record_id=10**9).exists()
    assert "3" in capsys.readouterr().out


def test_an_upgrade_has_the_worker_complete_records_that_are_there():
    branch = BranchFactory()
    record = save_record(
        fields={
            "control_number": "1",
            "title": "Xəzər",
            "language": "aze",
            "class_scheme": "ddc",
            "class_number": "5",
        },
        items=[{"branch": branch, "status": "available"}],
    )
    place, title = record.shelf_key, record.title_key
    Record.objects.update(title_key="", shelf_key="")
    Item.objects.update(shelf_key="")
    ChangedRecords.objects.all().delete()
    migration = import_module("catalog_pages.migrations.0002_headings")
    migration.note_all_records(apps, None)
    assert count_changes() == 1
    record.refresh_from_db()
    assert (record.shelf_key, record.title_key) == (place, title)
    assert record.items.get().shelf_key == place


def test_the_worker_counts_by_the_clock():
    from library.schedule import tasks

    save(authors=["Füzuli"])
    next(task for task in tasks() if task.name == "headings").run()
    assert Heading.objects.get(text="Füzuli").records == 1


def test_copies_follow_their_record_on_the_shelf(tmp_path):
    branch = BranchFactory(code="one")
    item = {"branch": "one", "barcode": "b1"}
    import_marc(file_of(tmp_path, marc("1", "Caspian", [item])))
    record = Record.objects.get()
    assert record.items.get().shelf_key == record.shelf_key
    save_record(
        record=record,
        fields={"class_scheme": "bbk", "class_number": "Ш5(5Аз)"},
        items=[{"branch": branch, "status": "available"}],
    )
    assert {item.shelf_key for item in record.items.all()} == {record.shelf_key}
    assert record.shelf_key.startswith("b")
