"""A process of the search room over things kept in a file, started and killed by the tests of what survives.

python -m tests.search.process set-up | write N | drain | rebuild | report
"""

import json
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.search.settings")
django.setup()

from wagtail import hooks  # noqa: E402

from search.documents import Document  # noqa: E402
from search.engines import current_engine  # noqa: E402
from search.generations import live_generation, rebuild  # noqa: E402
from search.models import Generation, OutboxEntry  # noqa: E402
from search.outbox import drain, enqueue  # noqa: E402
from search.plan import All  # noqa: E402
from search.service import search  # noqa: E402
from search.sources import HOOK  # noqa: E402

THINGS = Path(os.environ["VAR_DIR"]) / "things.sqlite3"


class FileSource:
    """Things in a table: a number and a title."""

    name = "record"

    def __init__(self) -> None:
        self.table = sqlite3.connect(THINGS, timeout=20)
        self.table.execute("CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY, title TEXT)")

    def documents(self, ids: Sequence[int]) -> list[Document]:
        marks = ",".join("?" * len(ids))
        rows = self.table.execute(f"SELECT id, title FROM things WHERE id IN ({marks})", list(ids))
        return [Document(f"record:{number}", "record", title) for number, title in rows]

    def ids_after(self, after: int, limit: int) -> list[int]:
        rows = self.table.execute("SELECT id FROM things WHERE id > ? ORDER BY id LIMIT ?", [after, limit])
        return [number for (number,) in rows]

    def count(self) -> int:
        return self.table.execute("SELECT count(*) FROM things").fetchone()[0]

    def write(self, rows: list[tuple[int, str | None]]) -> None:
        with self.table:
            for number, title in rows:
                if title is None:
                    self.table.execute("DELETE FROM things WHERE id = ?", [number])
                else:
                    self.table.execute("REPLACE INTO things VALUES (?, ?)", [number, title])
        enqueue("record", [number for number, _ in rows])


def report() -> dict[str, object]:
    """What is in the table, in the index and in the outbox."""
    live = live_generation()
    titles = dict(source.table.execute("SELECT 'record:' || id, title FROM things"))
    wrong = [key for key, title in titles.items() if key not in search(f'title:"{title}"', per_page=5).ids]
    return {
        "things": len(titles),
        "documents": current_engine().count(live.name, All()),
        "wrong": wrong,
        "waiting": OutboxEntry.objects.count(),
        "generations": Generation.objects.count(),
    }


source = FileSource()
hooks.register(HOOK, lambda: source)

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["set-up"]:
            call_command("migrate", verbosity=0)
        case ["write", rows]:
            source.write([tuple(row) for row in json.loads(rows)])
        case ["drain"]:
            while drain(seconds=0.2):
                pass
        case ["rebuild"]:
            rebuild()
        case ["report"]:
            sys.stdout.write(json.dumps(report()))
