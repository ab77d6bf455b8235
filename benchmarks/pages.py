"""The portal's pages over HTTP, served by one process."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote


@contextmanager
def one_web_process(base_dir, application="portal.wsgi:application", alive="/health/live", **environment):
    """A web server with one process on a free port; yields (port, pid of the process that answers)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
        "--workers", "1", "--worker-class", "gthread", "--threads", "2", "--log-level", "error",
    ]  # fmt: skip
    environment = os.environ | {"LOG_LEVEL": "WARNING"} | environment
    server = subprocess.Popen(command, cwd=base_dir, env=environment)
    try:
        _wait(port, alive)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        yield port, int(children[0])
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int, alive: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if fetch(http.client.HTTPConnection("127.0.0.1", port), alive)[0] < 500:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the web server did not start within a minute")


def fetch(connection: http.client.HTTPConnection, address: str) -> tuple[int, int]:
    """Get an address; returns (status, bytes)."""
    connection.request("GET", address, headers={"Host": "localhost"})
    answer = connection.getresponse()
    return answer.status, len(answer.read())


def results_page(connection: http.client.HTTPConnection, words: str) -> None:
    status, _size = fetch(connection, f"/en/catalogue/?q={quote(words)}")
    if status != 200:
        raise RuntimeError(f"the results page answered {status}")
