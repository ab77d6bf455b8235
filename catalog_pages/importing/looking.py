"""Looking into a file before it is imported: its form, its encodings, its first records, its libraries."""

from __future__ import annotations

import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

from catalog_pages.importing import files
from catalog_pages.importing.options import Options
from catalog_pages.importing.preparing import prepare
from catalog_pages.marc.errors import NotMarc, Rejected
from catalog_pages.models import Import, ImportFile
from catalog_pages.spreadsheets import guess_columns
from library.models import Branch

# What a page can wait for: so many records, or so many seconds.
RECORDS, SECONDS = 1000, 4.0
SHOWN = 10


def look(batch: Import) -> None:
    """Look into every file of an import, with the options as they are, and keep what was found."""
    codes = {code.casefold() for code in Branch.objects.values_list("code", flat=True)}
    several = list(batch.files.all())
    for file in several:
        try:
            file.found = _look_into(file, batch, codes)
        except (NotMarc, ValueError, OSError) as error:
            file.found = (file.found if file.found.get("header") else {}) | {
                "error": files.without_place(error, several)
            }
        file.save(update_fields=["found"])


def _look_into(file: ImportFile, batch: Import, codes: set[str]) -> dict[str, Any]:
    path = files.path_of(file)
    options = files.options_of(batch)
    form = files.form_name(path, batch.options.get("form", ""))
    said = {
        "columns": batch.options.get("columns", {}).get(str(file.pk)),
        "branch": batch.options.get("branch", ""),
    }
    found: dict[str, Any] = {"form": form}
    if form == files.TABLE:
        found |= _columns(path, options, said)
        file.found = found  # kept even if the columns turn out not to fit
    seen = _Seen()
    deadline = time.monotonic() + SECONDS
    for raw in islice(files.read(path, form, options, said), RECORDS):
        seen.take(raw, options, codes)
        if time.monotonic() > deadline:
            break
    total = files.count(path, form, options)
    return found | seen.as_json() | {"records": total, "about": _about(total, seen, path)}


def _about(total: int | None, seen: _Seen, path: Path) -> int | None:
    """How many records there are, judged by the length of those that were read; plain files only."""
    if total is not None or not seen.bytes or path.open("rb").read(2) in (b"\x1f\x8b", b"PK"):
        return None
    return round(path.stat().st_size / seen.bytes * seen.read)


def _columns(path: Path, options: Options, said: dict[str, Any]) -> dict[str, Any]:
    header = files.header_of(path, options.encoding)
    try:
        columns = guess_columns(header, said["columns"])
    except ValueError:
        columns = {}
    return {"header": header, "columns": {str(at): name for at, name in columns.items()}}


class _Seen:
    """What the records read so far have shown."""

    def __init__(self) -> None:
        self.read = self.bytes = 0
        self.encodings: Counter[tuple[str, str]] = Counter()
        self.formats: Counter[str] = Counter()
        self.branches: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()
        self.first: list[dict[str, Any]] = []

    def take(self, raw: Any, options: Options, codes: set[str]) -> None:
        """Count one record."""
        self.read += 1
        self.bytes += len(raw.data)
        try:
            if raw.reason:
                raise Rejected(raw.reason)
            delivered = prepare(raw, options)
        except Rejected as rejection:
            self.rejected[rejection.reason.value] += 1
            return
        marc, fields = delivered.marc, delivered.fields
        self.encodings[marc.declared, marc.encoding] += 1
        self.formats[marc.format] += 1
        for holding in delivered.holdings:
            (self.branches if holding.branch in codes else self.unknown)[holding.branch] += 1
        if len(self.first) < SHOWN:
            shown = ("title", "subtitle", "year", "publisher", "language", "class_number", "material")
            self.first.append(
                {name: fields[name] for name in shown}
                | {
                    "number": delivered.control_number,
                    "authors": fields["authors"][:3],
                    "isbns": fields["isbns"][:2],
                    "items": len(delivered.holdings),
                }
            )

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "encodings": [[*key, count] for key, count in self.encodings.items()],
            "formats": dict(self.formats),
            "branches": dict(self.branches.most_common(100)),
            "unknown": dict(self.unknown.most_common(100)),
            "rejected": dict(self.rejected),
            "first": self.first,
        }
