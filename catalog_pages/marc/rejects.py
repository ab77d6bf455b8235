"""The records an import could not take: whole in one file, the reasons in a table beside it."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TextIO

from catalog_pages.marc.errors import Reason
from catalog_pages.marc.reading import RawRecord


class RejectFile:
    """Writes rejected records to ``path`` and their reasons to the same name with .tsv.

    Both are opened at the start, so that a place that cannot be written to is known before anything is
    imported (OSError), and removed at the end if nothing was rejected. Records out of XML stand in a
    collection again, so that the file can be corrected and imported.
    """

    def __init__(self, path: Path, *, xml: bool = False) -> None:
        self.path, self.xml = path, xml
        self.reasons = path.with_name(path.name + ".tsv")
        self.written = 0

    def __enter__(self) -> RejectFile:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._records: BinaryIO = open(self.path, "wb")
        self._records.write(b"<collection>\n" if self.xml else b"")
        self._reasons: TextIO = open(self.reasons, "w", encoding="utf-8")
        self._reasons.write("file\trecord\tbyte\treason\texplanation\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._records.write(b"</collection>\n" if self.xml else b"")
        self._records.close()
        self._reasons.close()
        if not self.written:
            self.path.unlink()
            self.reasons.unlink()

    def add(self, file: Path, record: RawRecord, reason: Reason) -> None:
        """Keep one rejected record, byte for byte."""
        self.written += 1
        self._records.write(record.data)
        if record.data[:1] in b"<{" and record.data:
            self._records.write(b"\n")
        name = file.name.translate({9: " ", 10: " ", 13: " "})
        self._reasons.write(f"{name}\t{record.number}\t{record.offset}\t{reason.value}\t{reason.label}\n")
