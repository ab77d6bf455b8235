"""Pin requirements*.in to exact versions with hashes, naming no package index and no machine path.

Run it with the oldest Python the portal supports (Debian 12's 3.11.2): some packages have dropped its early
releases, and a newer Python would pick versions that it cannot install. Existing pins stay as they are; pass
--upgrade, or --upgrade-package NAME, to move them.
"""

import subprocess
import sys

from console import ROOT

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


def main(options: list[str]) -> None:
    for name in ("requirements", "requirements-dev"):
        command = [
            sys.executable,
            "-m",
            "piptools",
            "compile",
            *OPTIONS,
            *options,
            f"--output-file={name}.txt",
        ]
        subprocess.run([*command, f"{name}.in"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
