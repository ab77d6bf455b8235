"""The version of the portal: that of the newest entry of CHANGELOG.md, and nowhere else."""

import re
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def read_version(changelog: Path = CHANGELOG) -> str:
    """Return the version in the first heading like "## 0.1.0 (2026-11-24)". Raises ValueError when there is none."""
    heading = re.search(r"^## (\d+\.\d+\.\d+)\b", changelog.read_text(encoding="utf-8"), re.MULTILINE)
    if not heading:
        raise ValueError(f"{changelog.name} has no heading with a version")
    return heading[1]


__version__ = read_version()
