"""SQLite's log of what was written, taken over into its file beside an import instead of within it."""

from __future__ import annotations

import sqlite3
import threading
from types import TracebackType
from typing import Any

from django.db import connection

# Pages of the log (4 kB each) from which on the import waits for the disk, between two transactions.
_PAGES = 16_000
_PAGES_BY_DEFAULT = 1_000
# Passive: it waits for nobody, and nobody for it. What is left over is done the next time.
_CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)"


class Checkpoints:
    """While it is entered, another thread writes to the disk what the transactions of this one leave in the log.

    SQLite itself does so at the end of every transaction that finds the log long, which then waits for the disk: an
    import spends a third of its time there. No other database and none in memory needs it; there nothing happens.
    """

    def __init__(self, database: Any = connection) -> None:
        self.database = database
        self.thread: threading.Thread | None = None
        self.wanted, self.ended = threading.Event(), False
        self.pages, self.lock = 0, threading.Lock()
        self.has_log = database.vendor == "sqlite" and not database.is_in_memory_db()

    def __enter__(self) -> Checkpoints:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.thread:
            self.ended = True
            self.wanted.set()
            self.thread.join()
            self._limit(_PAGES_BY_DEFAULT)

    def written(self) -> None:
        """A transaction has ended. The first one starts the thread: by then no process is forked any more."""
        if self.has_log and self.thread is None:
            self._limit(0)
            name = str(self.database.settings_dict["NAME"])
            self.thread = threading.Thread(target=self._work, args=(name,), name="checkpoints", daemon=True)
            self.thread.start()
        self.wanted.set()
        if self.thread and (self.pages > _PAGES or not self.thread.is_alive()):
            with self.lock, self.database.cursor() as cursor:
                cursor.execute(_CHECKPOINT)
                self.pages = 0

    def _work(self, name: str) -> None:
        beside = sqlite3.connect(name, isolation_level=None)
        try:
            while not self.ended:
                self.wanted.wait()
                self.wanted.clear()
                with self.lock:
                    _busy, self.pages, _done = beside.execute(_CHECKPOINT).fetchone()
        finally:
            beside.close()

    def _limit(self, pages: int) -> None:
        with self.database.cursor() as cursor:
            cursor.execute(f"PRAGMA wal_autocheckpoint = {pages}")
