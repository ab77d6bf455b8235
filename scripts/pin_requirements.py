"""Pin requirements*.in to exact versions with hashes, naming no package index and no machine path.

Existing pins stay as they are; pass --upgrade, or --upgrade-package NAME, to move them. Some packages have dropped
Debian 12's Python 3.11.2 while they still support 3.11: a pin that it cannot install is refused at the end.
"""

import subprocess
import sys

from console import ROOT, Problem, run_main, step

OLDEST_PYTHON = "3.11.2"

OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-emit-options",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--annotation-style=line",
]


def main() -> None:
    for name in ("requirements", "requirements-dev"):
        command = [
            sys.executable,
            "-m",
            "piptools",
            "compile",
            *OPTIONS,
            *sys.argv[1:],
            f"--output-file={name}.txt",
        ]
        with step(f"Pinning {name}.in"):
            subprocess.run([*command, f"{name}.in"], cwd=ROOT, check=True)
    with step(f"Checking that Python {OLDEST_PYTHON} can install them"):
        check_oldest_python()


def check_oldest_python() -> None:
    """Raise Problem for a pin that the oldest supported Python cannot install."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--target=unused", "--no-deps"]
    command += [f"--python-version={OLDEST_PYTHON}", "--only-binary=:all:", "--require-hashes"]
    command += ["--requirement=requirements.txt", "--requirement=requirements-dev.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        refused = done.stderr.strip().splitlines()[-1]
        raise Problem(
            f"{refused}\nRun this script with Python {OLDEST_PYTHON}, or hold that package back in the .in file."
        )


if __name__ == "__main__":
    run_main(main)
