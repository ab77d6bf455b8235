"""Drain and rebuild killed at any moment and run again: nothing lost, nothing doubled."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from tests.search.conftest import ENGINES, elasticsearch_url, remove_indexes

ROOT = Path(__file__).resolve().parents[2]
KILLS = 4

pytestmark = [pytest.mark.engine, pytest.mark.slow]


class Room:
    """A database and an index of their own, worked on by separate processes."""

    def __init__(self, directory: Path, engine: str) -> None:
        self.url = elasticsearch_url() if engine == "elasticsearch" else ""
        self.prefix = f"killed{uuid.uuid4().hex[:8]}"
        self.environment = os.environ | {
            "VAR_DIR": str(directory),
            "DJANGO_SETTINGS_MODULE": "tests.search.settings",
            "ELASTICSEARCH_URL": self.url,
            "ELASTICSEARCH_PREFIX": self.prefix,
        }
        self.titles: dict[int, str | None] = {}

    def start(self, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "tests.search.process", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True)

    def run(self, *arguments: str) -> str:
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0, arguments
        return output

    def write(self, numbers, chance: random.Random) -> None:
        rows = [(n, None if chance.random() < 0.1 else f"başlıq {n} {chance.randint(0, 9)}") for n in numbers]
        self.titles |= dict(rows)
        self.run("write", json.dumps(rows))

    def kill_after(self, seconds: float, *arguments: str) -> None:
        process = self.start(*arguments)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()

    def check(self) -> None:
        report = json.loads(self.run("report"))
        present = sum(title is not None for title in self.titles.values())
        assert report == {
            "things": present,
            "documents": present,
            "wrong": [],
            "waiting": 0,
            "generations": 1,
        }


@pytest.fixture(params=ENGINES)
def room(request, tmp_path):
    made = Room(tmp_path, request.param)
    made.run("set-up")
    yield made
    remove_indexes(made.url, made.prefix)


@pytest.mark.parametrize("work", ["drain", "rebuild"])
def test_killed_work_ends_in_the_same_state(room, work):
    chance = random.Random(work)
    room.write(range(1, 601), chance)
    room.run("rebuild")
    started = time.monotonic()
    room.run(work)
    usual = time.monotonic() - started
    for _ in range(KILLS):
        room.write(chance.sample(range(1, 701), 150), chance)
        room.kill_after(usual * chance.uniform(0.5, 1.05), work)
    if work == "rebuild":
        room.run("rebuild")
    room.run("drain")
    room.check()


def test_a_rebuild_beside_drains_and_writes_loses_nothing(room):
    chance = random.Random(1)
    room.write(range(1, 1001), chance)
    room.run("rebuild")
    rebuilding = room.start("rebuild")
    while rebuilding.poll() is None:
        room.write(chance.sample(range(1, 1101), 50), chance)
        room.run("drain")
    rebuilding.communicate()
    assert rebuilding.returncode == 0
    room.run("drain")
    room.check()
