"""What readers search stands in no log and reaches no other site (A29)."""

import json
import logging

import pytest
from django.db import DatabaseError

from portal.logs import JsonFormatter
from portal.supervisor import web_command
from tests.factories.catalog_pages import RecordFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/en/search/",
    "/en/search/suggest",
    "/en/catalogue/",
    "/en/catalogue/facet/author/",
    "/en/branches/",
)
WORDS = "verysecretwords"


@pytest.fixture
def site(settings):
    RecordFactory(
        title="Verysecretwords and others", links=[{"url": "https://elsewhere.example/", "text": "x"}]
    )
    with searchable(settings):
        yield


def written(caplog) -> str:
    """All lines of the log as they are written, whatever their level."""
    return "\n".join(JsonFormatter().format(record) for record in caplog.records)


@pytest.mark.parametrize(
    "query", ["q={}", "q={}&page=1000000000", "q=a&author={}", "q=a&find={}", 'q="{}', "{}=1"]
)
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_log_holds_the_words(client, site, caplog, address, query):
    with caplog.at_level(logging.DEBUG):
        client.get(f"{address}?{query.format(WORDS)}")
    lines = written(caplog)
    assert f'"path": "{address}"' in lines
    assert WORDS not in lines.lower()


@pytest.mark.parametrize(
    ("address", "view"), [("/en/search/", "home.views.search"), ("/en/catalogue/", "catalog_pages.views")]
)
def test_no_log_holds_them_when_something_breaks(client, site, caplog, monkeypatch, address, view):
    def broken(*_args, **_given):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(f"{view}.render", broken)
    client.raise_request_exception = False
    with caplog.at_level(logging.INFO):
        assert client.get(f"{address}?q={WORDS}").status_code == 500
    assert "the disk is full" in written(caplog) and WORDS not in written(caplog)


def test_the_request_log_has_just_these_fields(client, site, caplog):
    with caplog.at_level(logging.INFO, logger="portal.requests"):
        client.get(f"/en/catalogue/?q={WORDS}", headers={"referer": f"http://testserver/?q={WORDS}"})
    (line,) = [json.loads(line) for line in written(caplog).splitlines() if '"portal.requests"' in line]
    assert set(line) == {
        "time", "level", "logger", "message", "method", "path", "status", "milliseconds", "request_id",
    }  # fmt: skip


def test_the_web_server_writes_no_log_of_its_own():
    command = web_command("127.0.0.1", 8000, workers=2)
    assert "--access-logfile" not in command and command[command.index("--log-level") + 1] == "warning"


@pytest.mark.parametrize("address", [*ADDRESSES, "/en/catalogue/1000000000/"])
def test_other_sites_are_not_told_where_a_reader_comes_from(client, site, address):
    assert client.get(f"{address}?q={WORDS}").headers["Referrer-Policy"] == "same-origin"
