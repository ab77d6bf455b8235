"""Records that look alike: the list, and two of them made one."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from catalog_pages.duplicates import services
from catalog_pages.duplicates.services import MergeError, groups, kept_for, merge
from catalog_pages.importing import Options, import_marc
from catalog_pages.models import DeletedRecord, MergedRecord, Record, RecordKey
from catalog_pages.services import save_record
from library.roles import group_of
from search.models import OutboxEntry
from tests.catalog_pages.importing.test_rules import book
from tests.factories.catalog_pages import ItemFactory
from tests.factories.library import BranchFactory, UserFactory

ISBN = "9780140447934"


@pytest.fixture
def deliver(tmp_path, db):
    BranchFactory(code="central")

    def deliver(*records, source="local", **rules):
        path = tmp_path / "records.mrc"
        path.write_bytes(b"".join(records))
        return import_marc([path], source=source, options=Options(**rules))

    return deliver


@pytest.fixture
def pair(deliver):
    deliver(book("c1", "Ana və uşaq", isbn=ISBN, item="B1", x650="History"))
    deliver(book("x1", "ANA VE USAQ", isbn=ISBN, item="B2", x250="2nd"), source="other")
    return list(Record.objects.order_by("pk"))


@pytest.fixture
def librarian(client, db):
    user = UserFactory()
    user.groups.set([group_of("librarian")])
    client.force_login(user)
    return client


def test_records_with_the_same_isbn_and_title_are_listed(pair, librarian):
    (group,) = groups(RecordKey.Kind.TITLE)
    assert (group.records, group.count) == (pair, 2)
    page = librarian.get(reverse("duplicates:list")).content.decode()
    assert reverse("duplicates:compare", args=[pair[0].pk, pair[1].pk]) in page


def test_records_with_one_number_of_one_agency_are_listed(deliver, librarian):
    deliver(book("1", "A", agency="AzTvM"))
    deliver(book("1", "B", agency="AzTvM"), source="other")
    deliver(book("2", "C"), source="third")
    deliver(book("2", "D"), source="fourth")
    assert [group.count for group in groups(RecordKey.Kind.NUMBER)] == [2]
    assert librarian.get(reverse("duplicates:list") + "?kind=1").context["groups"]


def test_the_list_goes_on_by_keys_and_costs_five_queries(deliver, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(services, "GROUPS", 3)
    for source in ("one", "two"):
        deliver(*[book(f"{n}", f"T{n}", isbn=ISBN) for n in range(5)], source=source)
    with django_assert_num_queries(4):
        first = groups(RecordKey.Kind.TITLE)
    second = groups(RecordKey.Kind.TITLE, after=first[2].key)
    assert (len(first), len(second)) == (4, 2)
    assert {group.key for group in first[:3]}.isdisjoint(group.key for group in second)


def test_everything_moves_to_the_kept_record(pair, librarian):
    kept, gone = pair
    article = save_record(fields={"control_number": "a1", "title": "Article", "host": gone})
    OutboxEntry.objects.all().delete()
    address = reverse("duplicates:compare", args=[kept.pk, gone.pk])
    assert "ANA VE USAQ" in librarian.get(address).content.decode()
    librarian.post(address, {"keep": kept.pk, "fill": "on"})
    kept.refresh_from_db()
    article.refresh_from_db()
    assert sorted(kept.items.values_list("barcode", flat=True)) == ["B1", "B2"]
    assert set(kept.items.values_list("shelf_key", flat=True)) == {kept.shelf_key}
    assert article.host == kept
    assert (kept.title, kept.edition, kept.subjects) == ("Ana və uşaq", "2nd", ["History"])
    assert DeletedRecord.objects.get().pk == gone.pk
    assert {entry.object_id for entry in OutboxEntry.objects.all()} >= {kept.pk, gone.pk}
    assert ModelLogEntry.objects.get(action=services.MERGED).data["number"] == gone.pk
    assert not groups(RecordKey.Kind.TITLE)


def test_addresses_of_merged_records_last(pair, client):
    kept, gone = pair
    old, old_file = gone.get_absolute_url(), reverse("catalogue_out:record", args=[gone.pk, "mrc"])
    merge(keep=kept.pk, duplicate=gone.pk, user=UserFactory())
    assert client.get(old).headers["Location"] == kept.get_absolute_url()
    assert client.get(old_file).headers["Location"] == reverse("catalogue_out:record", args=[kept.pk, "mrc"])
    assert client.get(reverse("catalog_pages:record", args=[10**6])).status_code == 404


def test_merged_once_more_the_oldest_address_leads_to_the_last(pair, deliver):
    deliver(book("z1", "Ana və uşaq", isbn=ISBN), source="third")
    third = Record.objects.latest("pk")
    user = UserFactory()
    merge(keep=pair[0].pk, duplicate=pair[1].pk, user=user)
    merge(keep=third.pk, duplicate=pair[0].pk, user=user)
    assert kept_for(pair[1].pk) == kept_for(pair[0].pk) == third


def test_the_file_of_a_merged_record_come_again_brings_only_items(pair, deliver):
    kept, gone = pair
    merge(keep=kept.pk, duplicate=gone.pk, user=UserFactory())
    summary = deliver(book("x1", "Ana ve usaq, new", isbn=ISBN, item="B3"), source="other")
    assert (summary.created, summary.updated, summary.kept, summary.items_created) == (0, 0, 1, 1)
    assert Record.objects.get().title == "Ana və uşaq"
    assert kept.items.count() == 3


def test_staff_say_that_two_are_not_the_same(pair, librarian):
    address = reverse("duplicates:compare", args=[pair[0].pk, pair[1].pk])
    librarian.post(f"{address}?kind=2", {"apart": "1"})
    assert not groups(RecordKey.Kind.TITLE)
    assert Record.objects.count() == 2


@pytest.mark.parametrize("posted", [{}, {"keep": "x"}, {"keep": "999999"}])
def test_without_saying_which_stays_nothing_happens(posted, pair, librarian):
    address = reverse("duplicates:compare", args=[pair[0].pk, pair[1].pk])
    assert "Say which of the two stays" in librarian.post(address, posted, follow=True).content.decode()
    assert not MergedRecord.objects.exists()


def test_what_cannot_be_merged(pair):
    user = UserFactory()
    with pytest.raises(MergeError):
        merge(keep=pair[0].pk, duplicate=pair[0].pk, user=user)
    with pytest.raises(MergeError):
        merge(keep=pair[0].pk, duplicate=10**6, user=user)
    Record.objects.filter(pk=pair[1].pk).update(host=pair[0])
    with pytest.raises(MergeError):
        merge(keep=pair[0].pk, duplicate=pair[1].pk, user=user)


def test_thousands_of_items_move_in_a_few_queries(pair, django_assert_max_num_queries):
    ItemFactory.create_batch(50, record=pair[1])
    user = UserFactory()
    with django_assert_max_num_queries(80):
        merge(keep=pair[0].pk, duplicate=pair[1].pk, user=user)
    assert pair[0].items.count() == 52


@pytest.mark.parametrize(("role", "status"), [("librarian", 200), ("desk", 302), ("editor", 302)])
def test_who_may(role, status, pair, client):
    user = UserFactory()
    user.groups.set([group_of(role)])
    client.force_login(user)
    assert client.get(reverse("duplicates:list")).status_code == status
    address = reverse("duplicates:compare", args=[pair[0].pk, pair[1].pk])
    assert client.get(address).status_code == status
    if status == 302:  # to the first page, which says that there is no right
        client.post(address, {"keep": pair[0].pk})
        assert not MergedRecord.objects.exists()


@pytest.mark.parametrize(
    "query", ["?kind=9", "?kind=x", "?after=x", "?after=99999999999999999999", "?after=-5"]
)
def test_addresses_that_say_nonsense_still_answer(query, librarian):
    assert librarian.get(reverse("duplicates:list") + query).status_code == 200
