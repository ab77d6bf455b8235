"""The staff pages of weeding lists: forms, the rule, deciding, papers, rights."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from catalog_pages.models import WeedingList
from catalog_pages.weeding import services
from tests.factories.catalog_pages import ItemFactory, RecordFactory, WeedingListFactory
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"weeding:{name}", args=args)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def weeding_list(branch):
    return WeedingListFactory(branch=branch)


def filled(weeding_list, **columns):
    item = ItemFactory(branch=weeding_list.branch, **columns)
    services.add_items(weeding_list, [item], reason="worn")
    return item


def test_a_list_is_begun(client, sign_in, branch):
    user = sign_in()
    data = {"branch": branch.pk, "name": "Spring", "member-TOTAL_FORMS": "7", "member-INITIAL_FORMS": "0"}
    assert client.post(url("new"), data).status_code == 422
    data |= {f"member-{place}-name": name for place, name in enumerate("ABC")}
    client.post(url("new"), data)
    made = WeedingList.objects.get()
    assert (made.created_by, made.state, len(made.commission)) == (user, "draft", 3)


@pytest.mark.parametrize(
    ("codes", "fields", "words"),
    [
        ("?", {}, "Unknown"),
        (" ", {}, "required"),
        ("deposit", {}, "legal-deposit"),
        ("here", {"reason": "other"}, "which reason"),
        ("here", {"reason": "dislike"}, "valid choice"),
        ("here", {"price": "-1"}, "greater"),
        ("here", {"price": "9" * 40}, "no more than"),
        ("\n".join(map(str, range(300))), {}, "At most"),
    ],
)
def test_bad_input_is_said_at_its_field(client, sign_in, weeding_list, branch, codes, fields, words):
    sign_in()
    ItemFactory(branch=branch, barcode="here")
    ItemFactory(branch=branch, barcode="deposit", is_legal_deposit=True)
    answer = client.post(url("page", weeding_list.pk), {"codes": codes, "reason": "worn"} | fields)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not weeding_list.entries.exists()


def test_copies_are_put_on_by_scanner_and_taken_off(client, sign_in, weeding_list, branch):
    sign_in()
    ItemFactory(branch=branch, barcode="here", price=4)
    client.post(url("page", weeding_list.pk), {"codes": "here\r\nhere\r\n", "reason": "lost", "price": "9.5"})
    entry = weeding_list.entries.get()
    assert (entry.reason, entry.price) == ("lost", 9.5)
    client.post(url("remove", weeding_list.pk), {"entry": [entry.pk, "x", "9" * 40]})
    assert not weeding_list.entries.exists()


def test_a_rule_shows_copies_to_choose_from(client, sign_in, weeding_list, branch):
    sign_in()
    item = ItemFactory(branch=branch, record=RecordFactory(year=1950, title="Very old"))
    address = url("rule", weeding_list.pk)
    assert "Say what to look for" in client.get(address, {"older_than": ""}).content.decode()
    for bad in ("x", "-5", "9" * 40):
        assert client.get(address, {"older_than": bad}).context["part"] is None
    assert "Very old" in client.get(address, {"older_than": "1960"}).content.decode()
    assert client.post(address + "?older_than=1960", {"reason": "outdated"}).status_code == 422
    client.post(address + "?older_than=1960", {"item": item.pk, "reason": "outdated"})
    assert weeding_list.entries.get().item == item
    assert "Very old" not in client.get(address, {"older_than": "1960"}).content.decode()


def test_another_decides(client, sign_in, weeding_list):
    filled(weeding_list)
    sign_in("administrator")
    client.post(url("step", weeding_list.pk, "propose"))
    page = client.post(url("decide", weeding_list.pk), {"decision": "approve"}, follow=True).content.decode()
    assert "Somebody else must" in page
    sign_in("administrator")
    client.post(url("decide", weeding_list.pk), {"decision": "approve", "note": "As agreed"})
    weeding_list.refresh_from_db()
    assert (weeding_list.state, weeding_list.decision_note) == ("approved", "As agreed")
    client.post(url("step", weeding_list.pk, "write-off"))
    weeding_list.refresh_from_db()
    assert weeding_list.state == "writing"


@pytest.mark.parametrize("state", WeedingList.State.values)
def test_the_page_of_every_state(client, sign_in, weeding_list, state):
    sign_in("administrator")
    filled(weeding_list, price=2)
    WeedingList.objects.update(state=state)
    for address in (url("page", weeding_list.pk), url("list"), url("page", weeding_list.pk) + "?table"):
        assert client.get(address).status_code == 200


def test_the_proposal_on_paper(client, sign_in, weeding_list):
    sign_in()
    filled(weeding_list, record=RecordFactory(title="Falls apart"), price=7, accession_number="A-17")
    answer = client.get(url("paper", weeding_list.pk))
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(answer.content)).pages).split())
    for words in ("Falls apart", "A-17", "Member 2", weeding_list.name):
        assert words in text


WRITES = [("page",), ("rule",), ("remove",), ("decide",), ("step", "propose"), ("step", "write-off")]


@pytest.mark.parametrize(("name", "args"), [(name, args) for name, *args in WRITES])
@pytest.mark.parametrize("role", ["desk", "editor", "librarian of another library"])
def test_who_may_not_write(client, sign_in, weeding_list, name, args, role):
    other = role.startswith("librarian")
    sign_in("librarian" if other else role, BranchFactory() if other else weeding_list.branch)
    item = filled(weeding_list)
    before = list(WeedingList.objects.values()), list(weeding_list.entries.values())
    extra = ItemFactory(branch=weeding_list.branch)
    data = {
        "codes": extra.barcode,
        "item": extra.pk,
        "entry": weeding_list.entries.get().pk,
        "reason": "worn",
    }
    answer = client.post(url(name, weeding_list.pk, *args), data | {"decision": "approve"})
    assert answer.status_code in (302, 403)
    assert (list(WeedingList.objects.values()), list(weeding_list.entries.values())) == before
    item.refresh_from_db()
    assert item.status == "available"


def test_a_librarian_does_not_decide(client, sign_in, weeding_list):
    filled(weeding_list)
    services.propose(weeding_list, user=UserFactory(password=None))
    sign_in()
    client.post(url("decide", weeding_list.pk), {"decision": "approve"})
    weeding_list.refresh_from_db()
    assert weeding_list.state == "proposed"


@pytest.mark.parametrize("name", ["remove", "decide"])
def test_nothing_is_written_by_looking(client, sign_in, weeding_list, name):
    sign_in()
    assert client.get(url(name, weeding_list.pk)).status_code == 405
