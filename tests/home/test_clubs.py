import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from wagtail import hooks

from home.models import ClubPage
from library.models import Department, StaffMember
from tests.factories.clubs import make_club, make_club_list
from tests.factories.home import make_site
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clubs():
    """An index in English with three clubs in two libraries."""
    home = make_site()["en"]
    central, town = BranchFactory(code="central"), BranchFactory(code="town")
    index = make_club_list(home)
    make_club(index, "Readers", audience="adults", branch=central)
    make_club(index, "Chess", audience="children", branch=central)
    make_club(index, "English", audience="adults", branch=town)
    return index


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Readers", "Chess", "English"]),
        ({"audience": "adults"}, ["Readers", "English"]),
        ({"branch": "central"}, ["Readers", "Chess"]),
        ({"audience": "adults", "branch": "town"}, ["English"]),
        ({"audience": "children", "branch": "town"}, []),
        (
            {"audience": "martians", "branch": "<x>"},
            ["Readers", "Chess", "English"],
        ),  # no such thing: passed over
    ],
)
def test_the_list_is_narrowed(client, clubs, query, expected):
    response = client.get(clubs.get_url(), query)
    assert [club.title for club in response.context["clubs"]] == expected
    assert ("No club fits all of this" in response.text) == (not expected)


def test_a_club_tells_when_and_where_and_that_it_is_free(client, clubs):
    text = client.get(ClubPage.objects.get(title="Chess").get_url()).text
    assert "Mondays at 17:00" in text and "Free" in text and "/en/branches/central/" in text


@pytest.mark.parametrize(("shown", "named"), [(True, True), (False, False)])
def test_a_leader_is_named_only_where_she_is_shown(client, clubs, shown, named):
    department = Department.objects.create(name={"en": "Readers"})
    leader = StaffMember.objects.create(department=department, name="Leader Name", show_on_site=shown)
    club = make_club(clubs, "History", leader=leader, leader_role="the librarian of the hall")
    text = client.get(club.get_url()).text
    assert ("Leader Name" in text) == named
    assert ("the librarian of the hall" in text) != named


def test_a_club_stands_on_the_page_of_its_library(client, clubs):
    assert "Readers" in client.get("/en/branches/central/").text
    other = client.get("/en/branches/town/").text
    assert "English" in other and "Chess" not in other


def test_a_library_where_a_club_meets_is_not_deleted(clubs):
    with pytest.raises(ProtectedError):
        ClubPage.objects.get(title="English").branch.delete()


def test_a_club_needs_a_time(clubs):
    with pytest.raises(ValidationError):
        make_club(clubs, "Never", meets="")


def test_rooms_add_what_is_on(client, clubs):
    with hooks.register_temporarily(
        "register_club_panel", lambda: lambda request, club: f"Meets: {club.title}"
    ):
        assert "Meets: Chess" in client.get(ClubPage.objects.get(title="Chess").get_url()).text


def test_no_query_more_for_many_clubs(client, clubs):
    few = queries_of(client, clubs.get_url())
    for number in range(12):
        make_club(clubs, f"Club {number}", branch=BranchFactory())
    assert queries_of(client, clubs.get_url()) == few <= 25


def queries_of(client, address) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
