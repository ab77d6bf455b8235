import time

import pytest
from django.core.cache import cache
from django.core.management import call_command

from library.worker import HEARTBEAT_KEY, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_well(transactional_db):
    call_command("rebuild_search", verbosity=0)
    cache.set(HEARTBEAT_KEY, time.time())


def test_live_needs_nothing(client):
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.engine
def test_ready_when_everything_is_well(client, all_well):
    response = client.get("/health/ready")
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "engine": "ok", "storage": "ok", "worker": "ok"},
    }
    assert response.status_code == 200


@pytest.mark.engine
@pytest.mark.parametrize(
    ("heartbeat", "says"), [(None, "not running"), (lambda: time.time() - 300, "silent for 300 seconds")]
)
def test_a_dead_worker_is_named(client, all_well, heartbeat, says):
    cache.set(HEARTBEAT_KEY, heartbeat()) if heartbeat else cache.delete(HEARTBEAT_KEY)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["worker"] == says


def test_a_missing_index_is_named(client):
    cache.set(HEARTBEAT_KEY, time.time())
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["engine"] != "ok"


def test_storage_that_cannot_be_written_is_named(client, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["storage"] == "NotADirectoryError"


@pytest.mark.engine
def test_the_worker_beats_and_survives_a_failing_drain(client, transactional_db, monkeypatch):
    worker = Worker()
    monkeypatch.setattr("search.outbox.drain", lambda: 1 / 0)
    worker.turn()
    assert worker.failures == 1
    assert time.time() - cache.get(HEARTBEAT_KEY) < 5
    monkeypatch.undo()
    worker.turn()
    assert worker.failures == 0
