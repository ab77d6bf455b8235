"""Compile the .po files of locale/, locale_admin/ and locale_dates/ with Babel: stock Debian has no msgfmt.

Files up to date are left alone.
"""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from console import ROOT, Problem, run_main

FOLDERS = (ROOT / "locale", ROOT / "locale_admin", ROOT / "locale_dates")


def compile_file(po: Path) -> bool:
    """Write the .mo beside `po` when it is missing or older; return whether it was written."""
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
        return False
    draft = mo.with_suffix(".mo.new")
    try:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise Problem(f"{po.relative_to(ROOT)} cannot be read: {error}") from None
    with draft.open("wb") as target:
        write_mo(target, catalogue)
    os.replace(draft, mo)
    return True


def compile_all(*folders: Path) -> int:
    """Compile every catalogue in the folders (which may be missing or empty); return how many were written."""
    found = (po for folder in folders or FOLDERS for po in sorted(folder.glob("*/LC_MESSAGES/*.po")))
    return sum(map(compile_file, found))


if __name__ == "__main__":
    run_main(lambda: print(f"{compile_all()} compiled"))
