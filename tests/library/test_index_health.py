"""The state of the search index on the staff's first page, and building it anew by a button."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from library.index_health import rebuild_index
from library.jobs import running, waiting
from library.models import ProgressReport
from library.roles import group_of
from library.worker import Worker
from search.engines import current_engine
from search.errors import SearchUnavailable
from search.generations import live_generation
from search.health import index_health
from search.models import Generation, OutboxEntry
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import UserFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db


def enter(client, role):
    user = UserFactory()
    UserProfile.objects.create(user=user, preferred_language="en")
    user.groups.add(group_of(role))
    client.force_login(user)
    return client


@pytest.fixture
def index(settings):
    RecordFactory.create_batch(3)
    with searchable(settings):
        OutboxEntry.objects.all().delete()
        yield


def test_the_panel_tells_how_the_index_is(client, index):
    OutboxEntry.objects.create(source="record", object_id=1, created_at=timezone.now() - timedelta(hours=2))
    OutboxEntry.objects.create(source="record", object_id=2, generation="another, being built")
    page = enter(client, "administrator").get("/admin/").text
    generation = live_generation()
    assert "Search index" in page and generation.name in page and current_engine().name in page
    assert "the oldest for 2\xa0hours" in page and "does the worker run?" in page
    health = index_health()
    assert health.status.documents == 3 and health.waiting == 1
    assert health.rebuilt == generation.activated_at and health.rebuilding_since is None


def test_without_an_index_it_says_so(client):
    page = enter(client, "administrator").get("/admin/").text
    assert "The search does not work." in page and "None yet" in page


def test_an_engine_that_is_away_is_no_error(client, index, monkeypatch):
    def away(*_args):
        raise SearchUnavailable("connection refused")

    monkeypatch.setattr(type(current_engine()), "ping", away)
    assert "connection refused" in enter(client, "administrator").get("/admin/").text


def test_a_rebuild_under_way_is_told(client, index):
    Generation.objects.create(name="next", engine="embedded", layout="x", stamp="x")
    page = enter(client, "administrator").get("/admin/").text
    assert "in the making" in page and "Build the index anew" not in page


@pytest.mark.parametrize("role", ["librarian", "desk", "editor"])
def test_it_is_for_those_who_look_after_the_work(client, index, role):
    client = enter(client, role)
    assert "Search index" not in client.get("/admin/").text
    assert client.post(reverse("library_rebuild_index")).status_code in (302, 403)
    assert not waiting().exists()


@pytest.mark.django_db(transaction=True)
def test_the_button_has_the_worker_build_the_index(client, index):
    client = enter(client, "administrator")
    before = live_generation().name
    assert client.get(reverse("library_rebuild_index")).status_code == 405
    assert "at its next turn" in client.post(reverse("library_rebuild_index"), follow=True).text
    assert "rebuilt already" in client.post(reverse("library_rebuild_index"), follow=True).text
    assert waiting().count() == 1
    Worker().jobs.run()
    assert not waiting().exists() and not running().exists()
    assert live_generation().name != before
    report = ProgressReport.objects.get()
    assert (report.state, report.done) == ("done", 3)
    current_engine().drop(live_generation().name)


def test_the_job_has_a_name_of_its_own():
    assert rebuild_index.module_path == "library.index_health.rebuild_index"
