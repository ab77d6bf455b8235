"""The web server as `serve` starts it."""

import http.client
import os
import socket
import subprocess
import time
from urllib.parse import quote

import pytest
from django.conf import settings

from portal.supervisor import web_command
from portal.web_server import LONGEST_REQUEST_LINE


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"VAR_DIR": str(tmp_path_factory.mktemp("var")), "CACHE_URL": "locmemcache://"}
    server = subprocess.Popen(
        web_command("127.0.0.1", port, workers=1), cwd=settings.BASE_DIR, env=environment
    )
    try:
        for _attempt in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield "127.0.0.1", port
    finally:
        server.terminate()
        server.wait(20)


def status(address, query):
    connection = http.client.HTTPConnection(*address, timeout=20)
    connection.request("GET", f"/health/live?q={query}", headers={"Host": "localhost"})
    return connection.getresponse().status


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["a" * 10_000, "ə" * 10_000, "🙂" * 10_000])
def test_ten_thousand_characters_reach_the_portal(address, typed):
    assert status(address, quote(typed)) == 200


@pytest.mark.slow
def test_there_is_an_end_to_it(address):
    assert status(address, "a" * LONGEST_REQUEST_LINE) == 414
