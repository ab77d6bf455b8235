"""Who may open and do what; the list; the MARC tab; deleting."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from catalog_pages.cataloguing.services import marc_of
from catalog_pages.models import DeletedRecord, MarcSource, Record
from catalog_pages.services import WholeMarc, write_marc
from library.models import Authority
from tests.catalog_pages.cataloguing.conftest import add_address, edit_address
from tests.factories.catalog_pages import ItemFactory, RecordFactory, marc
from tests.factories.library import UserFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"cataloguing:{name}", args=args)


@pytest.fixture
def record():
    record = RecordFactory(control_number="m1", title="A title")
    write_marc([record], [WholeMarc(marc("m1"), "delivered")])
    return record


@pytest.mark.parametrize(
    ("right", "opens"),
    [
        ("view_record", {"list", "edit", "marc"}),
        ("add_record", {"list", "kind", "choose_host", "add"}),
        ("change_record", {"list", "choose_host", "edit", "marc", "history"}),
        ("delete_record", {"delete"}),
        ("", set()),
    ],
)
def test_each_right_opens_its_pages(client, record, right, opens):
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", right]))
    client.force_login(user)
    pages = {
        "list": address("list"), "kind": address("kind"), "choose_host": address("choose_host"),
        "add": add_address(), "edit": edit_address(record), "marc": address("marc", record.pk),
        "delete": address("delete", record.pk), "history": address("history", record.pk),
    }  # fmt: skip
    assert {name for name, page in pages.items() if client.get(page).status_code == 200} == opens


@pytest.mark.parametrize("name", ["edit", "marc", "delete"])
def test_who_may_only_look_changes_nothing(client, record, name):
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_record"]))
    client.force_login(user)
    assert client.post(address(name, record.pk), {"title": "x", "lines": "x"}).status_code in (302, 403)
    assert Record.objects.get().title == "A title"


@pytest.mark.parametrize("name", ["edit", "marc", "delete", "history"])
@pytest.mark.parametrize("pk", [1, 99999999999999999999])
def test_a_record_that_is_not_there(cataloguer, name, pk):
    assert cataloguer.get(address(name, pk)).status_code == 404


@pytest.mark.parametrize("material", ["nothing", "book-"])
def test_a_kind_that_is_not_there(cataloguer, material):
    assert cataloguer.get(add_address(material)).status_code == 404


@pytest.mark.parametrize("query", ["?copy=9", "?copy=x", "?host=%D9%A3", "?copy=99999999999999999999"])
def test_a_strange_address_is_an_empty_form(cataloguer, query):
    assert cataloguer.get(add_address(query=query)).status_code == 200


# --- The list -----------------------------------------------------------------------------------------


def test_the_newest_come_first_page_by_page(cataloguer, django_assert_max_num_queries):
    records = RecordFactory.create_batch(30)
    with django_assert_max_num_queries(15):
        page = cataloguer.get(address("list"))
    found = page.context["found"]
    assert [one.pk for one in found.records] == [one.pk for one in reversed(records[5:])]
    rest = cataloguer.get(f"{address('list')}?{found.next}").context["found"]
    assert {one.pk for one in rest.records} == {one.pk for one in records[:5]} and not rest.next


def test_records_are_found_by_title_isbn_and_number(cataloguer, settings):
    wanted = RecordFactory(title="Qarabağ tarixi", isbns=["0306406152"], control_number="Az 12/3")
    RecordFactory.create_batch(3)
    with searchable(settings):
        for text in ("qarabag", "9780306406157", "Az 12/3"):
            found = cataloguer.get(address("list"), {"q": text}).context["found"]
            assert [one.pk for one in found.records] == [wanted.pk], text
        assert (
            cataloguer.get(address("list"), {"q": "qarabag", "material": "map"}).context["found"].total == 0
        )


@pytest.mark.parametrize(
    "query",
    [{"q": "x", "page": "500"}, {"before": "x"}, {"page": "٣", "q": "a"}, {"material": "zzz"}, {"q": "a\0b"}],
)
def test_strange_questions_are_answered(cataloguer, query):
    RecordFactory()
    assert cataloguer.get(address("list"), query).status_code == 200


def test_without_an_index_numbers_still_find(cataloguer):
    record = RecordFactory(control_number="c-1")
    found = cataloguer.get(address("list"), {"q": "c-1"}).context["found"]
    assert found.problem == "unavailable" and list(found.records) == [record]


def test_typed_beginnings_become_headings(cataloguer):
    for heading in ("Nizami Gəncəvi", "Nizamülmülk", "Xaqani"):
        Authority.objects.create(kind="person", heading=heading)
    Authority.objects.create(kind="subject", heading="Nizam")
    names = cataloguer.get(address("headings", "names"), {"q": "niza"}).json()["headings"]
    assert names == ["Nizami Gəncəvi", "Nizamülmülk"]
    assert len(cataloguer.get(address("headings", "subjects"), {"q": "niza"}).json()["headings"]) == 3
    assert cataloguer.get(address("headings", "names"), {"q": "n"}).json()["headings"] == []
    assert cataloguer.get(address("headings", "other"), {"q": "niza"}).status_code == 403


def test_periodicals_are_offered_to_articles_first_and_books_are_found(cataloguer, settings):
    journal = RecordFactory(title="Gənc News", material="periodical")
    book = RecordFactory(title="Collected papers")
    RecordFactory(title="Collected article", material="article")
    assert list(cataloguer.get(address("choose_host")).context["found"].records) == [journal]
    with searchable(settings):
        found = cataloguer.get(address("choose_host"), {"q": "collected"}).context["found"]
    assert list(found.records) == [book]


# --- The MARC tab -------------------------------------------------------------------------------------


def send(client, record, change, **data):
    page = client.get(address("marc", record.pk))
    text = change(page.context["lines"])
    data = data or {"save": "1"}
    return client.post(
        address("marc", record.pk), {"lines": text, "seen_version": page.context["version"], **data}
    )


def test_a_changed_line_changes_record_and_columns(cataloguer, record):
    answer = send(cataloguer, record, lambda text: text.replace("$aA title", "$aNew$bwith more"))
    assert answer.status_code == 302
    record.refresh_from_db()
    assert (record.title, record.subtitle) == ("New", "with more")
    assert MarcSource.objects.get().checksum == "delivered"


def test_checking_shows_what_readers_will_see_and_saves_nothing(cataloguer, record):
    answer = send(cataloguer, record, lambda text: text.replace("$aA title", "$aSeen"), preview="1")
    assert answer.status_code == 200 and answer.context["preview"].title == "Seen"
    assert Record.objects.get().title == "A title"


@pytest.mark.parametrize("line", ["garbage", "500 ## nothing", "245 ## $cno title", "001 other", "\x1ezz"])
def test_wrong_lines_come_back_with_what_was_typed(cataloguer, record, line):
    drop = line.startswith(("245", "001"))
    answer = send(
        cataloguer,
        record,
        lambda text: "\n".join([*(one for one in text.split("\n") if not drop or one[:3] != line[:3]), line]),
    )
    assert answer.status_code == 422
    assert answer.context["problems"] and line[:3] in answer.context["lines"]
    assert Record.objects.get().title == "A title"


def test_the_second_editor_of_the_lines_is_told(cataloguer, record):
    page = cataloguer.get(address("marc", record.pk))
    send(cataloguer, record, lambda text: text.replace("A title", "Theirs"))
    data = {"lines": page.context["lines"], "seen_version": page.context["version"], "save": "1"}
    answer = cataloguer.post(address("marc", record.pk), data)
    assert answer.status_code == 409
    data["seen_version"] = answer.context["version"]
    assert cataloguer.post(address("marc", record.pk), data).status_code == 302


# --- Deleting -----------------------------------------------------------------------------------------


def test_a_record_is_deleted_after_asking_and_leaves_its_trace(cataloguer, record):
    assert cataloguer.get(address("delete", record.pk)).status_code == 200
    assert Record.objects.exists()
    assert cataloguer.post(address("delete", record.pk)).status_code == 302
    assert not Record.objects.exists() and DeletedRecord.objects.get().record_id == record.pk


@pytest.mark.parametrize("dependent", ["copy", "article"])
def test_a_record_with_copies_or_articles_stays(cataloguer, record, dependent):
    if dependent == "copy":
        ItemFactory(record=record)
    else:
        RecordFactory(material="article", host=record)
    assert cataloguer.get(address("delete", record.pk)).status_code == 409
    assert cataloguer.post(address("delete", record.pk)).status_code == 409
    assert Record.objects.filter(pk=record.pk).exists()


def test_every_kind_has_a_form(cataloguer):
    for material in (
        "book",
        "periodical",
        "map",
        "score",
        "audio",
        "video",
        "electronic",
        "picture",
        "object",
    ):
        assert cataloguer.get(add_address(material)).status_code == 200
    assert b"Catalogue" in cataloguer.get("/admin/").content


def test_the_marc_of_a_record_without_one_is_made(cataloguer):
    bare = RecordFactory(title="From a list")
    assert "From a list" in cataloguer.get(address("marc", bare.pk)).context["lines"]
    assert marc_of(bare)[1] == "marc21"
