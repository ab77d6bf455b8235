"""Which records are known again, and what becomes of them."""

import pytest

from catalog_pages.importing.merging import fits, merged
from catalog_pages.marc.building import MarcBuilder
from catalog_pages.marc.iso2709 import parse
from catalog_pages.models import Item, MarcSource, Record
from catalog_pages.services import save_record

ISBN10, ISBN13 = "0140447938", "978-0-14-044793-4"


def book(number="c1", title="Ana və uşaq", *, isbn="", agency="", item="", **more):
    """A record; ``more`` are fields by their tag with one subfield a."""
    builder = MarcBuilder(number)
    if agency:
        builder.fields.append(("003", agency.encode()))
    builder.add("020", a=isbn)
    builder.add("245", "10", a=title)
    for tag, value in more.items():
        builder.add(tag[1:], a=value)
    if item:
        builder.item(branch="central", barcode=item, call_number="1 A")
    return builder.iso2709()


def titles():
    return sorted(Record.objects.values_list("source", "control_number", "title"))


@pytest.mark.parametrize(
    ("rule", "first", "second", "same"),
    [
        ("number", {}, {"title": "Other"}, False),  # another source
        ("agency", {"agency": "AzTvM"}, {"agency": "AzTvM", "title": "Other"}, True),
        ("agency", {"agency": "AzTvM"}, {"agency": "RuMoRGB"}, False),
        ("agency", {}, {}, False),
        ("isbn", {"isbn": ISBN10}, {"number": "x9", "isbn": ISBN13, "title": "ANA VE USAQ /"}, True),
        ("isbn", {"isbn": ISBN10}, {"number": "x9", "isbn": ISBN13, "title": "Another book"}, False),
        ("isbn", {}, {"number": "x9"}, False),
        ("isbn", {"isbn": "12"}, {"number": "x9", "isbn": "12"}, False),
    ],
)
def test_records_of_another_source_are_known_by_the_rule(rule, first, second, same, deliver):
    deliver(book(**first))
    summary, _batch = deliver(book(**second), source="other", match=rule)
    assert (summary.updated, summary.created) == ((1, 0) if same else (0, 1))
    assert Record.objects.count() == (1 if same else 2)


def test_a_record_matched_in_another_source_keeps_its_number_and_address(deliver):
    deliver(book("c1", "Old", isbn=ISBN10, item="B1"))
    before = Record.objects.get()
    deliver(book("x9", "Old", isbn=ISBN13, item="B2", x250="2nd"), source="other", match="isbn")
    record = Record.objects.get()
    assert (record.pk, record.source, record.control_number) == (before.pk, "local", "c1")
    assert record.edition == "2nd"
    assert sorted(Item.objects.values_list("barcode", flat=True)) == ["B1", "B2"]


def test_the_same_book_twice_in_one_file_is_one_record(deliver):
    records = [book(f"x{number}", isbn=ISBN13, item=f"B{number}") for number in range(3)]
    summary, _batch = deliver(*records, match="isbn")
    assert (summary.created, summary.updated) == (1, 2)
    assert Record.objects.get().items.count() == 3


def test_where_nothing_matches_every_record_is_new_and_a_second_run_adds_none(deliver):
    deliver(book("c1", "One"))
    for _time in range(2):
        deliver(book("c1", "Two"), book("c2", "Three"), match="none")
        assert [title for _source, _number, title in titles()] == ["One", "Two", "Three"]
    assert Record.objects.get(title="Two").control_number.startswith("c1~")


OLD = {"title": "Title", "x100": "Author, Old", "x650": "History"}
NEW = {"title": "New title", "x100": "Author, New", "x650": "Baku", "x250": "2nd", "x520": "About Baku"}


@pytest.mark.parametrize(
    ("rule", "title", "author", "subjects", "edition"),
    [
        ("replace", "New title", "Author, New", ["Baku"], "2nd"),
        ("keep", "Title", "Author, Old", ["History"], ""),
        ("fill", "Title", "Author, Old", ["History"], "2nd"),
        ("merge", "Title", "Author, Old", ["History", "Baku"], "2nd"),
    ],
)
def test_what_becomes_of_a_record_that_is_there(rule, title, author, subjects, edition, deliver):
    deliver(book(item="B1", **OLD))
    delivery = book(item="B2", **NEW)
    summary, _batch = deliver(delivery, on_match=rule, add_fields=("6XX",))
    record = Record.objects.get()
    assert (record.title, record.author, record.subjects, record.edition) == (
        title,
        author,
        subjects,
        edition,
    )
    assert sorted(record.items.values_list("barcode", flat=True)) == ["B1", "B2"]
    assert (summary.updated, summary.kept) == ((0, 1) if rule == "keep" else (1, 0))
    marc = parse(MarcSource.objects.get().iso2709)
    assert len(marc.fields.get("952", [])) == 1  # the items of theirs are rows, not fields of ours
    again, _batch = deliver(delivery, on_match=rule, add_fields=("6XX",))
    assert (again.updated, Record.objects.get().subjects) == (0, subjects)


def change_by_hand(record):
    save_record(record=record, fields={"title": "By hand"})


@pytest.mark.parametrize(
    ("rule", "title", "counts"), [("keep", "By hand", (0, 1, 1)), ("overlay", "Theirs", (1, 0, 0))]
)
def test_what_was_changed_by_hand_stays_unless_said_otherwise(rule, title, counts, deliver):
    deliver(book("c1", "Ours"))
    change_by_hand(Record.objects.get())
    summary, _batch = deliver(book("c1", "Theirs", item="B1"), edited=rule)
    assert Record.objects.get().title == title
    assert (summary.updated, summary.kept, summary.kept_edited) == counts
    assert Item.objects.count() == 1


def test_a_record_of_other_rules_is_not_mixed(deliver):
    deliver(book("c1", "Ours"))
    MarcSource.objects.update(format="unimarc")
    summary, _batch = deliver(book("c1", "Theirs", x250="2nd"), on_match="fill")
    assert (summary.kept, Record.objects.get().title) == (1, "Ours")


@pytest.mark.parametrize(("rule", "most"), [("number", 0), ("agency", 6), ("isbn", 6)])
def test_matching_costs_no_query_for_each_record(rule, most, deliver, django_assert_max_num_queries):
    records = [book(f"c{n}", f"T{n}", isbn=f"97801404{n:05d}", agency="X") for n in range(50)]
    with django_assert_max_num_queries(30 + most):
        deliver(*records, match=rule)
    with django_assert_max_num_queries(30 + most):
        deliver(*[record.replace(b"T", b"U") for record in records], match=rule)


@pytest.mark.parametrize(
    ("tag", "pattern", "is_meant"),
    [
        ("650", "650", True),
        ("650", "6XX", True),
        ("500", "6XX", False),
        ("880", "88x", True),
        ("65", "6XX", False),
    ],
)
def test_patterns_of_tags(tag, pattern, is_meant):
    assert fits(tag, pattern) is is_meant


def test_merging_adds_no_second_author_and_no_field_twice():
    ours = parse(book(x100="Old, A.", x650="Baku."))
    theirs = parse(book(x110="A body", x650="baku"))
    ours.format = theirs.format = "marc21"
    assert merged(ours, theirs, add=("650",)) is None


@pytest.mark.parametrize("dry_run", [True, False])
def test_titles_wholly_in_capitals_do_not_get_in_unnoticed(deliver, dry_run):
    records = book("c1", "ANA VƏ UŞAQ"), book("c2", "UNESCO"), book("c3", "Ana və uşaq")
    summary, _batch = deliver(*records, dry_run=dry_run)
    assert summary.capitals == 1
