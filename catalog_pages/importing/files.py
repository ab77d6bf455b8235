"""The files of an import: where they lie, what form they are in, and the records out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from catalog_pages.importing.options import EditedRule, MatchRule, OnMatch, Options
from catalog_pages.marc.errors import NotMarc
from catalog_pages.marc.files import count_records, form_of, read_file
from catalog_pages.marc.holdings import item_fields
from catalog_pages.marc.reading import RawRecord
from catalog_pages.models import Import, ImportFile
from catalog_pages.spreadsheets import guess_columns, read_rows, records

TABLE = "table"
# A page waits while a file is counted; what is bigger is estimated, and counted by the dry run.
COUNTED_AT_ONCE = 32 << 20
_FILES_LISTED = 200


def path_of(file: ImportFile) -> Path:
    """Where the file lies. Raises NotMarc where it is gone, or no longer among those offered."""
    if file.file:
        path = Path(file.file.path)
    elif file.on_server and file.on_server in server_files():
        path = Path(settings.IMPORT_DIR) / file.on_server
    else:
        path = Path()
    if not path.is_file():
        raise NotMarc(_("%(file)s: the file is no longer here") % {"file": file.name})
    return path


def server_files() -> list[str]:
    """The names of the files in IMPORT_DIR; what leads out of it is not among them."""
    if not settings.IMPORT_DIR:
        return []
    folder = Path(settings.IMPORT_DIR)
    try:
        names = sorted(
            path.name
            for path in folder.iterdir()
            if path.is_file() and not path.name.startswith(".") and path.resolve().parent == folder.resolve()
        )
    except OSError:
        return []
    return names[:_FILES_LISTED]


def form_name(path: Path, forced: str = "") -> str:
    """The form of a file, "table" for a spreadsheet. Raises NotMarc with the reason, naming the file."""
    if forced != TABLE:
        try:
            return form_of(path, forced).name
        except NotMarc as error:
            if forced:
                raise
            refused = error
    try:
        header = next(read_rows(path), [])
    except NotMarc:
        header = []
    if len(header) > 1:
        return TABLE
    if forced:
        raise NotMarc(_("%(file)s: this is no spreadsheet that can be read") % {"file": path})
    raise refused


def header_of(path: Path, encoding: str = "") -> list[str]:
    """The headings of a spreadsheet. Raises NotMarc."""
    return next(read_rows(path, encoding=encoding), [])


def read(path: Path, form: str, options: Options, said: Mapping[str, Any]) -> Iterator[RawRecord]:
    """The records of one file; ``said`` gives the ``columns`` and the ``branch`` of a spreadsheet.

    Raises NotMarc, also where the columns of a spreadsheet do not fit, and OSError.
    """
    if form == TABLE:
        columns = said.get("columns") or None
        try:
            guess_columns(header_of(path, options.encoding), columns)
        except ValueError as error:
            raise NotMarc(_("%(file)s: say which column holds the title.") % {"file": path}) from error
        return records(path, said=columns, branch=said.get("branch", ""), encoding=options.encoding)
    return read_file(path, form_of(path, options.form), encoding=options.encoding)


def count(path: Path, form: str, options: Options) -> int | None:
    """How many records a file holds; None where counting would take long, or for a spreadsheet."""
    if form == TABLE or path.stat().st_size > COUNTED_AT_ONCE:
        return None
    return count_records(path, form_of(path, options.form))


def options_of(batch: Import, *, dry_run: bool = False) -> Options:
    """What was said on the page, as the import takes it. Raises ValueError where it cannot be used."""
    said = batch.options
    form = said.get("form", "")
    return Options(
        form="" if form == TABLE else form,
        format=said.get("format", ""),
        encoding=said.get("encoding", ""),
        items=item_fields(said["items"]) if said.get("items") else None,
        dry_run=dry_run,
        match=said.get("match") or MatchRule.NUMBER.value,
        on_match=said.get("on_match") or OnMatch.REPLACE.value,
        edited=said.get("edited") or EditedRule.KEEP.value,
        add_fields=tuple(said.get("add_fields", ())),
    )


def deliveries(batch: Import, options: Options) -> Iterator[tuple[Path, RawRecord]]:
    """The records of all files of an import, each with a path that bears the name staff know it by.

    The files are looked at before the first record comes. Raises as ``read`` and ``path_of`` do.
    """
    opened = [_opened(file, batch, options) for file in batch.files.all()]

    def one_by_one() -> Iterator[tuple[Path, RawRecord]]:
        for name, raws in opened:
            for raw in raws:
                yield name, raw

    return one_by_one()


def _opened(file: ImportFile, batch: Import, options: Options) -> tuple[Path, Iterator[RawRecord]]:
    path = path_of(file)
    form = form_name(path, batch.options.get("form", ""))
    said = {
        "columns": batch.options.get("columns", {}).get(str(file.pk)),
        "branch": batch.options.get("branch", ""),
    }
    return Path(file.name), read(path, form, options, said)


def without_place(error: BaseException, files: Iterable[ImportFile]) -> str:
    """What went wrong, with the names of the files instead of their places on the server."""
    text = str(error)
    for file in files:
        if file.file:
            text = text.replace(file.file.path, file.name)
        if file.on_server:
            text = text.replace(str(Path(settings.IMPORT_DIR) / file.on_server), file.name)
    return text
