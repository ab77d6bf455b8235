"""What an import leaves in SQLite's log reaches the file without its waiting for that."""

import time

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from catalog_pages.importing.checkpoints import Checkpoints
from portal.settings import SQLITE_OPTIONS


@pytest.fixture
def database(db, tmp_path):
    template = {**connections["default"].settings_dict, "OPTIONS": dict(SQLITE_OPTIONS)}
    database = DatabaseWrapper({**template, "NAME": tmp_path / "file.sqlite3"}, alias="aside")
    yield database
    database.close()


def limit(database) -> int:
    with database.cursor() as cursor:
        return cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0]


def test_another_thread_takes_the_log_over(database, tmp_path):
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (text TEXT)")
    file = tmp_path / "file.sqlite3"
    with Checkpoints(database) as checkpoints:
        checkpoints.written()
        assert limit(database) == 0
        whole = file.stat().st_size + 900_000
        with database.cursor() as cursor:
            cursor.execute("INSERT INTO kept VALUES (%s)", ["x" * 1_000_000])
        checkpoints.written()
        deadline = time.monotonic() + 10
        while file.stat().st_size < whole and time.monotonic() < deadline:
            time.sleep(0.01)
        assert file.stat().st_size >= whole
        thread = checkpoints.thread
    assert not thread.is_alive()
    assert limit(database) == 1000


def test_a_database_in_memory_needs_none(database):
    database.settings_dict["NAME"] = ":memory:"
    with Checkpoints(database) as checkpoints:
        checkpoints.written()
        assert checkpoints.thread is None


def test_where_the_disk_is_slow_the_import_waits_between_transactions(database, monkeypatch):
    monkeypatch.setattr("catalog_pages.importing.checkpoints._PAGES", 10)
    with Checkpoints(database) as checkpoints:
        checkpoints.written()
        checkpoints.pages = 11
        checkpoints.written()
        assert checkpoints.pages < 11
