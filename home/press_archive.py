"""Packing a press kit: one archive, put in its place when it is whole, and the text that goes with it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from library.models import SystemSettings

if TYPE_CHECKING:
    from home.press_kit import Kit

LONGEST_NAME = 180  # bytes: Georgian letters take three, and folders of many systems bear 255
KEPT_DAYS = 30
BLOCK = 256 * 1024
# A file that is stored as it is costs so many bytes beside its name and content (APPNOTE 4.3.7, 4.3.12, 4.3.16).
LOCAL, CENTRAL, END = 30, 46, 22
EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Packed:
    """A file and the name it has in the archive."""

    name: str
    path: Path

    @property
    def fitting(self) -> str:
        """The name, cut where it is too long for folders."""
        folder, _slash, name = self.name.rpartition("/")
        stem, dot, ending = name.rpartition(".")
        room = LONGEST_NAME - len(f"{dot}{ending}".encode())
        cut = stem.encode()[:room].decode(errors="ignore").rstrip()
        return f"{folder}/{cut}{dot}{ending}"


def archive_size(files: Sequence[Packed], text: str) -> int:
    """The size of the archive in bytes, without making it."""
    entries = [(_text_name(), len(text.encode()))]
    entries += [(file.fitting, file.path.stat().st_size) for file in files]
    return END + sum(LOCAL + CENTRAL + 2 * len(name.encode()) + size for name, size in entries)


def pack(files: Sequence[Packed], text: str, pk: int) -> Path:
    """Return the archive of these files, made if it is not there yet; what nobody has asked for in a month goes.

    It is written block by block under another name and renamed when it is whole: nobody ever gets half of it.
    """
    folder = Path(settings.PRIVATE_ROOT) / "press"
    path = folder / f"{pk}-{_state(files, text)}.zip"
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            _write(out, files, text)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _clear(folder, path, pk)
    return path


def text_of(kit: Kit) -> str:
    """Credits, licences, contact and what is missing, in the language of the page."""
    with translation.override(kit.page.content_language):
        # Notepad knows UTF-8 by the mark, and lines by both signs.
        return "\ufeff" + "\r\n".join(_lines(kit)) + "\r\n"


def _lines(kit: Kit) -> Iterator[str]:
    page = kit.page
    yield from (page.title, page.full_url or "", "")
    if page.about:
        yield from (*page.about.splitlines(), "")
    contact = [page.contact_role, page.contact_phone, page.contact_email]
    if any(contact):
        yield f"{_('Contact for the press')}: {', '.join(part for part in contact if part)}"
        yield ""
    numbered = {packed.path: packed.fitting for packed in kit.packed}
    for file in kit.photographs:
        if file.path is None:
            continue
        yield numbered[file.path]
        yield f"  {_('Credit')}: {file.credit}"
        licence = str(file.row.get_licence_display())
        yield f"  {_('Licence')}: {' '.join(filter(None, (licence, file.row.licence_address)))}"
        yield ""
    if kit.logos:
        yield _("Logos: please leave their colours and proportions as they are.")
        yield ""
    if kit.missing:
        yield _("These files could not be found. Please ask us for them:")
        yield from (f"  {title}" for title in kit.missing)
        yield ""
    yield _library_name()


def _library_name() -> str:
    system = SystemSettings.objects.filter(site__is_default_site=True).select_related("site").first()
    return str(system) if system else ""


def _text_name() -> str:
    return "README.txt"


def _state(files: Sequence[Packed], text: str) -> str:
    state = hashlib.sha256(text.encode())
    for file in files:
        stat = file.path.stat()
        state.update(f"\0{file.fitting}\0{stat.st_size}\0{stat.st_mtime_ns}".encode())
    return state.hexdigest()[:32]


def _write(out: object, files: Sequence[Packed], text: str) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # pictures and PDF are packed already
        archive.writestr(zipfile.ZipInfo(_text_name(), _moment(time.time())), text)
        for file in files:
            entry = zipfile.ZipInfo(file.fitting, _moment(file.path.stat().st_mtime))
            entry.external_attr = 0o644 << 16
            with file.path.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target, BLOCK)


def _moment(seconds: float) -> tuple[int, int, int, int, int, int]:
    moment = time.localtime(seconds)[:6]
    return max(moment, EARLIEST)


def _clear(folder: Path, newest: Path, pk: int) -> None:
    """Take away earlier states of this kit, and what no kit has asked for in a long time."""
    long_ago = time.time() - KEPT_DAYS * 24 * 60 * 60
    for path in folder.iterdir():
        try:
            if path != newest and (path.name.startswith(f"{pk}-") or path.stat().st_mtime < long_ago):
                path.unlink()
        except OSError:  # another process was first, or a reader holds it open
            continue
