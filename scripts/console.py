"""What every script says and how: one line per step with its time, one clear line when something is wrong.

Standard library only, and importable by old Pythons, so that "your Python is too old" can be said at all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


class Problem(Exception):
    """Something the person at the keyboard can put right; the message names the way out."""


@contextmanager
def step(label: str, *, open_ended: bool = False):
    """Print `label`, then the seconds it took once the block is done.

    With `open_ended` the block prints lines of its own, so the time gets a line of its own too.
    """
    print(f"  {label} … ", end="\n" if open_ended else "", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{'  done in ' if open_ended else ''}{time.monotonic() - start:.1f} s", flush=True)


def output_of(command: list[object], **options) -> str:
    """Run quietly and return what was printed; raise Problem with the last lines when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        **options,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-12:])
        raise Problem(f"{Path(str(command[0])).name} {command[1]} did not finish:\n{last}")
    return done.stdout


def run_main(main) -> None:
    """Call `main()`; a Problem ends the program with its message and exit code 1, without a traceback."""
    try:
        main()
    except Problem as problem:
        print(f"\nStopped: {problem}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
