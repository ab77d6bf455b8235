"""Prepare this clone: virtual environment, pinned packages, browser packages, fonts.

Needs only Python 3.11 with its venv module and a package registry. What is done already is not done again.

    python3 scripts/setup.py [--dev]
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from console import PYTHON, ROOT, VAR_DIR, VENV, Problem, output_of, run_main, step

MINIMUM_PYTHON = (3, 11)
MINIMUM_DISK = 2 * 1024**3
# A library without the npm registry should not wait for it at every start.
NPM_PATIENCE = (
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=2000",
    "--fetch-timeout=10000",
)
NETWORK_ERRORS = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "NameResolutionError",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "ProxyError",
    "No matching distribution found",
)


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """Raise Problem when this Python is too old."""
    if tuple(version[:2]) < MINIMUM_PYTHON:
        found = ".".join(str(part) for part in version)
        raise Problem(
            f"Python 3.11 or newer is needed, and this one is {found}. "
            "Name a newer one: make run PYTHON=/path/to/python3.11"
        )


def check_venv(available=importlib.util.find_spec) -> None:
    """Raise Problem when this Python cannot make virtual environments (Debian keeps that in a package of its own)."""
    if not (available("venv") and available("ensurepip")):
        raise Problem(
            "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv. "
            "Elsewhere, install the full Python."
        )


def check_disk(path: Path = ROOT, needed: int = MINIMUM_DISK) -> None:
    """Raise Problem when fewer than `needed` bytes are free at `path`."""
    free = shutil.disk_usage(path).free
    if free < needed:
        raise Problem(
            f"Only {free / 1024**3:.1f} GB are free at {path}, and {needed / 1024**3:.0f} GB are needed. "
            "Free some space and start again."
        )


def check_port(port: str) -> int:
    """Return `port` as a number; raise Problem when it is not one or another program listens there."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Problem(f"PORT must be a number from 1 to 65535, not {port!r}. Example: make run PORT=8080")
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("", int(port)))
        except PermissionError:
            raise Problem(f"Port {port} is for the administrator only. Try: make run PORT=8080") from None
        except OSError:
            raise Problem(
                f"Port {port} is taken by another program, perhaps by this portal. "
                f"Choose another: make run PORT={int(port) + 1 if int(port) < 65535 else 8080}"
            ) from None
    return int(port)


def fingerprint(*paths: Path, extra: str = "") -> str:
    """One value that changes when any of the files does."""
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def is_done(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == value


def create_venv() -> None:
    """Make .venv unless it works; one that was moved, or whose Python is gone, is made anew."""
    try:
        if subprocess.run([VENV / "bin" / "pip", "--version"], capture_output=True).returncode == 0:
            return
    except OSError:
        pass
    check_venv()
    check_disk()
    with step("Creating the virtual environment"):
        output_of([sys.executable, "-m", "venv", "--clear", VENV])


def install_requirements(*, dev: bool) -> None:
    """Install the pinned packages when the pins have changed since the last time."""
    files = [ROOT / "requirements.txt"] + ([ROOT / "requirements-dev.txt"] if dev else [])
    version = output_of([PYTHON, "--version"])
    value = fingerprint(*files, extra=version)
    stamp = VENV / ("installed-dev" if dev else "installed")
    if is_done(stamp, value):
        return
    check_disk()
    command: list[object] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--only-binary=:all:",
    ]
    for file in files:
        command += ["--requirement", file]
    with step("Installing Python packages" + (", for tests and checks too" if dev else "")):
        install(command)
    (VENV / "installed").write_text(fingerprint(files[0], extra=version), encoding="utf-8")
    if dev:
        stamp.write_text(value, encoding="utf-8")


def install(command: list[object]) -> None:
    try:
        output_of([*command, "--disable-pip-version-check", "--retries=2"])
    except Problem as problem:
        if "No space left" in str(problem):
            raise Problem("The disk is full. Free 2 GB and start again.") from None
        if any(word in str(problem) for word in NETWORK_ERRORS):
            raise Problem(
                "The Python package registry did not answer or lacks a package. Check the network connection; "
                "behind a proxy set HTTPS_PROXY, for a mirror of your own set PIP_INDEX_URL. "
                f"pip said: {str(problem).strip().splitlines()[-1]}"
            ) from None
        raise


def install_browser_packages() -> None:
    """Fetch what package-lock.json pins. Without the registry the portal still runs, with system fonts."""
    lock = ROOT / "package-lock.json"
    stamp = ROOT / "node_modules" / ".installed"
    if is_done(stamp, fingerprint(lock)):
        return
    try:
        with step("Fetching browser packages"):
            output_of([VENV / "bin" / "npm", "ci", "--no-progress", *NPM_PATIENCE], cwd=ROOT, timeout=90)
    except (Problem, OSError, subprocess.TimeoutExpired) as error:
        print("    Without the npm registry pages use the system's fonts; the next start tries again.")
        print(f"    npm said: {next(iter(str(error).splitlines()[1:]), error)}")
        return
    stamp.write_text(fingerprint(lock), encoding="utf-8")


def cut_fonts() -> None:
    """Cut the fonts when their package or the script has changed."""
    fonts = VAR_DIR / "assets" / "fonts"
    # npm writes this file when it has installed the packages of the lock.
    installed = ROOT / "node_modules" / ".package-lock.json"
    value = fingerprint(installed, ROOT / "scripts" / "cut_fonts.py")
    if is_done(fonts / ".cut", value) and (fonts / "fonts.css").exists():
        return
    with step("Cutting the fonts by script"):
        output_of([PYTHON, ROOT / "scripts" / "cut_fonts.py"])
    (fonts / ".cut").write_text(value, encoding="utf-8")


def set_up(*, dev: bool = False) -> None:
    """Bring .venv, node_modules and the fonts up to date with this clone. Raises Problem."""
    check_python()
    create_venv()
    install_requirements(dev=dev)
    install_browser_packages()
    cut_fonts()


if __name__ == "__main__":
    run_main(lambda: set_up(dev="--dev" in sys.argv[1:]))
