"""Set the portal up, load the demo library and serve it: what `make run` does.

Everything done already is skipped, so a second start takes seconds and loses nothing.
Environment: PORT, DEMO, DEMO_PASSWORD, and every setting of docs/settings.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from console import PYTHON, ROOT, Problem, run_main
from setup import check_port, check_python, set_up

DEMOS = ("tovuz", "qazax", "kyzylorda", "rustavi", "generic")
DEFAULT_DEMO = "tovuz"
NO_DEMO = "none"  # a library that starts with its own content
DEMO_CONTENT = ROOT / "home" / "demo_content"


def check_demo(name: str, content: Path = DEMO_CONTENT) -> str:
    """Return `name` when that demo library can be loaded; raise Problem otherwise."""
    here = [demo for demo in DEMOS if (content / demo).is_dir()]
    if name in (*here, NO_DEMO):
        return name
    reason = "is not part of this version yet" if name in DEMOS else "is not a demo library"
    raise Problem(f"DEMO={name} {reason}. There is: {', '.join([*here, NO_DEMO])}")


def main() -> None:
    start = time.monotonic()
    check_python()
    port = check_port(os.environ.get("PORT") or "8000")
    check_demo(os.environ.get("DEMO") or DEFAULT_DEMO)
    print("Setting up the library portal", flush=True)
    set_up()
    environment = os.environ | {"PORT": str(port), "PYTHONUNBUFFERED": "1"}
    environment.setdefault("BASE_URL", f"http://localhost:{port}")
    prepared = subprocess.run([PYTHON, ROOT / "scripts" / "prepare.py"], env=environment, cwd=ROOT)
    if prepared.returncode:
        sys.exit(prepared.returncode)
    print(f"Ready after {time.monotonic() - start:.0f} seconds.\n", flush=True)
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "manage.py", "serve"], environment)


if __name__ == "__main__":
    run_main(main)
