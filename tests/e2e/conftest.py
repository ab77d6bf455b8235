"""A real server with the demo library, and the system's Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from portal.supervisor import web_command
from tests.conftest import missing

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
STARTING_SECONDS = 60


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/e2e" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        missing("Chromium is not installed on this machine (apt-get install chromium)")
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu"],
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory, browser_type_launch_args):
    """The address of a portal that serves the demo library the way `make run` does."""
    port = _free_port()
    environment = {
        key: value for key, value in os.environ.items() if key not in ("CACHE_URL", "DATABASE_URL")
    }
    environment |= {
        "VAR_DIR": str(tmp_path_factory.mktemp("portal")),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "STATIC_MANIFEST": "true",
        "DEMO_PASSWORD": "only for this test",
        "ELASTICSEARCH_URL": "",
        "LOG_LEVEL": "WARNING",
    }
    for command in (
        ["migrate", "--verbosity=0"], ["createcachetable", "--database=cache"], ["load_demo", "--verbosity=0"],
        ["rebuild_search"], ["collectstatic", "--no-input", "--verbosity=0"],
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{command[0]}: {done.stderr[-2000:]}"
    server = subprocess.Popen(
        web_command("127.0.0.1", port, workers=1), cwd=settings.BASE_DIR, env=environment
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/health/live", server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the web server ended while starting"
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the web server did not start in time")
