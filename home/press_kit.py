"""The files of a press kit: which of them everybody may read, one by one and all in one archive (A41).

The archive is made once for each state of its files and lies with the private files until something changes: readers
get it from there in parts, or the web server sends it. What is not there, or not for everybody, is left out; the text
that goes with the files names what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from home.press_archive import Packed, archive_size, pack, text_of
from library.files.access import safe_name
from library.files.public import public_only
from library.files.serving import send_file
from library.models import PortalDocument, PortalImage, PortalRendition

if TYPE_CHECKING:
    from home.models import PressKitPage

# Large enough for print, and without the place where they were taken (library.files.metadata).
PHOTOGRAPH = "max-4000x4000|format-jpeg|jpegquality-92"
LOGO = "max-3000x3000|format-png"


@dataclass(frozen=True)
class KitFile:
    """A picture or document of the kit. `row` is what staff wrote, `path` where the file lies, if it is there."""

    row: Any
    folder: str
    title: str
    file_extension: str
    path: Path | None
    size: int | None
    picture: PortalImage | None = None
    document: PortalDocument | None = None
    spec: str = ""
    printable: KitFile | None = None  # a logo's file for printers

    @property
    def credit(self) -> str:
        """Who made a photograph."""
        return self.row.credit or (self.picture.credit if self.picture else "")

    @property
    def name(self) -> str:
        return safe_name(f"{self.title}.{self.file_extension}")


class Kit:
    """All of a press kit that everybody may read."""

    def __init__(
        self,
        page: PressKitPage,
        logos: list[KitFile],
        photographs: list[KitFile],
        brochures: list[KitFile],
        lost: list[str],
    ) -> None:
        self.page, self.logos, self.photographs, self.brochures = page, logos, photographs, brochures
        self._lost = lost

    @classmethod
    def of(cls, page: PressKitPage, *, make: bool = False) -> Kit:
        """The kit of a page, in a handful of queries. `make` makes the large copies of pictures that are missing."""
        logos, photographs, brochures = (
            list(getattr(page, name).all()) for name in ("logos", "photographs", "brochures")
        )
        pictures = _pictures([row.picture_id for row in [*logos, *photographs]])
        documents = _documents([row.document_id for row in [*logos, *brochures] if row.document_id])
        with translation.override(page.content_language):
            names = {"logo": _("Logos"), "photograph": _("Photographs"), "brochure": _("Brochures")}
        found_logos = [
            _logo(row, names["logo"], pictures[row.picture_id], documents.get(row.document_id), make)
            for row in logos
            if row.picture_id in pictures
        ]
        found_photographs = [
            _of_picture(row, names["photograph"], row.title, pictures[row.picture_id], PHOTOGRAPH, make)
            for row in photographs
            if row.picture_id in pictures
        ]
        papers = [
            _of_document(row, names["brochure"], row.title or document.title, document)
            for row in brochures
            if (document := documents.get(row.document_id))
        ]
        # A paper that is gone is shown to nobody, and named to those who take everything.
        lost = [paper.title for paper in papers if paper.path is None]
        return cls(page, found_logos, found_photographs, [paper for paper in papers if paper.path], lost)

    @cached_property
    def files(self) -> list[KitFile]:
        """Everything, in the order of the page."""
        printable = [file.printable for file in self.logos if file.printable]
        return [*self.logos, *printable, *self.photographs, *self.brochures]

    @property
    def missing(self) -> list[str]:
        """The titles of what should be there and is not."""
        return [*(file.title for file in self.files if file.path is None), *self._lost]

    @property
    def packed(self) -> list[Packed]:
        """What goes into the archive, in folders and numbered, so that no two have the same name."""
        there = [file for file in self.files if file.path is not None]
        return [
            Packed(f"{file.folder}/{place:02} {file.name}", file.path) for place, file in enumerate(there, 1)
        ]

    @property
    def size(self) -> int | None:
        """How large the archive is, to the byte; None while copies of pictures are still to be made."""
        if not self.files or any(file.path is None and file.picture for file in self.files):
            return None
        return archive_size(self.packed, text_of(self))

    def picture(self, pk: int) -> KitFile | None:
        return next((file for file in self.files if file.picture and file.picture.pk == pk), None)


def send_picture(page: PressKitPage, pk: int, request: HttpRequest) -> HttpResponseBase:
    """One picture in full size. Raises Http404."""
    file = Kit.of(page).picture(pk)
    if file is None:
        raise Http404
    path = file.path or _large_copy(file.picture, file.spec, make=True)
    if path is None:
        raise Http404
    return send_file(request, path, name=file.name, attachment=True)


def send_all(page: PressKitPage, request: HttpRequest) -> HttpResponseBase:
    """Everything as one archive, in parts if the reader wants. Raises Http404 where the kit is empty."""
    kit = Kit.of(page, make=True)
    if not kit.files:
        raise Http404
    path = pack(kit.packed, text_of(kit), page.pk)
    return send_file(
        request, path, name=safe_name(f"{page.title}.zip"), content_type="application/zip", attachment=True
    )


def _pictures(ids: Iterable[int]) -> dict[int, PortalImage]:
    rows = PortalImage.objects.filter(pk__in=set(ids)).select_related("collection").prefetch_renditions()
    return {picture.pk: picture for picture in public_only(rows)}


def _documents(ids: Iterable[int]) -> dict[int, PortalDocument]:
    rows = PortalDocument.objects.filter(pk__in=set(ids)).select_related("collection")
    return {document.pk: document for document in public_only(rows)}


def _logo(
    row: Any, folder: str, picture: PortalImage, document: PortalDocument | None, make: bool
) -> KitFile:
    printable = _of_document(row, folder, row.title, document) if document else None
    return _of_picture(row, folder, row.title, picture, LOGO, make, printable)


def _of_picture(
    row: Any,
    folder: str,
    title: str,
    picture: PortalImage,
    spec: str,
    make: bool,
    printable: KitFile | None = None,
) -> KitFile:
    path = _large_copy(picture, spec, make=make)
    ending = "png" if spec == LOGO else "jpg"
    return KitFile(row, folder, title, ending, path, _size(path), picture, None, spec, printable)


def _of_document(row: Any, folder: str, title: str, document: PortalDocument) -> KitFile:
    path = Path(document.file.path)
    size = _size(path)
    ending = document.file_extension
    return KitFile(row, folder, title, ending, None if size is None else path, size, document=document)


def _large_copy(picture: PortalImage | None, spec: str, *, make: bool) -> Path | None:
    """Where the copy for the press lies; None where it is not there, or cannot be made."""
    if picture is None:
        return None
    found: PortalRendition | None = next(
        (copy for copy in getattr(picture, "prefetched_renditions", []) if copy.filter_spec == spec), None
    )
    path = Path(found.file.path) if found else None
    if path and path.is_file():
        return path
    if not make:
        return None
    try:
        if found:
            found.delete()  # its file is gone: made anew
            picture.prefetched_renditions.remove(found)
        return Path(picture.get_rendition(spec).file.path)
    except OSError:  # Wagtail's SourceImageIOError is one, too
        return None


def _size(path: Path | None) -> int | None:
    try:
        return path.stat().st_size if path else None
    except OSError:
        return None
