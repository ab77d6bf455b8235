"""The form of a record, as a librarian fills it in."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from catalog_pages.cataloguing.forms import RecordForm
from catalog_pages.cataloguing.marc21_fields import MARC21
from catalog_pages.cataloguing.services import marc_of, new_marc
from catalog_pages.cataloguing.values import read_values
from catalog_pages.models import Item, MarcSource, Record
from catalog_pages.services import WholeMarc, write_marc
from search.models import OutboxEntry
from tests.catalog_pages.cataloguing.conftest import add_address, edit_address, fields_in, fields_of
from tests.factories.catalog_pages import ItemFactory, RecordFactory, marc
from tests.factories.library import BranchFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db


def imported(**fields):
    """A record that came from MARC."""
    record = RecordFactory(control_number="m1", title="A title", **fields)
    write_marc([record], [WholeMarc(marc("m1", b="a subtitle /", c="A. B."), "delivered")])
    return record


def typed(changes):
    """The form of a new book as it comes in from a browser."""
    values = read_values(new_marc("book"))
    data = QueryDict(mutable=True)
    data.update(fields_in(RecordForm(values=values, rules=MARC21)) | changes)
    return RecordForm(data, values=values, rules=MARC21)


def text_of(record, tag):
    made, _rules = marc_of(record)
    return [field.text.replace("\x1f", "$") for field in made.having(tag)]


def test_a_new_book_gets_its_columns_and_a_whole_marc_record(fill, cataloguer):
    answer = fill(
        add_address(),
        title="The castle",
        subtitle="a novel",
        year="1999",
        language_0="eng",
        language_1="aze",
        place="Baku",
        publisher="Nurlan",
        age_group="11-14",
        class_scheme="ddc",
        class_number="894.361",
        names__0__text="Kafka, Franz, 1883–1924",
    )
    record = Record.objects.get()
    assert answer.status_code == 302 and answer.url == edit_address(record)
    assert (record.title, record.subtitle, record.year) == ("The castle", "a novel", 1999)
    assert (record.languages, record.age_group) == (["eng", "aze"], "11-14")
    assert (record.place, record.publisher) == ("Baku", "Nurlan")
    assert (record.class_scheme, record.class_number) == ("ddc", "894.361")
    assert record.authors == ["Kafka, Franz, 1883–1924"]
    assert record.source == "local" and record.control_number.startswith("p")
    assert text_of(record, "001") == [record.control_number]
    assert text_of(record, "245") == ["14$aThe castle$ba novel"]
    assert text_of(record, "100") == ["1 $aKafka, Franz,$d1883–1924"]
    assert OutboxEntry.objects.exists()
    history = cataloguer.get(reverse("cataloguing:history", args=[record.pk])).content.decode()
    assert "Create" in history


def test_a_title_files_without_its_article(fill):
    fill(add_address(), title="The castle", language_0="eng")
    assert Record.objects.get().title_sort == RecordFactory(title="castle").title_sort


def test_of_an_imported_record_only_what_was_changed_changes(fill):
    record = imported()
    before = {field.tag: field.raw for field in marc_of(record)[0].fields}
    assert fill(edit_address(record), title="Another title").status_code == 302
    record.refresh_from_db()
    assert (record.title, record.subtitle, record.control_number) == ("Another title", "a subtitle", "m1")
    after = {field.tag: field.raw for field in marc_of(record)[0].fields}
    assert after.pop("245") == b"00\x1faAnother title\x1fba subtitle /\x1fcA. B."
    before.pop("245")
    assert after == before
    # The same delivery, come again, is known by this.
    assert MarcSource.objects.get().checksum == "delivered"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"year": "19"}, "year"),
        ({"year": "2999"}, "year"),
        ({"year": "now"}, "year"),
        ({"language_0": "zz9"}, "language_0"),
        ({"class_scheme": "ddc"}, "class_number"),
        ({"class_number": "5"}, "class_number"),
        ({"class_scheme": "lcc", "class_number": "5"}, "class_scheme"),
        ({"age_group": "99"}, "age_group"),
        ({"title": "x" * 5001}, "title"),
    ],
)
def test_what_cannot_be_is_an_error_of_its_field(changes, field):
    form = typed({"title": "A title", **changes})
    assert not form.is_valid()
    assert field in form.errors


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("isbns", "978-0-306-40615-8"),
        ("isbns", "123"),
        ("links", "javascript:alert(1)"),
        ("links", "www.example.org"),
    ],
)
def test_a_wrong_line_says_so(group, text):
    form = typed({"title": "A title", f"{group}-0-text": text})
    assert not form.is_valid()
    assert form.groups[group].formset.forms[0].errors["text"]


def test_an_error_brings_the_page_back_and_saves_nothing(fill):
    answer = fill(add_address(), title="A title", year="now", isbns__0__text="123")
    assert answer.status_code == 422 and answer.content.count(b"error-message") >= 3
    assert not Record.objects.exists()


@pytest.mark.parametrize("data", [{}, {"title": "x"}, {"title": "x", "names-TOTAL_FORMS": "9999999"}])
def test_a_form_without_its_parts_is_refused_quietly(cataloguer, data):
    assert cataloguer.post(add_address(), data).status_code == 422
    assert not Record.objects.exists()


def test_capitals_and_a_strange_class_number_are_asked_about_once(fill, cataloguer):
    changes = {"title": "WAR AND PEACE", "class_scheme": "ddc", "class_number": "84(2)"}
    answer = fill(add_address(), **changes)
    assert answer.status_code == 422
    texts = [warning.text for warning in answer.context["form"].warnings]
    assert len(texts) == 2 and "capitals" in texts[0] and "outside" in texts[1]
    token = answer.context["form"].warnings_token
    assert fill(add_address(), **changes, confirmed="other").status_code == 422
    assert fill(add_address(), **changes, confirmed=token).status_code == 302
    # What stands there already is not asked about again.
    assert fill(edit_address(Record.objects.get()), subtitle="a novel").status_code == 302


def test_an_isbn_that_is_in_the_catalogue_is_asked_about_with_a_link(fill, settings):
    known = RecordFactory(isbns=["0306406152"], title="Known")
    with searchable(settings):
        answer = fill(add_address(), title="Again", isbns__0__text="978-0-306-40615-7")
        assert answer.status_code == 422
        assert [warning.record for warning in answer.context["form"].warnings] == [known]
        assert edit_address(known) in answer.content.decode()
        token = answer.context["form"].warnings_token
        assert (
            fill(add_address(), title="Again", isbns__0__text="0306406152", confirmed=token).status_code
            == 302
        )
    assert Record.objects.get(title="Again").isbns == ["9780306406157"]


def test_without_scripts_a_button_brings_more_lines(cataloguer):
    data = fields_of(cataloguer.get(add_address())) | {
        "title": "",
        "names-0-text": "Kafka, Franz",
        "more": "names",
    }
    page = cataloguer.post(add_address(), data)
    assert page.status_code == 200
    formset = page.context["form"].groups["names"].formset
    assert len(formset.forms) == 4 and formset.forms[0]["text"].value() == "Kafka, Franz"
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("changes", "colour", "mark"),
    [
        (
            {"class_scheme": "ddc", "class_number": "894.361", "names-0-text": "Kafka, Franz"},
            8,
            "894.361 KAF 1999",
        ),
        ({"class_scheme": "bbk", "class_number": "Ш1"}, 4, "Ш1 CAS 1999"),
        ({"class_scheme": "ddc", "class_number": "x", "year": "soon"}, None, "x CAS"),
        ({}, None, "CAS 1999"),
    ],
)
def test_colour_and_call_number_are_shown_before_saving(cataloguer, changes, colour, mark):
    typed = {"title": "The castle", "language_0": "eng", "year": "1999", "more": "label", **changes}
    page = cataloguer.post(add_address(), fields_of(cataloguer.get(add_address())) | typed)
    assert page.status_code == 200 and not Record.objects.exists()
    assert page.context["shown"].main_class == colour
    assert page.context["call_number"] == mark


def test_the_second_of_two_editors_is_told(cataloguer, fill):
    record = imported()
    mine = fields_of(cataloguer.get(edit_address(record)))
    fill(edit_address(record), title="Theirs", edition="2nd")
    answer = cataloguer.post(edit_address(record), mine | {"title": "Mine"})
    assert answer.status_code == 422 and "Somebody else" in answer.content.decode()
    again = mine | {"title": "Mine", "seen_version": answer.context["form"]["seen_version"].value()}
    assert cataloguer.post(edit_address(record), again).status_code == 302
    record.refresh_from_db()
    assert record.title == "Mine"


def test_later_steps_are_no_second_editor(cataloguer):
    record = imported()
    mine = fields_of(cataloguer.get(edit_address(record)))
    # Linking the headings to the authority file touches the record behind the editor's back.
    Record.objects.filter(pk=record.pk).update(updated_at=timezone.now(), authors=["Preferred, Form"])
    assert cataloguer.post(edit_address(record), mine | {"title": "Mine"}).status_code == 302


def test_first_copies_come_with_the_record(fill):
    branch = BranchFactory()
    answer = fill(
        add_address(),
        title="The castle",
        year="1999",
        language_0="eng",
        class_scheme="ddc",
        class_number="823",
        items__0__branch=branch.pk,
        items__0__barcode="B1",
        items__0__price="12.50",
        items__0__store="children",
    )
    assert answer.status_code == 302
    item = Item.objects.get()
    assert (item.branch, item.barcode, str(item.price), item.store) == (branch, "B1", "12.50", "children")
    assert item.call_number == "823 CAS 1999"
    assert item.shelf_key == item.record.shelf_key
    assert item.events.get().kind == "added"


@pytest.mark.parametrize(
    "changes",
    [
        {"items__0__barcode": "TAKEN", "items__0__branch": True},
        {"items__0__barcode": "NEW"},
        {"items__0__branch": True, "items__0__price": "-1"},
        {
            "items__0__branch": True,
            "items__0__barcode": "X",
            "items__1__branch": True,
            "items__1__barcode": "X",
        },
        {"items__0__branch": "999999"},
    ],
)
def test_copies_that_cannot_be_are_refused_with_the_record(fill, changes):
    branch = ItemFactory(barcode="TAKEN").branch
    changes = {name: branch.pk if value is True else value for name, value in changes.items()}
    answer = fill(add_address(), title="New", **changes)
    assert answer.status_code == 422
    assert not Record.objects.filter(title="New").exists()


def test_copies_go_to_own_libraries_only(client, django_user_model, fill, cataloguer):
    own, other = BranchFactory(), BranchFactory()
    cataloguer.user.user_permissions.remove(
        *cataloguer.user.user_permissions.filter(codename="edit_every_branch")
    )
    cataloguer.user.branches.set([own])
    assert fill(add_address(), title="New", items__0__branch=other.pk).status_code == 422
    assert fill(add_address(), title="New", items__0__branch=own.pk).status_code == 302


def test_another_edition_begins_with_what_the_first_has(fill):
    record = imported()
    assert fill(add_address(query=f"?copy={record.pk}"), edition="2nd", year="2001").status_code == 302
    new = Record.objects.exclude(pk=record.pk).get()
    assert (new.title, new.statement, new.edition, new.year) == ("A title", "A. B.", "2nd", 2001)
    assert new.control_number != "m1" and new.source == "local"


def test_article_after_article_of_one_issue(cataloguer, fill):
    journal = RecordFactory(title="Gənc News", material="periodical", issns=["0378-5955"], language="aze")
    choose = cataloguer.get(add_address("article"))
    assert choose.status_code == 302 and choose.url == reverse("cataloguing:choose_host")
    assert f"?host={journal.pk}" in cataloguer.get(choose.url).content.decode()
    first = fill(
        add_address("article", f"?host={journal.pk}"),
        title="First", host_part="2026, № 14, p. 3", year="2026", language_0="aze", next_article="1",
    )  # fmt: skip
    article = Record.objects.get(title="First")
    assert (article.host, article.host_part, article.material) == (journal, "2026, № 14, p. 3", "article")
    assert text_of(article, "773") == [
        f"0 $tGənc News$g2026, № 14, p. 3$x0378-5955$w{journal.control_number}"
    ]
    page = cataloguer.get(first.url)
    form = page.context["form"]
    assert page.context["host"] == journal and form["title"].value() == ""
    assert (form["host_part"].value(), form["year"].value()) == ("2026, № 14, p. 3", 2026)
    assert cataloguer.post(first.url, fields_of(page) | {"title": "Second"}).status_code == 302
    assert set(journal.parts.values_list("title", "language")) == {("First", "aze"), ("Second", "aze")}


def test_an_article_can_get_another_host_or_none(cataloguer, fill):
    journal, other = RecordFactory.create_batch(2, material="periodical")
    fill(add_address("article", f"?host={journal.pk}"), title="First")
    article = Record.objects.get(title="First")
    fill(edit_address(article) + f"?host={other.pk}")
    article.refresh_from_db()
    assert article.host == other and other.title in text_of(article, "773")[0]
    fill(edit_address(article) + "?host=0")
    article.refresh_from_db()
    assert article.host is None


def test_a_link_is_written_where_links_stand(fill):
    record = imported()
    fill(edit_address(record), links__0__text="https://example.org/", links__0__extra="Read")
    record.refresh_from_db()
    assert {"url": "https://example.org/", "text": "Read"} in record.links


def test_a_record_without_marc_gets_one(fill):
    record = RecordFactory(title="From a list", publisher="Nurlan")
    assert fill(edit_address(record), subtitle="a novel").status_code == 302
    record.refresh_from_db()
    assert (record.subtitle, record.publisher) == ("a novel", "Nurlan")
    assert text_of(record, "001") == [record.control_number]


def test_the_form_takes_few_queries(cataloguer, django_assert_max_num_queries):
    record = imported()
    cataloguer.get(edit_address(record))
    with django_assert_max_num_queries(20):
        cataloguer.get(edit_address(record))
