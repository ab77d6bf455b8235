"""History, children's corner, documents, partners, jobs, questions, accessibility: what readers see of each."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from home.models import (
    AccessibilityStatementPage,
    ChildrenPage,
    ContentPage,
    DocumentsPage,
    FAQPage,
    HistoryPage,
    JobsPage,
    PartnersPage,
    ServicePage,
)
from library.models import PortalDocument, PortalImage
from tests.factories.home import (
    make_childrens_corner,
    make_documents,
    make_faq,
    make_history,
    make_page,
    make_partners,
    make_site,
    make_statement,
    make_vacancies,
)
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db

TYPES = [
    AccessibilityStatementPage, ChildrenPage, DocumentsPage, FAQPage,
    HistoryPage, JobsPage, PartnersPage, ServicePage,
]  # fmt: skip


@pytest.fixture
def home():
    return make_site()["en"]


def main_of(client, page, query=""):
    return client.get(f"{page.url}{query}").text.split("<main")[1].split("<footer")[0]


def make_document(title="House rules", content=b"x" * 2048, name="rules.pdf"):
    return PortalDocument.objects.create(title=title, file=ContentFile(content, name=name))


def make_picture():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(buffer, "PNG")
    buffer.seek(0)
    return PortalImage.objects.create(
        title="A picture", file=ImageFile(buffer, name="picture.png"), width=40, height=20
    )


def picture_value(text="The old reading room"):
    return {"image": make_picture().pk, "decorative": False, "alt_text": text}


@pytest.mark.parametrize("model", TYPES)
def test_each_kind_is_shown_even_when_empty(client, home, model):
    page = make_page(home, "A page", kind=model)
    html = client.get(page.url).text
    assert html.count("<h1") == 1


@pytest.mark.parametrize("model", TYPES)
def test_staff_can_open_the_form_of_each_kind(client, admin_user, home, model):
    client.force_login(admin_user)
    page = make_page(home, "A page", kind=model)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert (
        client.get(f"/admin/pages/add/home/{model._meta.model_name}/{home.pk}/?kind=lending").status_code
        == 200
    )


@pytest.mark.parametrize("model", TYPES)
def test_nothing_stands_below_such_a_page(home, model):
    assert model.can_create_at(home)
    assert not ContentPage.can_create_at(make_page(home, "A page", kind=model))


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (DocumentsPage, ["House rules", "We tell nobody what you search, borrow or read."]),
        (FAQPage, ["How do I get a reader&#x27;s card?"]),
        (HistoryPage, ["Our history"]),
        (AccessibilityStatementPage, ["Accessibility"]),
    ],
)
def test_a_new_page_begins_with_helpful_words(client, admin_user, home, model, words):
    client.force_login(admin_user)
    html = client.get(f"/admin/pages/add/home/{model._meta.model_name}/{home.pk}/").text
    for part in words:
        assert part in html or part.replace("&#x27;", "\\u0027") in html


@pytest.mark.parametrize("model", TYPES)
def test_what_a_new_page_does_not_say_is_empty(home, model):
    """A block without one of its values would be shown to staff as “undefined”."""
    page = model()
    page.begin("internet")
    for name in ("body", "facts", "questions", "volunteering"):
        for block in getattr(page, name, []):
            if hasattr(block.value, "keys"):
                assert set(block.value) == set(block.block.child_blocks)


def test_a_new_page_begins_in_the_language_of_its_tree(home, translated):
    from home.start_texts import begin_page

    russian = next(page for page in home.get_translations() if page.locale.language_code == "ru")
    page = ServicePage()
    russian.chosen_beginning = "lending"
    begin_page(page, russian)
    assert page.kind == "lending" and page.facts


# --- History


def test_events_stand_in_the_order_of_years(client, home):
    html = main_of(client, make_history(home, 1977, 1925, 1949))
    years = [f"Event of {year}" for year in (1925, 1949, 1977)]
    assert sorted(years, key=html.index) == years
    assert "First head" in html and "1949–1962" in html and "#y1920" not in html


def test_a_long_history_can_be_jumped_in_by_decades(client, home):
    html = main_of(client, make_history(home, *range(1925, 1935)))
    assert html.count('id="y1920"') == 1 and html.count('id="y1930"') == 1 and 'href="#y1930"' in html


def test_dates_in_words_and_pictures_with_their_text(client, home):
    page = make_history(home)
    page.timeline = [
        ("entry", {"year": 1925, "date": "spring 1925", "title": "Opened", "text": "", "caption": "Then"})
    ]
    page.timeline[0].value["picture"] = (
        page.timeline[0].block.child_blocks["picture"].to_python(picture_value())
    )
    page.save()
    html = main_of(client, page)
    assert "spring 1925" in html and 'alt="The old reading room"' in html and "Then" in html


# --- Children


def test_children_find_books_links_and_open_rooms(client, home):
    BranchFactory(code="kids", has_childrens_room=True, open_weekdays=range(7))
    BranchFactory(code="grown")
    page = make_childrens_corner(
        home, {"title": "Readers' club", "text": "Every week", "address": "/events/"}
    )
    html = main_of(client, page)
    assert "/en/children/books/?age=" in html and 'href="/en/children/"' in html
    assert 'href="/events/"' in html and "Library kids" in html and "Library grown" not in html


def test_many_childrens_rooms_cost_no_more_questions(client, home):
    page = make_childrens_corner(home)

    def queries():
        client.get(page.url)
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url)
        return len(asked)

    BranchFactory(has_childrens_room=True, open_weekdays=[0])
    before = queries()
    for _number in range(10):
        BranchFactory(has_childrens_room=True, open_weekdays=[0])
    assert queries() <= before
    assert "?children=1" in main_of(client, page)


# --- Documents


def test_documents_say_what_opens(client, home):
    old, new = make_document("Old"), make_document("Rules of 2026")
    entry = {
        "document": new.pk, "title": "", "text": "What holds.", "language": "az", "version": "second edition",
        "in_force": "2026-03-01", "earlier": [{"document": old.pk, "version": "of 2019"}],
    }  # fmt: skip
    html = main_of(client, make_documents(home, ("documents", {"title": "Rules", "documents": [entry]})))
    for words in ("Rules of 2026", "PDF, 2.0", "Azərbaycanca", "second edition", "In force since 1 March 2026",
                  "Earlier versions", "of 2019", 'hreflang="az"'):  # fmt: skip
        assert words in html


def test_a_document_without_its_file_is_still_listed(client, home):
    document = make_document()
    document.file.storage.delete(document.file.name)
    html = main_of(
        client,
        make_documents(home, ("documents", {"title": "Rules", "documents": [{"document": document.pk}]})),
    )
    assert "PDF" in html


def test_a_deleted_document_leaves_no_dead_entry(client, home):
    document = make_document()
    page = make_documents(home, ("documents", {"title": "Rules", "documents": [{"document": document.pk}]}))
    document.delete()
    assert "document-title" not in main_of(client, page)


def test_many_documents_cost_no_more_questions(client, home):
    def queries(number):
        entries = [{"document": make_document(f"D{n}").pk} for n in range(number)]
        page = make_documents(home, ("documents", {"title": "Rules", "documents": entries}))
        client.get(page.url)
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url)
        page.delete()
        return len(asked)

    assert queries(8) <= queries(1)


def test_house_rules_are_numbered_articles_and_long_pages_begin_with_contents(client, home):
    rules = {"title": "House rules", "articles": [{"title": "Bags", "text": "<p>In a locker.</p>"}]}
    groups = [("documents", {"title": f"Group {n}", "documents": []}) for n in (1, 2)]
    html = main_of(client, make_documents(home, ("rules", rules), *groups))
    assert "<h3>Bags</h3>" in html and 'href="#part-3">Group 2' in html and 'id="part-3"' in html


# --- Partners


def test_partners_are_grouped_by_kind(client, home):
    memorandum = make_document("Memorandum")
    schools = [{"name": f"School {n}", "kind": "education"} for n in range(5)]
    museum = {"name": "Museum", "kind": "culture", "since": "2019", "address": "https://example.org/",
              "memorandum": memorandum.pk, "text": "Exhibitions",
              "logo": picture_value("Logo of the museum")}  # fmt: skip
    html = main_of(client, make_partners(home, museum, *schools))
    assert html.index("Schools and universities") < html.index("School 0") < html.index("Museum")
    for words in ("2019", 'href="https://example.org/"', 'alt="Logo of the museum"', memorandum.url):
        assert words in html


def test_an_address_that_could_run_is_refused():
    from django.core.exceptions import ValidationError

    from home.blocks.standing import WebAddressBlock

    for address in ("javascript:alert(1)", "ftp://example.org/"):
        with pytest.raises(ValidationError):
            WebAddressBlock().clean(address)


# --- Jobs


@pytest.mark.parametrize(("days", "shown"), [(1, True), (0, True), (-1, False), (None, True)])
def test_a_post_goes_when_its_deadline_is_past(client, home, days, shown):
    deadline = None if days is None else (timezone.localdate() + timedelta(days=days)).isoformat()
    html = main_of(client, make_vacancies(home, {"title": "Bibliographer", "deadline": deadline}))
    assert ("Bibliographer" in html) == shown
    assert ("There are no vacancies at the moment." in html) != shown


def test_the_nearest_deadline_comes_first(home):
    posts = [
        {"title": "Open end"},
        {"title": "Later", "deadline": "2026-05-02"},
        {"title": "Soon", "deadline": "2026-05-01"},
    ]
    titles = [entry["title"] for entry in make_vacancies(home, *posts).open_vacancies(date(2026, 4, 30))]
    assert titles == ["Soon", "Later", "Open end"]


def test_open_posts_are_told_to_search_engines(rf, home):
    page = make_vacancies(home, {"title": "A", "posted": "2026-01-02"}, {"title": "B"})
    (data,) = page.structured_data(rf.get("/"))
    assert (data["@type"], data["title"], data["datePosted"]) == ("JobPosting", "A", "2026-01-02")
    assert data["description"] == "Work with books."


# --- Questions

CARD, LATE = ("How do I get a card?", "Come by."), ("What if I am late?", "Bring it back.")


def test_answers_open_on_the_spot_and_have_addresses(client, home):
    html = main_of(client, make_faq(home, {"Card": [CARD, CARD], "Lending": [LATE]}))
    assert html.count("<details") == 3 and 'id="how-do-i-get-a-card"' in html
    assert 'id="how-do-i-get-a-card-2"' in html and 'name="q"' not in html


@pytest.mark.parametrize(
    ("words", "found", "missing"),
    [("CARD come", CARD[0], LATE[0]), ("bring", LATE[0], CARD[0]), ("lending", LATE[0], CARD[0])],
)
def test_questions_are_found_by_their_words(client, home, words, found, missing):
    page = make_faq(home, {"Card": [CARD], "Lending": [LATE] * 8})
    assert 'name="q"' in main_of(client, page)
    html = main_of(client, page, f"?q={words}")
    assert found in html and missing not in html


@pytest.mark.parametrize("words", ["zzz", "<script>alert(1)</script>", "x" * 5000])
def test_what_is_not_found_leads_to_a_librarian(client, home, words):
    html = main_of(client, make_faq(home, {"": [CARD]}), f"?q={words}")
    assert "No answer here has these words." in html and "/en/ask/" in html and "<script>alert" not in html


@pytest.mark.parametrize("words", ["%00", "%22", "%20"])
def test_signs_alone_ask_for_nothing(client, home, words):
    html = main_of(client, make_faq(home, {"": [CARD]}), f"?q={words}")
    assert CARD[0] in html and "No answer here" not in html


def test_questions_are_told_to_search_engines(rf, home):
    data = make_faq(home, {"Card": [CARD]}).structured_data(rf.get("/"))
    assert data["@type"] == "FAQPage"
    assert data["mainEntity"][0]["acceptedAnswer"]["text"] == "Come by."
    assert make_faq(home, {}).structured_data(rf.get("/")) is None


# --- Accessibility


@pytest.mark.parametrize(
    ("status", "words"), [("full", "meets the standard"), ("partial", "in part"), ("not", "does not meet")]
)
def test_the_statement_says_how_far_the_site_is(client, home, status, words):
    gap = {"what": "Old scans have no text", "instead": "We read them to you", "until": "autumn"}
    page = make_statement(
        home, gap, status=status, checked_on=date(2026, 5, 4), contact_email="a@example.org"
    )
    html = main_of(client, page)
    for part in (
        words,
        "WCAG 2.2 AA",
        "4 May 2026",
        gap["what"],
        gap["instead"],
        gap["until"],
        "a@example.org",
    ):
        assert part in html
