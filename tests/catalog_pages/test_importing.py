"""Importing MARC21: matching, items, rejects, short transactions, and being killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from catalog_pages.importing import import_marc, run
from catalog_pages.marc.errors import NotMarc, Reason
from catalog_pages.marc.iso2709 import parse
from catalog_pages.models import Item, MarcSource, Record
from search.models import OutboxEntry
from tests.factories.catalog_pages import marc
from tests.factories.library import BranchFactory

ITEM = {"branch": "central", "barcode": "B1"}


@pytest.fixture
def central(db):
    return BranchFactory(code="central")


@pytest.fixture
def deliver(tmp_path, central):
    """Import these bytes and return the summary; rejects go to tmp_path/rejects.mrc."""

    def run(*records, source="local"):
        path = tmp_path / "records.mrc"
        path.write_bytes(b"".join(records))
        return import_marc([path], source=source, reject_path=tmp_path / "rejects.mrc")

    return run


def state():
    """Everything an import writes, without primary keys and times."""
    return (
        sorted(Record.objects.values_list("source", "control_number", "title", "marc_source__checksum")),
        sorted(Item.objects.values_list("record__control_number", "barcode", "branch__code", "status")),
    )


def test_a_record_comes_with_its_marc_its_items_and_word_to_the_search(deliver):
    data = marc("c1", "Ölülər", items=[ITEM, {"branch": "CENTRAL", "barcode": "B2", "on_loan": True}])
    summary = deliver(data)
    record = Record.objects.get()
    assert (summary.read, summary.created, summary.items_created) == (1, 1, 2)
    assert (record.title, record.control_number, record.year) == ("Ölülər", "c1", 1990)
    assert record.title_sort
    assert record.marc_source.iso2709 == data
    assert [item.available for item in record.items.order_by("barcode")] == [True, False]
    assert [entry.object_id for entry in OutboxEntry.objects.filter(source="record")] == [record.pk]


def test_the_same_file_again_changes_nothing(deliver):
    records = [marc("c1", items=[ITEM]), marc("c2", items=[{"branch": "central", "barcode": ""}] * 2)]
    deliver(*records)
    before = state()
    OutboxEntry.objects.all().delete()
    summary = deliver(*records)
    assert (summary.unchanged, summary.created, summary.updated) == (2, 0, 0)
    assert (summary.items_known, summary.items_created) == (3, 0)
    assert state() == before
    assert not OutboxEntry.objects.exists()


def test_a_changed_record_is_updated_in_place(deliver):
    deliver(marc("c1", "Old", items=[ITEM]))
    before = Record.objects.get()
    summary = deliver(marc("c1", "New", items=[ITEM, {"branch": "central", "barcode": "B2"}]))
    record = Record.objects.get()
    assert (summary.updated, summary.items_created, summary.items_known) == (1, 1, 1)
    assert (record.pk, record.created_at, record.title) == (before.pk, before.created_at, "New")
    assert parse(record.marc_source.iso2709).subfields("245")


def test_control_numbers_belong_to_a_source(deliver):
    deliver(marc("c1", "Ours"))
    deliver(marc("c1", "Theirs"), source="other")
    assert sorted(Record.objects.values_list("source", "title")) == [("local", "Ours"), ("other", "Theirs")]


def test_a_record_without_number_is_known_by_its_content(deliver):
    nameless = marc("", "Nameless")
    deliver(nameless, nameless)
    summary = deliver(nameless)
    assert (Record.objects.count(), summary.unchanged) == (1, 1)


def test_a_second_record_of_the_same_number_is_rejected_a_second_copy_is_not(deliver, tmp_path):
    first, other = marc("c1", "First"), marc("c1", "Other")
    summary = deliver(first, first, other)
    assert (summary.created, summary.unchanged, summary.rejected) == (1, 1, {Reason.DUPLICATE: 1})
    assert Record.objects.get().title == "First"
    assert (tmp_path / "rejects.mrc").read_bytes() == other


def test_a_rejected_record_does_not_hide_a_sound_one_of_its_number(deliver):
    summary = deliver(marc("c1", ""), marc("c1", "Sound"))
    assert (summary.created, summary.rejected) == (1, {Reason.NO_TITLE: 1})


def test_rejected_records_are_kept_whole_with_place_and_reason(deliver, tmp_path):
    good, untitled, cut = marc("c1"), marc("c2", ""), marc("c3")[:60]
    summary = deliver(good, untitled, cut)
    assert (summary.created, summary.rejected_count) == (1, 2)
    assert (tmp_path / "rejects.mrc").read_bytes() == untitled + cut
    lines = (tmp_path / "rejects.mrc.tsv").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[:4] for line in lines[1:]] == [
        ["records.mrc", "2", str(len(good)), "no_title"],
        ["records.mrc", "3", str(len(good + untitled)), "truncated"],
    ]


def test_nothing_rejected_leaves_no_reject_file(deliver, tmp_path):
    deliver(marc())
    assert not list(tmp_path.glob("rejects*"))


def test_items_of_unknown_branches_are_counted_not_invented(deliver):
    summary = deliver(marc("c1", items=[{"branch": "elsewhere", "barcode": "B1"}]))
    assert (summary.unknown_branches, Item.objects.count()) == ({"elsewhere": 1}, 0)
    BranchFactory(code="elsewhere")
    assert deliver(marc("c1", items=[{"branch": "elsewhere", "barcode": "B1"}])).items_created == 1


def test_a_barcode_that_is_taken_is_not_given_twice(deliver):
    deliver(marc("c1", items=[ITEM]), marc("c2", items=[ITEM]))
    assert Item.objects.get().record.control_number == "c1"


def test_all_files_are_looked_at_before_anything_is_written(tmp_path, db):
    good, bad = tmp_path / "good.mrc", tmp_path / "bad.txt"
    good.write_bytes(marc())
    bad.write_text("no records")
    with pytest.raises(NotMarc):
        import_marc([good, bad])
    assert not Record.objects.exists()


def test_transactions_shrink_where_the_database_is_slow(deliver, monkeypatch):
    """Each row takes 3 ms: no transaction may take longer than 200 ms, even with 300 items on one record."""
    durations, write_batch = [], run.write_batch

    def slowly(rows, marcs, items):
        started = time.perf_counter()
        time.sleep(0.003 * (len(rows) + len(items)))
        new = write_batch(rows, marcs, items)
        durations.append(time.perf_counter() - started)
        return new

    monkeypatch.setattr(run, "write_batch", slowly)
    items = [{"branch": "central", "barcode": f"B{number}"} for number in range(300)]
    deliver(*[marc(f"c{number}") for number in range(100)], marc("many", items=items))
    # The very first batch is a guess; those after it know the database.
    assert max(durations[1:]) < 0.2
    assert Item.objects.count() == 300


def test_batches_grow_where_the_database_is_fast(deliver):
    one = run.Run("local")
    one._adapt(0.01, one.batch_size)
    assert run.FIRST_BATCH < one.batch_size <= run.FIRST_BATCH * 2


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again_it_ends_in_the_same_state(central, tmp_path):
    path = tmp_path / "records.mrc"
    items = [{"branch": "central", "barcode": f"B{n}-{copy}"} for n in range(1500) for copy in range(2)]
    path.write_bytes(
        b"".join(marc(f"c{n}", f"Title {n}", items=items[2 * n : 2 * n + 2]) for n in range(1500))
    )
    clean, killed = _installation(tmp_path / "clean"), _installation(tmp_path / "killed")
    assert _import(clean, path).wait() == 0
    for at_least in (1, 700):
        process = _import(killed, path)
        while process.poll() is None and _count(killed, "record") < at_least:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
    interrupted = _count(killed, "record")
    assert _import(killed, path).wait() == 0
    assert 0 < interrupted < 1500
    assert _dump(killed) == _dump(clean)
    assert _count(killed, "item") == 3000


def _installation(directory: Path) -> Path:
    """A database of its own for another process, with what this test's database holds."""
    directory.mkdir()
    if connection.vendor == "sqlite":
        # Not backup(), which would wait for the end of this test's transaction.
        (directory / "db.sqlite3").write_bytes(connection.connection.serialize())
        return directory
    _manage(directory, "migrate", "-v0").wait()
    with sqlite3.connect(directory / "db.sqlite3") as copy:
        copy.execute("PRAGMA foreign_keys=off")
        columns = "code, name, kind, address, phone, email, website, about, accessibility, has_childrens_room"
        columns += (
            ", has_internet, position, is_active, is_demo, place, directions, has_coworking, facilities"
        )
        copy.execute(
            f"INSERT INTO library_branch ({columns}) VALUES"
            " ('central', '{}', 'central', '{}', '', '', '', '{}', '[]', 0, 0, 0, 1, 0, '{}', '{}', 0, '[]')"
        )
    return directory


def _import(directory: Path, path: Path) -> subprocess.Popen:
    return _manage(directory, "import_marc", str(path), "-v0")


def _manage(directory: Path, *arguments: str) -> subprocess.Popen:
    environment = os.environ | {"VAR_DIR": str(directory), "DATABASE_URL": ""}
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def _read(directory: Path, sql: str) -> list[tuple]:
    with sqlite3.connect(f"file:{directory / 'db.sqlite3'}?mode=ro", uri=True, timeout=10) as database:
        return database.execute(sql).fetchall()


def _count(directory: Path, table: str) -> int:
    return _read(directory, f"SELECT count(*) FROM catalog_pages_{table}")[0][0]


def _dump(directory: Path) -> list[tuple]:
    return _read(
        directory,
        "SELECT r.control_number, r.title, r.title_sort, m.checksum, m.data, i.barcode, i.status"
        " FROM catalog_pages_record r JOIN catalog_pages_marcsource m ON m.record_id = r.id"
        " LEFT JOIN catalog_pages_item i ON i.record_id = r.id ORDER BY 1, 6",
    )


def test_marc_sources_are_not_read_with_records(deliver, django_assert_num_queries):
    deliver(marc())
    with django_assert_num_queries(1) as queries:
        list(Record.objects.all())
    assert MarcSource._meta.db_table not in queries[0]["sql"]


def test_the_command_reports_in_one_table(deliver, tmp_path, settings):
    path = tmp_path / "records.mrc"
    path.write_bytes(marc("c1", items=[ITEM, {"branch": "no", "barcode": "B2"}]) + marc("c2", ""))
    out = StringIO()
    call_command("import_marc", path, rejects=tmp_path / "rejects.mrc", stdout=out)
    report = out.getvalue()
    for expected in (
        "1 × the record has no title (245 or 200)",
        "No library has these codes: no",
        "rejects.mrc",
    ):
        assert expected in report
