"""Files of records in any form the libraries hold: which form it is, and the records out of it.

The form is told by what stands in the file, never by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from catalog_pages.marc.errors import NotMarc
from catalog_pages.marc.irbis import read_irbis_text
from catalog_pages.marc.irbis_master import layout_of, read_master
from catalog_pages.marc.lines import ALEPH_LINE, read_aleph, read_marcmaker
from catalog_pages.marc.marcjson import read_marcjson
from catalog_pages.marc.marcxml import read_marcxml
from catalog_pages.marc.reading import (
    FILLER,
    GZIP_ERRORS,
    BoundedGzip,
    RawRecord,
    damage_of,
    read_records,
    trouble_of,
)

_PROBE = 1 << 17
_CHUNK = 1 << 18
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class FileForm:
    """A form of file: its name, the ending of its reject file, and what every record holds just once."""

    name: str
    ending: str
    once: bytes
    read: Callable[[Path, BinaryIO, str], Iterator[RawRecord]]


_FORMS = (
    FileForm("iso2709", "mrc", rb"\x1d", lambda _path, stream, _encoding: read_records(stream)),
    FileForm("marcxml", "xml", rb"<(?:[\w.-]+:)?leader[\s>]", lambda _path, stream, _e: read_marcxml(stream)),
    FileForm(
        "json", "json", rb'"(?:leader|mfn|record)"\s*:', lambda _path, stream, _e: read_marcjson(stream)
    ),
    FileForm(
        "irbis", "txt", rb"\*\*\*\*\*", lambda _path, stream, encoding: read_irbis_text(stream, encoding)
    ),
    FileForm("irbis-master", "txt", b"(?!)", read_master),
    FileForm(
        "aleph", "txt", rb"[0-9]{6} LDR  ", lambda _path, stream, encoding: read_aleph(stream, encoding)
    ),
    FileForm("marcmaker", "mrk", rb"=LDR ", lambda _path, stream, encoding: read_marcmaker(stream, encoding)),
)
FORMS = {form.name: form for form in _FORMS}


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """A file for reading, unpacked where it is gzip; raises OSError where it cannot be opened."""
    with open(path, "rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        yield BoundedGzip(raw) if packed else raw  # type: ignore[misc]


def form_of(path: Path, forced: str = "") -> FileForm:
    """The form of a file; raises NotMarc (naming the file) where it holds no records that can be read."""
    with open_file(path) as stream:
        try:
            head = stream.read(_PROBE)
        except GZIP_ERRORS as error:
            raise NotMarc(f"{path}: {damage_of(error).label}") from error
    if not head.removeprefix(_BOM).lstrip(FILLER) and not forced and len(head) < _PROBE:
        raise NotMarc(_("%(file)s: the file is empty") % {"file": path})
    try:
        form = FORMS[forced or _guess(head)]
        if form.name == "iso2709" and (trouble := trouble_of(head)):
            raise NotMarc(trouble)
        if form.name == "irbis-master":
            layout_of(head)
    except NotMarc as error:
        raise NotMarc(f"{path}: {error}") from error
    return form


def read_file(path: Path, form: FileForm, *, encoding: str = "") -> Iterator[RawRecord]:
    """Every record of a file in order; what cannot be read comes with a reason. Memory stays flat."""
    number = 0
    with open_file(path) as stream:
        try:
            for raw in form.read(path, stream, encoding):
                number = raw.number
                yield raw
        except GZIP_ERRORS as error:
            yield RawRecord(number + 1, 0, b"", damage_of(error))


def count_records(path: Path, form: FileForm) -> int:
    """About how many records a file holds, for the display of progress; the whole file is read once."""
    count, rest, once = 0, b"", re.compile(form.once)
    with open_file(path) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                if form.name == "iso2709":
                    count += chunk.count(b"\x1d")
                    continue
                chunk = rest + chunk
                found = list(once.finditer(chunk))
                count += len(found)
                rest = chunk[max(found[-1].end() if found else 0, len(chunk) - 40) :]
        except GZIP_ERRORS:
            pass
    return count


def _guess(head: bytes) -> str:
    if head[:2] in _UTF16:
        return "marcxml"
    start = head.removeprefix(_BOM).lstrip(FILLER)
    if start[:1] == b"<":
        return "marcxml"
    if start[:1] in (b"{", b"["):
        return "json"
    if head[:4] == b"\x00\x00\x00\x00" and b"\x1d" not in head[:64]:
        return "irbis-master"
    line = start.split(b"\n", 1)[0].decode("latin-1").rstrip("\r")
    if re.match(r"#\d{1,5}:", line):
        return "irbis"
    if re.match(r"=(LDR|[0-9]{3})  ", line):
        return "marcmaker"
    if ALEPH_LINE.fullmatch(line):
        return "aleph"
    if trouble_of(head):
        raise NotMarc(_("this holds no records in a form that is known here"))
    return "iso2709"
