"""The one background process: jobs, the schedule, letters and the search drain, in turn."""

import logging
import os
import signal
import socket
import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker as JobWorker

from library.jobs import fail_interrupted
from library.mail import send_due
from library.schedule import run_due
from search import outbox

logger = logging.getLogger("library.worker")

HEARTBEAT_KEY = "worker-heartbeat"
HEARTBEAT_SECONDS = 15
PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30


class Worker:
    """Runs until told to stop. A part that fails is logged and tried again after a growing pause."""

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self.pause = pause
        self.running = True
        self.failures = 0
        self.last_beat = 0.0
        self.looked_for_interrupted = False
        worker_id = f"{socket.gethostname()[:40]}-{os.getpid()}"
        self.jobs = JobWorker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=worker_id, excluded_queue_names=[],
        )  # fmt: skip
        self.parts: dict[str, Callable[[], object]] = {
            "heartbeat": self._beat,
            "interrupted jobs": self._look_for_interrupted,
            "jobs": self.jobs.run,
            "schedule": run_due,
            "letters": send_due,
            "search": lambda: outbox.drain(),
        }

    def run(self) -> None:
        """Work until a signal asks to stop; what is in hand is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while self.running:
            self.turn()
            time.sleep(min(self.pause * 2**self.failures, LONGEST_PAUSE_SECONDS))
        cache.delete(HEARTBEAT_KEY)

    def stop(self, number: int, frame: object) -> None:
        self.running = self.jobs.running = False

    def turn(self) -> None:
        """Beat, run waiting jobs and what the schedule asks for, send letters, bring the search index up to date."""
        close_old_connections()
        failed = False
        for name, part in self.parts.items():
            try:
                part()
            except Exception:
                # The worker must outlive a database or an engine that is away, and one part another.
                failed = True
                logger.exception("the worker's part %s failed; it tries again", name)
                connections.close_all()
        self.failures = min(self.failures + 1, 8) if failed else 0

    def _look_for_interrupted(self) -> None:
        """Once, at the first turn: what a worker of this machine left half-done."""
        if not self.looked_for_interrupted:
            fail_interrupted(self.jobs.worker_id)
            self.looked_for_interrupted = True

    def _beat(self) -> None:
        if time.monotonic() - self.last_beat > HEARTBEAT_SECONDS:
            cache.set(HEARTBEAT_KEY, time.time(), timeout=10 * HEARTBEAT_SECONDS)
            self.last_beat = time.monotonic()
