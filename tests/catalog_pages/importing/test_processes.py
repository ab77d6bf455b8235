"""Two processes do what one does."""

import pytest

from catalog_pages.importing import import_marc
from catalog_pages.importing.processes import ReaderDied
from catalog_pages.marc.errors import NotMarc, Reason
from catalog_pages.models import Item, MarcSource, Record
from tests.catalog_pages.importing.test_rules import book


def content():
    return (
        sorted(
            Record.objects.values_list("control_number", "title", "title_sort", "shelf_key", "subjects"),
            key=str,
        ),
        sorted(Item.objects.values_list("record__control_number", "barcode")),
        sorted(source.iso2709 for source in MarcSource.objects.all()),
    )


@pytest.mark.parametrize(
    "rules",
    [{}, {"match": "isbn"}, {"match": "none"}, {"on_match": "merge", "add_fields": ("650",)}],
)
def test_the_result_is_the_same(rules, deliver):
    records = [book(f"c{n}", f"T{n}", item=f"B{n}", isbn="0140447938", x650=f"S{n}") for n in range(250)]
    changed = [record.replace(b"S", b"Q") for record in records]
    for part in (records, changed):
        one, _batch = deliver(*part, **rules)
    expected = content()
    Record.objects.all().delete()
    for part in (records, changed):
        two, _batch = deliver(*part, processes=2, **rules)
    assert content() == expected
    assert (two.read, two.created, two.updated) == (one.read, one.created, one.updated)


def test_rejected_records_are_kept_whole(tmp_path, central):
    path, rejects = tmp_path / "records.mrc", tmp_path / "rejects.mrc"
    first, other, untitled = book("c1", "First"), book("c1", "Other"), book("c2", "")
    path.write_bytes(first + other + untitled)
    summary = import_marc([path], reject_path=rejects, processes=2)
    assert summary.rejected == {Reason.DUPLICATE: 1, Reason.NO_TITLE: 1}
    assert rejects.read_bytes() == untitled + other or rejects.read_bytes() == other + untitled


def test_what_the_reader_meets_is_told_here(deliver, monkeypatch):
    def broken(*_arguments, **_more):
        raise NotMarc("no records here")
        yield

    monkeypatch.setattr("catalog_pages.importing.run.read_file", broken)
    with pytest.raises(NotMarc, match="no records here"):
        deliver(book(), processes=2)


def test_a_reader_that_dies_is_noticed(deliver, monkeypatch):
    import os

    def dying(*_arguments, **_more):
        os._exit(9)
        yield

    monkeypatch.setattr("catalog_pages.importing.run.read_file", dying)
    monkeypatch.setattr("catalog_pages.importing.processes._SECONDS_BETWEEN_LOOKS", 0.05)
    with pytest.raises(ReaderDied):
        deliver(book(), processes=2)


def test_stopped_here_the_reader_ends(tmp_path, central):
    import multiprocessing

    path = tmp_path / "records.mrc"
    path.write_bytes(b"".join(book(f"c{n}") for n in range(2000)))

    class Stopping:
        def advance(self, steps=1):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_marc([path], processes=2, progress=Stopping())
    assert not multiprocessing.active_children()
