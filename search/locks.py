"""Work on the index that only one process may do at a time. A killed process lets go by itself."""

import fcntl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

PAUSE_SECONDS = 0.05


@contextmanager
def exclusive(name: str, *, wait: float = 0) -> Iterator[bool]:
    """Yield whether the lock of this name was free within `wait` seconds; it is held until the block ends.

    The lock lives where the database lives: in PostgreSQL for several hosts, in a file beside SQLite.
    """
    lock = _in_database(name) if connection.vendor == "postgresql" else _in_file(name)
    deadline = time.monotonic() + wait
    with lock as take:
        while not (taken := take()) and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)
        yield taken


def advisory_key(name: str) -> int:
    """The number by which PostgreSQL knows the lock of this name."""
    return zlib.crc32(f"search.{name}".encode())


@contextmanager
def _in_file(name: str) -> Iterator[Callable[[], bool]]:
    directory = Path(settings.SEARCH_INDEX_DIR)
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f".{name}.lock").open("w") as file:

        def take() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield take


@contextmanager
def _in_database(name: str) -> Iterator[Callable[[], bool]]:
    key = advisory_key(name)
    taken = False

    def take() -> bool:
        nonlocal taken
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
            taken = bool(cursor.fetchone()[0])
        return taken

    try:
        yield take
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
