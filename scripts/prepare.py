"""Bring the portal's data up to date: database, translations, demo library, search index, static files.

Runs inside .venv, in one process, because starting Django six times would make every start slow.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import traceback
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from compile_translations import compile_all
from console import ROOT, VAR_DIR, Problem, run_main, step
from run import DEFAULT_DEMO, NO_DEMO

LOG = VAR_DIR / "logs" / "prepare.log"


def start_django() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()


def migrate() -> None:
    """Apply what is missing; when nothing is, only one look at the database is spent."""
    from django.core.management import call_command
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with step("Bringing the database up to date"):
            call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", database="cache" if "cache" in connections else "default", verbosity=0)


def load_demo(name: str) -> str:
    """Load the demo library into a portal that holds none; return what to say about its sign-ins.

    A load that was interrupted is taken up again; a library that is in use is never touched.
    """
    from django.core.management import call_command
    from django.db import connection

    from home.models import HomePage
    from library.models import Branch

    stamp = VAR_DIR / "demo.json"
    database = f"{connection.vendor} {connection.settings_dict['NAME']}"
    state = json.loads(stamp.read_text(encoding="utf-8")) if stamp.exists() else {}
    in_use = Branch.objects.exists() or HomePage.objects.exists()
    held = state if state.get("database") == database and in_use else {}
    if held.get("complete") or (in_use and not held):
        if held and name not in ("", held["demo"]):
            print(
                f"  The portal holds {held['demo']} already; DEMO={name} needs an empty one: VAR_DIR=var/{name}"
            )
        return "  Staff sign in with the passwords shown at the first start (manage.py changepassword sets others).\n"
    name = held.get("demo") or name or DEFAULT_DEMO
    said = StringIO()
    write_json(stamp, {"database": database, "demo": name, "complete": False})
    if name == NO_DEMO:
        with step("Starting an empty site"):
            call_command("start_site", os.environ.get("LIBRARY_NAME") or "Library", stdout=said)
    else:
        with step(f"Loading the demo library {name}", open_ended=True):
            call_command("load_demo", name, stdout=said)
    write_json(stamp, {"database": database, "demo": name, "complete": True})
    return said.getvalue()


def write_json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def build_index() -> None:
    """Build the search index when there is none. A search engine that is away must not keep the website down."""
    from django.core.management import CommandError, call_command

    from search import service

    if service.ping().ok:
        return
    try:
        with step("Building the search index", open_ended=True):
            call_command("rebuild_search", progress=sys.stderr.isatty())
    except CommandError as error:
        print(f"    The catalogue cannot be searched yet: {error}. Later: manage.py rebuild_search")


def collect_static() -> None:
    """Collect and compress static files when any of their sources has changed."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = VAR_DIR / ".static"
    value = files_fingerprint([*map(Path, settings.STATICFILES_DIRS), ROOT / ".venv" / "installed"])
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == value:
        return
    with step("Collecting static files"):
        call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(value)


def files_fingerprint(places: Iterable[Path]) -> str:
    """One value that changes when a file under `places` is added, removed or written."""
    digest = hashlib.sha256()
    for place in places:
        for path in sorted([place, *place.rglob("*")]):
            if path.is_file():
                digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def prepare() -> None:
    if compiled := compile_all():
        print(f"  Compiled the translations of {compiled} languages")
    start_django()
    migrate()
    sign_ins = load_demo(os.environ.get("DEMO", ""))
    build_index()
    collect_static()
    print(f"\n{sign_ins}", end="")


def main() -> None:
    """Name what went wrong in one line; the traceback goes to a file for whoever helps."""
    try:
        prepare()
    except (Problem, KeyboardInterrupt):
        raise
    except Exception as error:  # noqa: BLE001 (whatever it is, the person gets a sentence)
        LOG.parent.mkdir(parents=True, exist_ok=True)
        LOG.write_text(traceback.format_exc(), encoding="utf-8")
        first = next(iter(str(error).strip().splitlines()), "")
        raise Problem(f"{first or type(error).__name__} ({type(error).__name__}; more in {LOG})") from None


if __name__ == "__main__":
    run_main(main)
