"""An import taken back: what it did goes, what somebody touched since stays, killed and run again it goes on."""

from unittest import mock

import pytest

from catalog_pages.importing import jobs, undo
from catalog_pages.models import DeletedRecord, Import, ImportStep, Item, MarcSource, PreviousRecord, Record
from catalog_pages.services import new_item, save_record, set_availability
from search.models import OutboxEntry
from tests.catalog_pages.importing.test_rules import book

STATE = ("source", "control_number", "title", "subjects", "title_sort", "marc_source__checksum")


class Counter:
    done = 0

    def advance(self, steps=1):
        self.done += steps


def state():
    return (
        sorted(Record.objects.values_list(*STATE), key=str),
        sorted(Item.objects.values_list("record__control_number", "barcode", "call_number")),
        {source.pk: source.iso2709 for source in MarcSource.objects.all()},
    )


def take_back(batch):
    undo.undo(batch, progress=Counter())
    batch.refresh_from_db()
    return batch.undone


def test_all_is_as_it_was(deliver):
    deliver(book("c1", "One", item="B1", x650="History"), book("c2", "Two"))
    before = state()
    _summary, batch = deliver(
        book("c1", "Other", item="B2", x650="Baku"),
        book("c2", "Two", item="B3"),
        book("c3", "Three", item="B4"),
    )
    new = Record.objects.get(control_number="c3").pk
    OutboxEntry.objects.all().delete()
    undone = take_back(batch)
    assert state() == before
    assert (undone["records"], undone["restored"], undone["items"], undone["stayed"]) == (1, 2, 3, {})
    assert DeletedRecord.objects.get().pk == new
    assert {entry.object_id for entry in OutboxEntry.objects.all()} >= {
        new,
        *Record.objects.values_list("pk", flat=True),
    }
    assert not ImportStep.objects.filter(batch=batch).exists() and not PreviousRecord.objects.exists()


def hand(record):
    save_record(record=record, fields={"title": "By hand"})


def lend(record):
    set_availability([record.items.get().pk], False)


def other_item(record):
    item = new_item(record=record, branch=record.items.get().branch, barcode="OWN")
    item.save()


def article(record):
    save_record(fields={"control_number": "a1", "title": "Article", "host": record})


@pytest.mark.parametrize(
    ("touch", "stayed"),
    [
        (hand, {"record_changed": 1}),
        (lend, {"item_changed": 1, "has_items": 1}),
        (other_item, {"has_items": 1}),
        (article, {"has_parts": 1}),
    ],
)
def test_what_somebody_touched_since_stays_and_it_is_said_why(touch, stayed, deliver):
    _summary, batch = deliver(book("c1", "One", item="B1"))
    touch(Record.objects.get())
    assert take_back(batch)["stayed"] == stayed
    assert Record.objects.filter(control_number="c1").exists()


def test_what_a_later_import_wrote_over_stays(deliver):
    _summary, first = deliver(book("c1", "One"))
    _summary, second = deliver(book("c1", "Two"))
    assert take_back(first)["stayed"] == {"record_changed": 1}
    assert Record.objects.get().title == "Two"
    take_back(second)
    assert Record.objects.get().title == "One"


def test_a_record_made_by_hand_gets_back_what_it_was(deliver):
    save_record(fields={"control_number": "c1", "title": "By hand"})
    _summary, batch = deliver(book("c1", "Theirs"), edited="overlay")
    assert Record.objects.get().title == "Theirs"
    take_back(batch)
    assert (Record.objects.get().title, MarcSource.objects.exists()) == ("By hand", False)


def test_killed_at_any_moment_and_run_again_it_ends_in_the_same_state(deliver):
    deliver(*[book(f"c{n}", "Old", item=f"A{n}") for n in range(20)])
    before = state()
    _summary, batch = deliver(*[book(f"c{n}", "New", item=f"B{n}") for n in range(80)])
    killed = 0
    for moment in range(1, 50):
        work = undo._Undo.timed
        calls = iter(range(moment))

        def dying(self, *arguments, work=work, calls=calls):
            if next(calls, None) is None:
                raise KeyboardInterrupt
            work(self, *arguments)

        with mock.patch.object(undo._Undo, "timed", dying):
            try:
                undo.undo(Import.objects.get(pk=batch.pk), progress=Counter())
                break
            except KeyboardInterrupt:
                killed += 1
    batch.refresh_from_db()
    assert killed > 2
    assert state() == before
    assert (batch.undone["records"], batch.undone["restored"], batch.undone["items"]) == (60, 20, 80)


def test_transactions_stay_short_with_many_items_on_one_record(deliver, central):
    from catalog_pages.marc.building import MarcBuilder

    builder = MarcBuilder("many")
    builder.add("245", "10", a="Many")
    for number in range(1500):
        builder.item(branch="central", barcode=f"B{number}", call_number="1")
    summary, batch = deliver(builder.iso2709())
    assert (summary.items_created, Item.objects.count()) == (1500, 1500)
    assert take_back(batch)["items"] == 1500
    assert not Record.objects.exists()


@pytest.mark.django_db
def test_files_and_what_an_undo_needs_go_after_some_months(deliver):
    from datetime import timedelta

    _summary, old = deliver(book("c1"))
    _summary, young = deliver(book("c2"))
    Import.objects.filter(pk=old.pk).update(created_at=old.created_at - timedelta(days=jobs.KEEP_DAYS + 1))
    jobs.clear_old_imports()
    old.refresh_from_db()
    assert old.cleared_at and not jobs.may_undo(old)
    assert jobs.may_undo(young)
