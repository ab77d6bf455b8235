"""Services with their facts, the sections that group them, and what their form begins with."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import ContentPage, SectionPage, ServicePage
from home.service_presets import GROUPS, PRESETS, ServiceKind
from home.sources import PageSource
from library.models import Department
from tests.factories.home import make_page, make_service, make_site
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_site()["en"]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ["For whom", "Readers at home", "In all libraries", "During opening hours", "Free", "5 books"]),
        ({"price": "0.10 a page"}, ["Price", "0.10 a page"]),
        ({"place": "At your home", "everywhere": False}, ["At your home"]),
        ({"when": "Mondays"}, ["Mondays"]),
        ({"how": "Call us.\nWe come."}, ["How it works", "<li>Call us.</li>", "<li>We come.</li>"]),
        ({"how": "Just ask."}, ["<p>Just ask.</p>"]),
    ],
)
def test_a_service_shows_its_facts(client, home, fields, shown):
    html = client.get(make_service(home, **fields).url).text
    for words in shown:
        assert words in html
    assert html.count("<h1") == 1


def test_a_price_takes_the_place_of_free(client, home):
    assert 'status-ok">Free' not in client.get(make_service(home, price="0.10 a page").url).text


def test_a_service_of_some_libraries_names_those_on_the_site(client, home):
    shown, hidden = BranchFactory(code="one"), BranchFactory(code="two", is_active=False)
    html = client.get(make_service(home, branches=[shown, hidden]).url).text
    main = html.split("<main")[1].split("<footer")[0]
    assert "Library one" in main and "Library two" not in main and "In all libraries" not in main


def test_whom_to_ask_is_shown_with_ways_to_reach_them(client, home):
    desk = Department.objects.create(
        name={"en": "Reader services"}, phone="+994 22 305-00-00", email="desk@example.org"
    )
    html = client.get(make_service(home, department=desk).url).text
    assert "Reader services" in html and "tel:+994223050000" in html and "mailto:desk@example.org" in html


def test_a_section_groups_many_services_and_names_their_price(client, home):
    section = make_page(home, "Services", kind=SectionPage)
    for kind in ("lending", "internet", "mobile", "collection", "hall"):
        make_service(section, f"Service {kind}", kind=kind)
    make_page(section, "Something else")
    main = client.get(section.url).text.split("<main")[1].split("<footer")[0]
    order = ["Borrow and read", "Computers and copies", "We come to you", "Rooms", "More on this"]
    assert sorted(order, key=main.index) == order
    assert main.count(">Free<") == 5


def test_a_section_of_few_services_has_no_headings(client, home):
    section = make_page(home, "Services", kind=SectionPage)
    make_service(section, branches=[BranchFactory(), BranchFactory()])
    html = client.get(section.url).text
    assert "In 2 libraries" in html and "We come to you" not in html


def test_a_section_asks_the_same_for_many_services(client, home):
    section = make_page(home, "Services", kind=SectionPage, show_pictures=True)
    make_service(section, "First", branches=[BranchFactory()])

    def queries():
        client.get(section.url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(section.url).status_code == 200
        return len(asked)

    before = queries()
    for number in range(6):
        make_service(section, f"Service {number}", kind="internet", branches=[BranchFactory()])
    assert queries() <= before


def test_every_kind_with_a_preset_has_a_group_and_texts():
    assert set(PRESETS) == set(ServiceKind.values) - {"other"}
    assert set(GROUPS) == set(PRESETS)
    assert all(str(preset.intro) for preset in PRESETS.values())


def add_address(parent, model="servicepage"):
    return f"/admin/pages/add/home/{model}/{parent.pk}/"


def test_staff_choose_what_kind_of_service_it_is_first(client, admin_user, home):
    client.force_login(admin_user)
    html = client.get(add_address(home)).text
    assert "?kind=collection" in html and "Temporary collections" in html


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("collection", ["a list in two copies", "Hospitals", "For how long"]),
        ("internet", ["harmful content", "Time at the computer", "From what age"]),
        ("mobile", ["at least 2,000", "At the stops of the route"]),
    ],
)
def test_the_form_begins_with_what_such_services_say(client, admin_user, home, kind, words):
    client.force_login(admin_user)
    html = client.get(f"{add_address(home)}?kind={kind}").text
    for part in words:
        assert part in html


@pytest.mark.parametrize("kind", ["other", ""])
def test_another_service_begins_empty_and_no_kind_asks(client, admin_user, home, kind):
    client.force_login(admin_user)
    html = client.get(f"{add_address(home)}?kind={kind}").text
    assert ("id_who_for" in html) == bool(kind)


def test_an_unknown_kind_asks_again(client, admin_user, home):
    client.force_login(admin_user)
    assert "?kind=collection" in client.get(f"{add_address(home)}?kind=<script>").text


def test_who_may_not_add_pages_is_not_asked_either(client, home):
    user = UserFactory()
    user.groups.add(Group.objects.create(name="Nobody"))
    client.force_login(user)
    assert client.get(f"{add_address(home)}?kind=internet").status_code in (302, 403)


def form(**fields):
    data = {
        "title": "Printing", "slug": "printing", "kind": "printing", "intro": "", "who_for": "", "place": "",
        "when": "", "how": "", "price": "", "picture_text": "", "facts": streamfield([]), "body": streamfield([]),
        "seo_title": "", "search_description": "", "comments": inline_formset([]),
    }  # fmt: skip
    return nested_form_data(data) | fields


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"action-publish": "1"}, "Choose the libraries"),
        (
            {"action-publish": "1", "everywhere": "on", "in_branch": True},
            "Either all libraries or chosen ones",
        ),
        ({"everywhere": "on", "in_branch": True}, "Either all libraries or chosen ones"),
    ],
)
def test_where_a_service_is_must_be_said_clearly(client, admin_user, home, fields, message):
    client.force_login(admin_user)
    if fields.pop("in_branch", False):
        fields["branches"] = [BranchFactory().pk]
    response = client.post(add_address(home), form(**fields))
    assert message in response.text and not ServicePage.objects.exists()


def test_a_draft_may_leave_open_where(client, admin_user, home):
    client.force_login(admin_user)
    assert client.post(add_address(home), form()).status_code == 302
    assert not ServicePage.objects.get(alias_of=None).live


def test_a_service_stands_below_the_home_page_or_a_section_only(home):
    assert ServicePage.can_create_at(home)
    assert ServicePage.can_create_at(make_page(home, "Services", kind=SectionPage))
    assert not ServicePage.can_create_at(make_page(home, "A page"))
    assert not ContentPage.can_create_at(make_service(home))


def test_the_search_knows_what_a_service_says(home):
    page = make_service(home, how="Ring the bell")
    (document,) = PageSource().documents([page.pk])
    assert "Ring the bell" in document.notes and any("5 books" in note for note in document.notes)


def test_structured_data_names_service_and_library(rf, home):
    data = make_service(home, intro="We come.").structured_data(rf.get("/"))
    assert data["@type"] == "Service" and data["provider"]["@type"] == "Library"
    assert data["audience"]["audienceType"] == "Readers at home" and data["description"] == "We come."


def test_a_page_in_another_language_marks_its_words(client, home):
    page = make_service(make_site_in_azerbaijani(home))
    html = client.get(f"/kk/{page.slug}/").text
    assert 'lang="az"' in html


def make_site_in_azerbaijani(home):
    return next(page for page in home.get_translations() if page.locale.language_code == "az")
