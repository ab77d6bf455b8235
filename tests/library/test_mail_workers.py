"""Letters and real worker processes that are killed, or two at once. Each test has a portal of its own on disk."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings

from tests.library import smtp

pytestmark = [pytest.mark.slow]

START = "import django; django.setup()\n"
QUEUE = """
from django.utils import timezone
from library.mail import queue_mail
for number in range({count}):
    queue_mail(to=f"reader{{number}}@library.example", template="test", context={{"queued_at": timezone.now()}},
               language="en", key=f"letter-{{number}}")
"""
# The worker's own loop without its search index, which these tests have no use for.
WORK = """
from library import worker
from library.mail import sending
sending.FIRST_SILENCE_SECONDS = 0.2
{before}
it = worker.Worker(pause=0.05)
it.parts.pop("search"); it.parts.pop("schedule")
it.run()
"""


class Portal:
    def __init__(self, directory):
        self.directory = directory
        self.environment = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(directory),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "STATIC_MANIFEST": "false",
            "SECRET_KEY": "for-tests-only",
        }
        self.workers = []

    def command(self, code):
        return [sys.executable, "-c", START + code]

    def run(self, code):
        result = subprocess.run(
            self.command(code), capture_output=True, text=True, cwd=settings.BASE_DIR, env=self.environment
        )
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def start_worker(self, before=""):
        worker = subprocess.Popen(
            self.command(WORK.format(before=before)), cwd=settings.BASE_DIR, env=self.environment,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def states(self):
        with closing(sqlite3.connect(self.directory / "db.sqlite3", timeout=20)) as database:
            return [row[0] for row in database.execute("SELECT state FROM library_outgoingmail ORDER BY id")]

    def wait_until_sent(self, count, seconds=20):
        deadline = time.monotonic() + seconds
        while (states := self.states()) != ["sent"] * count:
            assert time.monotonic() < deadline, states
            time.sleep(0.2)

    def kill_workers(self):
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.workers.clear()


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    directory = tmp_path_factory.mktemp("portal")
    Portal(directory).run(
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0); call_command('createcachetable', database='cache', verbosity=0)"
    )
    return directory


@pytest.fixture
def postbox():
    return smtp.Postbox()


@pytest.fixture
def portal(migrated, tmp_path):
    shutil.copytree(migrated, tmp_path / "var")
    portal = Portal(tmp_path / "var")
    yield portal
    portal.kill_workers()


@pytest.fixture
def server(portal, postbox):
    server = smtp.start(postbox)
    portal.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
    yield server
    server.stop()


def test_a_worker_killed_between_taking_a_letter_up_and_handing_it_over_doubles_nothing(
    portal, server, postbox
):
    portal.run(QUEUE.format(count=2))
    killed = portal.start_worker("import os\nsending._send = lambda *_: os.kill(os.getpid(), 9)")
    assert killed.wait(20) == -signal.SIGKILL
    assert portal.states() == ["sending", "queued"]
    assert not postbox.messages
    portal.start_worker()
    portal.wait_until_sent(2)
    assert len(postbox.ids) == len(set(postbox.ids)) == 2


def test_a_worker_killed_in_the_talk_loses_nothing(portal, server, postbox):
    reached = []

    async def hang():
        reached.append(True)
        await asyncio.sleep(60)

    postbox.before_mail = hang
    portal.run(QUEUE.format(count=1))
    worker = portal.start_worker()
    deadline = time.monotonic() + 20
    while not reached and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    postbox.before_mail = None
    portal.start_worker()
    portal.wait_until_sent(1)
    assert len(postbox.messages) == 1


def test_a_worker_killed_between_sending_and_writing_it_down_sends_under_the_same_number(
    portal, server, postbox
):
    async def hang():
        await asyncio.sleep(60)

    postbox.after_data = hang
    portal.run(QUEUE.format(count=1))
    worker = portal.start_worker()
    postbox.wait_for(1)
    worker.kill()
    worker.wait()
    postbox.after_data = None
    portal.start_worker()
    portal.wait_until_sent(1)
    assert len(postbox.messages) <= 2
    assert len(set(postbox.ids)) == 1


def test_two_workers_send_each_letter_once(portal, server, postbox):
    portal.start_worker()
    portal.start_worker()
    portal.run(QUEUE.format(count=30))
    portal.wait_until_sent(30)
    assert len(postbox.ids) == len(set(postbox.ids)) == 30


def test_letters_wait_for_a_server_that_is_away(portal, postbox):
    port = smtp.free_port()
    portal.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    portal.run(QUEUE.format(count=3))
    portal.start_worker()
    time.sleep(5)
    assert portal.states() == ["queued"] * 3
    server = smtp.start(postbox, port=port)
    try:
        portal.wait_until_sent(3)
    finally:
        server.stop()
    assert len(postbox.ids) == len(set(postbox.ids)) == 3
