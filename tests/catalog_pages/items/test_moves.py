"""Copies on their way from one library to another."""

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from catalog_pages.items import moves
from catalog_pages.models import Item, ItemMove
from catalog_pages.services import set_availability
from library.models import User
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db
S = Item.Status


@pytest.fixture
def places():
    return BranchFactory(code="here"), BranchFactory(code="there")


def member(*branches, name="librarian"):
    user = User.objects.create_user(name)
    rights = Permission.objects.filter(content_type__app_label="catalog_pages")
    user.user_permissions.set([*rights, Permission.objects.get(codename="access_admin")])
    user.branches.set(branches)
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.mark.parametrize("before", [S.AVAILABLE, S.REFERENCE, S.PROCESSING, S.REPAIR])
def test_there_and_arrived(places, before):
    here, there = places
    item = ItemFactory(branch=here, status=before, shelf="3")
    sender, receiver = member(here), member(there, name="receiver")
    assert moves.send([item], to=there, user=sender).items == [item]
    item.refresh_from_db()
    assert (item.status, item.available, item.branch) == (S.IN_TRANSIT, False, here)
    assert moves.receive([item], user=receiver).items == [item]
    item.refresh_from_db()
    assert (item.status, item.branch, item.shelf) == (before, there, "")
    assert item.available == (before in Item.ON_SHELF)
    move = ItemMove.objects.get()
    assert (move.sent_by, move.ended_by, move.outcome) == (sender, receiver, "received")
    assert [event.kind for event in item.events.all()] == ["received", "sent"]


@pytest.mark.parametrize("status", [S.ON_LOAN, S.IN_TRANSIT, S.LOST, S.MISSING, S.WITHDRAWN])
def test_what_is_not_there_is_not_sent(places, status):
    here, there = places
    item = ItemFactory(branch=here, status=status)
    done = moves.send([item], to=there, user=member(here))
    assert not done.items and done.refused[0][1] == item.get_status_display()


def test_only_from_ones_own_library_and_not_to_itself(places):
    here, there = places
    mine, foreign = ItemFactory(branch=here), ItemFactory(branch=there)
    done = moves.send([mine, foreign], to=here, user=member(here))
    assert {reason for _item, reason in done.refused} == {
        "is in this library already", f"belongs to {there}"
    }  # fmt: skip


def test_who_may_say_what_became_of_it(places):
    here, there = places
    sender, receiver, other = member(here), member(there, name="r"), member(BranchFactory(), name="o")
    rows = ItemFactory.create_batch(4, branch=here)
    moves.send(rows, to=there, user=sender)
    assert moves.receive(rows, user=sender).refused and moves.lose(rows, user=other).refused
    assert moves.call_back(rows, user=receiver).refused
    assert moves.lose(rows[:1], user=receiver).items and moves.call_back(rows[1:2], user=sender).items
    assert moves.receive(rows[2:3], user=other, at=Item.objects.get(pk=rows[2].pk).branch).refused
    found = {item.pk: (item.status, item.branch) for item in Item.objects.all()}
    assert found == {
        rows[0].pk: (S.LOST, here), rows[1].pk: (S.AVAILABLE, here), rows[2].pk: (S.IN_TRANSIT, here),
        rows[3].pk: (S.IN_TRANSIT, here),
    }  # fmt: skip


def test_it_came_to_another_library(places):
    here, there = places
    third = BranchFactory()
    item = ItemFactory(branch=here)
    moves.send([item], to=there, user=member(here))
    moves.receive([item], at=third, user=member(third, name="t"))
    item.refresh_from_db()
    assert item.branch == third and moves.receive([item], user=member(third, name="u")).refused


def test_what_the_desk_did_meanwhile_stays(places):
    here, there = places
    item = ItemFactory(branch=here)
    moves.send([item], to=there, user=member(here))
    set_availability([item.pk], True)
    set_availability([item.pk], False)
    moves.receive([item], user=member(there, name="r"))
    item.refresh_from_db()
    assert (item.status, item.branch, item.available) == (S.ON_LOAN, there, False)


def test_what_was_found_here_again_can_be_sent_again(places):
    here, there = places
    item, user = ItemFactory(branch=here), member(here)
    moves.send([item], to=there, user=user)
    set_availability([item.pk], True)
    assert moves.send([item], to=there, user=user).items == [item]
    assert list(ItemMove.objects.order_by("pk").values_list("outcome", flat=True)) == ["received", ""]


def test_one_way_at_a_time(places):
    here, there = places
    item = ItemFactory(branch=here)
    moves.send([item], to=there, user=member(here))
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemMove.objects.create(item=item, from_branch=here, to_branch=there)


def test_hundreds_take_few_queries(places):
    here, there = places
    record, user = RecordFactory(), member(here, there)
    rows = ItemFactory.create_batch(120, record=record, branch=here)
    with CaptureQueriesContext(connection) as queries:
        assert len(moves.send(rows, to=there, user=user).items) == 120
        assert len(moves.receive(rows, user=user).items) == 120
    assert len(queries) <= 46


def test_the_pages(client, places):
    here, there = places
    client.force_login(member(here, there))
    ItemFactory(branch=here, barcode="1"), ItemFactory(branch=here, barcode="2", status=S.ON_LOAN)
    send, receive, under_way = (reverse(f"catalogue_items:{name}") for name in ("send", "receive", "moves"))
    page = client.post(send, {"to": there.pk, "barcodes": "1\n2"})
    assert page.status_code == 422 and page.context["form"]["barcodes"].value() == "2"
    move = ItemMove.objects.get()
    for direction in ("to", "from"):
        assert client.get(f"{under_way}?direction={direction}").context["moves"] == [move]
    client.post(under_way, {"move": ["x", move.pk], "action": "nonsense"})
    assert ItemMove.objects.filter(outcome="").exists()
    client.post(under_way, {"move": [move.pk], "action": "receive"})
    assert Item.objects.get(barcode="1").branch == there
    client.post(send, {"to": here.pk, "barcodes": "1"})
    assert client.post(receive, {"at": here.pk, "barcodes": "1"}).status_code == 302
    assert Item.objects.get(barcode="1").branch == here
