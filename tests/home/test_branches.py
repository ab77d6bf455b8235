import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Site

from home.context import current_frame
from home.today import today_rows
from library.models import (
    BranchPhotograph,
    DatedHours,
    Department,
    OpeningHours,
    PortalImage,
    StaffMember,
    SystemSettings,
)
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def branches():
    return {
        "central": BranchFactory(
            code="central", kind="central", name={"az": "Mərkəzi kitabxana", "en": "Central library"},
            accessibility=["step_free"], has_childrens_room=True, has_internet=True,
            latitude="40.99", longitude="45.62",
        ),
        "qovlar": BranchFactory(
            code="qovlar",
            name={"az": "Qovlar kitabxanası", "en": "Qovlar library"},
            has_coworking=True,
            latitude="40.95",
            longitude="45.7",
        ),
    }  # fmt: skip


def shown(client, **query) -> set[str]:
    html = client.get("/en/branches/", query).text
    rows = html.split('class="branch-name')[1:]
    return {row.split('href="/en/branches/')[1].split("/")[0] for row in rows}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"central", "qovlar"}),
        ({"q": "Qovlar"}, {"qovlar"}),
        ({"q": "merkezi"}, {"central"}),  # folded, and in a language other than the page's
        ({"q": "nowhere"}, set()),
        ({"accessible": "1"}, {"central"}),
        ({"children": "1", "internet": "1"}, {"central"}),
        ({"open": "maybe?"}, set()),
        ({"coworking": "1"}, {"qovlar"}),
        ({"coworking": "1", "accessible": "1"}, set()),
        ({"near": "somewhere"}, {"central", "qovlar"}),  # sorts only
        ({"q": "x" * 500}, {"central", "qovlar"}),  # too long to be a name: left out
    ],
)
def test_the_list_is_narrowed(client, branches, query, expected):
    assert shown(client, **query) == expected


def test_open_now(client, branches):
    weekday = timezone.localtime().weekday()
    OpeningHours.objects.create(branch=branches["qovlar"], weekday=weekday, opens="00:00", closes="23:59:59")
    assert shown(client, open="1") == {"qovlar"}
    assert "Open until" in client.get("/en/branches/qovlar/").text


def test_hidden_branches_are_nowhere(client, branches):
    BranchFactory(code="hidden", is_active=False)
    assert "hidden" not in shown(client)
    assert client.get("/en/branches/hidden/").status_code == 404


def test_a_branch_tells_how_to_get_there_and_who_works_there(client, branches):
    department = Department.objects.create(branch=branches["central"], name={"en": "Reader services"})
    StaffMember.objects.create(
        department=department, name="Shown Person", role={"en": "head"}, show_on_site=True
    )
    StaffMember.objects.create(department=department, name="Hidden Person", role={"en": "head"})
    html = client.get("/en/branches/central/").text
    assert "geo:40.99" in html and "Step-free entrance" in html
    assert "/en/catalogue/?branch=central" in html
    assert "Shown Person" in html and "Hidden Person" not in html


def test_other_hours_ahead_stand_with_their_reason(client, branches):
    today = timezone.localdate()
    OpeningHours.objects.bulk_create(
        OpeningHours(branch=branches["qovlar"], weekday=day, opens="09:00", closes="18:00")
        for day in range(7)
    )
    for number in (20, 21, 22):
        DatedHours.objects.create(
            branch=branches["qovlar"], day=today + timedelta(number), reason={"en": "Stocktaking"}
        )
    html = client.get("/en/branches/qovlar/").text
    assert html.count("Stocktaking") == 1  # three days in one line
    assert "Other hours ahead" in html
    assert "Other hours ahead" not in client.get("/en/branches/central/").text


def test_departments_of_the_whole_system_stand_with_the_central_library(client, branches):
    Department.objects.create(name={"en": "Bookbinding"})
    assert "Bookbinding" not in client.get("/en/branches/central/").text
    SystemSettings.objects.create(site=Site.objects.get(), central_branch=branches["central"])
    assert "Bookbinding" in client.get("/en/branches/central/").text
    assert "Bookbinding" not in client.get("/en/branches/qovlar/").text


def test_numbers_in_the_map_are_written_for_machines(client, branches):
    html = client.get("/ru/branches/").text  # Russian writes decimals with a comma
    assert 'cx="' in html and 'cx="46,' not in html


@pytest.mark.parametrize(
    ("address", "most"),
    [("/en/branches/", 20), ("/en/branches/qovlar/", 26), ("/en/branches/qovlar/hours/", 20)],
)
def test_no_query_more_for_many_branches(client, branches, address, most):
    few = queries_of(client, address)
    BranchFactory.create_batch(61, open_weekdays=[0, 1, 2])
    assert queries_of(client, address) == few <= most


def queries_of(client, address) -> int:
    """How many queries a page takes with nothing in the cache."""
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_photographs_of_a_branch_have_words_for_those_who_do_not_see_them(client, branches):
    from wagtail.images.tests.utils import get_test_image_file

    picture = PortalImage.objects.create(
        title="DSC0001.jpg", file=get_test_image_file(), credit="The library"
    )
    BranchPhotograph.objects.create(
        branch=branches["central"], picture=picture, alternative_text={"en": "The reading room by the window"}
    )
    page = client.get(branches["central"].get_absolute_url()).text
    assert 'alt="The reading room by the window"' in page
    assert "© The library" in page and "DSC0001" not in page


@pytest.mark.parametrize(
    ("near", "first", "said"),
    [
        ("qovlar", "qovlar", "nearest to: Qovlar library"),
        ("40.99,45.62", "central", "by distance"),
        ("40.9504,45.7001", "qovlar", "by distance"),
        ("atlantis", "central", "We have no library in or near “atlantis”"),
    ],
)
def test_the_nearest_comes_first(client, branches, near, first, said):
    BranchFactory(code="nowhere")
    html = client.get("/en/branches/", {"near": near}).text
    assert html.split('class="branch-name')[1].split("/en/branches/")[1].startswith(first)
    assert said in html


def test_each_wish_tells_how_many_it_would_leave(client, branches):
    counts = {c["name"]: c["count"] for c in client.get("/en/branches/", {"q": "qovlar"}).context["choices"]}
    assert counts == {"open": 0, "accessible": 0, "children": 0, "coworking": 1, "internet": 0}


def test_a_closed_library_says_why_and_when_it_opens_again(client, branches):
    today = timezone.localdate()
    for day in range(7):
        OpeningHours.objects.create(branch=branches["qovlar"], weekday=day, opens="09:00", closes="18:00")
    DatedHours.objects.create(branch=branches["qovlar"], day=today, reason={"en": "Public holiday"})
    html = client.get("/en/branches/qovlar/").text
    assert "Closed today: Public holiday" in html
    assert "Opens again:" in html and "09:00" in html


def test_new_books_are_those_of_the_library(client, branches):
    here, there = RecordFactory(title="Read here"), RecordFactory(title="Read there")
    ItemFactory(record=here, branch=branches["qovlar"], arrived_on=timezone.localdate())
    ItemFactory(record=there, branch=branches["central"])
    assert "Read here" in (html := client.get("/en/branches/qovlar/").text) and "Read there" not in html
    assert (
        "Read there" in client.get("/en/branches/central/").text
    )  # no day of arrival: what was catalogued last


def test_machines_read_hours_and_place(client, branches):
    OpeningHours.objects.create(branch=branches["qovlar"], weekday=0, opens="09:00", closes="18:00")
    html = client.get("/en/branches/qovlar/").text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["@type"] == "Library" and data["geo"]["latitude"] == 40.95
    assert data["openingHoursSpecification"][0]["dayOfWeek"] == "https://schema.org/Monday"
    assert "telephone" not in data


def test_hours_for_the_door(client, branches):
    OpeningHours.objects.create(branch=branches["qovlar"], weekday=2, opens="09:00", closes="18:00")
    response = client.get("/en/branches/qovlar/hours/")
    assert "09:00–18:00" in response.text and response.headers["X-Robots-Tag"] == "noindex"
    assert client.get("/en/branches/none/hours/").status_code == 404


def test_rooms_add_panels_and_one_that_fails_is_left_out(client, branches):
    def broken(request, branch):
        raise RuntimeError

    with (
        hooks.register_temporarily("register_branch_panel", lambda: broken),
        hooks.register_temporarily(
            "register_branch_panel", lambda: lambda request, branch: f"On at {branch}"
        ),
    ):
        assert "On at Qovlar library" in client.get("/en/branches/qovlar/").text


def test_a_library_is_remembered_only_when_the_reader_asks(client, branches):
    client.get("/en/branches/qovlar/")
    assert not client.cookies
    response = client.post("/en/branches/qovlar/choose/")
    assert response.url == "/en/branches/qovlar/" and client.cookies["library"].value == "qovlar"
    assert "Forget that this is my library" in client.get("/en/branches/qovlar/").text
    client.post("/en/branches/qovlar/choose/", {"forget": "1"})
    assert client.cookies["library"].value == ""
    assert client.get("/en/branches/qovlar/choose/").status_code == 405
    assert client.post("/en/branches/none/choose/").status_code == 404


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [("", ["central", "north"]), ("qovlar", ["qovlar", "north"]), ("gone", ["central", "north"]),
     ("x" * 999, ["central", "north"])],
)  # fmt: skip
def test_the_home_page_begins_with_the_readers_library(rf, branches, cookie, expected):
    north = BranchFactory(code="north", latitude="40.951", longitude="45.701", position=0)
    request = rf.get("/en/")
    request.COOKIES["library"] = cookie
    SystemSettings.objects.create(site=Site.objects.get(), central_branch=branches["central"])
    everything = [north, branches["qovlar"], branches["central"]]
    for frame in (current_frame(), None):
        rows = today_rows(request, everything, frame, number=2)
        assert [row.url for row in rows] == [f"/en/branches/{code}/" for code in expected]
        assert [row.is_chosen for row in rows] == [cookie == "qovlar", False]


def test_the_link_to_a_map_tells_nothing_about_the_page(client, branches, settings):
    assert 'rel="noopener noreferrer"' in client.get("/en/branches/qovlar/").text
    settings.MAP_LINK = ""
    assert "Open on a map" not in client.get("/en/branches/qovlar/").text
