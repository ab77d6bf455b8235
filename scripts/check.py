"""Run every static check and name those that failed: what `make check` does."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from console import PYTHON, ROOT, Problem, run_main

TOOLS = PYTHON.parent


def checks() -> dict[str, list[str]]:
    """Each check's name and command line."""
    templates = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]
    return {
        "Format": [f"{TOOLS}/ruff", "format", "--check", "."],
        "Lint": [f"{TOOLS}/ruff", "check", "."],
        "Types": [f"{TOOLS}/mypy"],
        "Architecture": [f"{TOOLS}/lint-imports"],
        "Templates": [f"{TOOLS}/djade", "--check", "--target-version", "5.2", *templates],
        "Settings": [f"{PYTHON}", "manage.py", "check"],
        "Migrations": [f"{PYTHON}", "manage.py", "makemigrations", "--check", "--dry-run"],
        "Translations": [f"{PYTHON}", "scripts/check_translations.py"],
    }


def main() -> None:
    failed = []
    for name, command in checks().items():
        start = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ
        )
        verdict = "failed" if done.returncode else "ok"
        print(f"  {name:<13} {verdict:<7} {time.monotonic() - start:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name.lower())
            print(done.stdout, file=sys.stderr, flush=True)
    if failed:
        raise Problem(f"these checks found something: {', '.join(failed)}")


if __name__ == "__main__":
    run_main(main)
