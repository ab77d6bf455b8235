"""What may be uploaded, judged by a file's content and not by its name.

check_upload() raises UploadRefused with words for the person who uploads; it never lets a decoder's error through.
"""

import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

import filetype
import pikepdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageSequence

from library.files.malware import check_for_malware

HEAD = 8192
LARGEST_UNPACKED = 1024 * 1024 * 1024
DEEPEST = 50

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
# What a file with this ending must be inside. Text has no signature: it is looked at by _check_text.
CONTENT_OF = {
    "jpg": ("image/jpeg",),
    "jpeg": ("image/jpeg",),
    "png": ("image/png", "image/apng"),
    "gif": ("image/gif",),
    "webp": ("image/webp",),
    "avif": ("image/avif",),
    "tif": ("image/tiff",),
    "tiff": ("image/tiff",),
    "jp2": ("image/jpx", "image/jp2"),
    "pdf": ("application/pdf",),
    "zip": ("application/zip",),
    "docx": (f"{OFFICE}wordprocessingml.document",),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet",),
    "pptx": (f"{OFFICE}presentationml.presentation",),
    "odt": (f"{OPEN_DOCUMENT}text",),
    "ods": (f"{OPEN_DOCUMENT}spreadsheet",),
    "odp": (f"{OPEN_DOCUMENT}presentation",),
    "mp3": ("audio/mpeg",),
    "ogg": ("audio/ogg", "video/ogg"),
    "flac": ("audio/x-flac",),
    "wav": ("audio/x-wav",),
    "m4a": ("audio/mp4", "video/mp4"),
    "mp4": ("video/mp4",),
    "webm": ("video/webm",),
    "txt": (),
    "csv": (),
    "vtt": (),
}
PLAIN_TYPES = {"csv": "text/csv", "vtt": "text/vtt"}
DECODERS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/apng": ("PNG",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/avif": ("AVIF",),
    "image/tiff": ("TIFF",),
    "image/jpx": ("JPEG2000",),
    "image/jp2": ("JPEG2000",),
}
ZIPPED = ("zip", "docx", "xlsx", "pptx", "odt", "ods", "odp")
MARKUP = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype|html|head|body|script|svg|\?xml|iframe|meta|xsl)\b", re.I | re.S
)
ACTIVE_KEYS = ("/JS", "/XFA")
ACTIVE_ACTIONS = ("/JavaScript", "/Launch")


class UploadRefused(ValidationError):
    """The file may not be uploaded; the message says why, the code is for programs."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one place takes: endings, most bytes (None: no limit), most pixels over all frames."""

    extensions: Sequence[str]
    most_bytes: int | None
    most_pixels: int

    @classmethod
    def for_pictures(cls) -> "Rules":
        return cls(
            settings.WAGTAILIMAGES_EXTENSIONS,
            settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
            settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS,
        )

    @classmethod
    def for_documents(cls) -> "Rules":
        return cls(
            settings.WAGTAILDOCS_EXTENSIONS,
            settings.WAGTAILDOCS_MAX_UPLOAD_SIZE,
            settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS,
        )


def check_upload(file: Any, rules: Rules) -> str:
    """Return the media type of an uploaded file. Raises UploadRefused. The file is left at its beginning."""
    ending = PurePath(file.name or "").suffix.lower().lstrip(".")
    if ending not in rules.extensions or ending not in CONTENT_OF:
        raise UploadRefused(
            _("Files of this kind cannot be uploaded. Possible are: %(endings)s.")
            % {"endings": ", ".join(rules.extensions)},
            code="ending",
        )
    if not file.size:
        raise UploadRefused(_("This file is empty."), code="empty")
    if rules.most_bytes is not None and file.size > rules.most_bytes:
        raise UploadRefused(
            _("This file is too big: %(size)s. It may have %(limit)s.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(rules.most_bytes)},
            code="size",
        )
    media_type = _media_type(file, ending)
    for check in _checks(ending, media_type, rules):
        file.seek(0)
        check(file)
    file.seek(0)
    check_for_malware(file)
    file.seek(0)
    return media_type


def _media_type(file: Any, ending: str) -> str:
    file.seek(0)
    head = file.read(HEAD)
    if MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise UploadRefused(
            _(
                "This is a web page or a drawing in code, whatever its name says; it could run in readers' browsers."
            ),
            code="active",
        )
    guessed = filetype.guess(head)
    if not CONTENT_OF[ending]:
        if guessed is not None or b"\0" in head or not _begins_rightly(head, ending):
            raise _mismatch(ending)
        return PLAIN_TYPES.get(ending, "text/plain")
    if guessed is None or guessed.mime not in CONTENT_OF[ending]:
        if ending in ZIPPED and guessed is not None and guessed.mime == "application/zip":
            return CONTENT_OF[ending][0]  # _check_zip looks inside
        raise _mismatch(ending)
    return str(guessed.mime)


def _begins_rightly(head: bytes, ending: str) -> bool:
    """Captions (WebVTT) name themselves in their first line; other plain text begins with anything."""
    return ending != "vtt" or bool(re.match(rb"(\xef\xbb\xbf)?WEBVTT(\s|$)", head))


def _mismatch(ending: str) -> UploadRefused:
    return UploadRefused(
        _("The content of this file is not what its ending says: .%(ending)s.") % {"ending": ending},
        code="content",
    )


def _damaged() -> UploadRefused:
    return UploadRefused(_("This file is damaged or incomplete: it cannot be read."), code="damaged")


def _checks(ending: str, media_type: str, rules: Rules) -> list[Callable[[BinaryIO], None]]:
    if media_type in DECODERS:
        return [lambda file: _check_picture(file, DECODERS[media_type], rules.most_pixels)]
    if ending == "pdf":
        return [_check_pdf]
    if ending in ZIPPED:
        return [lambda file: _check_zip(file, ending)]
    return []


def _check_picture(file: BinaryIO, decoders: Sequence[str], most_pixels: int) -> None:
    """Decode every frame within the limit: what breaks here would break the page that shows it."""
    try:
        with Image.open(file, formats=tuple(decoders)) as picture:
            pixels = picture.width * picture.height
            if pixels <= most_pixels:
                if picture.format == "JPEG":
                    # Reads the whole file all the same, in an eighth of the time and memory.
                    picture.draft(None, (picture.width // 8 or 1, picture.height // 8 or 1))
                    picture.load()
                else:
                    pixels = _decode_frames(picture, most_pixels)
    except Image.DecompressionBombError:
        pixels = most_pixels + 1
    except Exception as error:  # noqa: BLE001 - decoders of hostile files raise whatever they like
        raise _damaged() from error
    if pixels > most_pixels:
        raise UploadRefused(
            _("This picture has too many pixels. It may have %(limit)s million.")
            % {"limit": most_pixels // 1_000_000},
            code="pixels",
        )


def _decode_frames(picture: Image.Image, most_pixels: int) -> int:
    pixels = 0
    for frame in ImageSequence.Iterator(picture):
        pixels += frame.width * frame.height
        if pixels > most_pixels:
            break
        frame.load()
    return pixels


def _check_pdf(file: BinaryIO) -> None:
    try:
        with pikepdf.open(file) as pdf:
            active = any(_is_active(obj) for obj in [pdf.Root, pdf.trailer, *pdf.objects])
    except pikepdf.PasswordError as error:
        raise UploadRefused(
            _("This PDF is locked with a password. Remove the password first."), code="password"
        ) from error
    except Exception as error:  # noqa: BLE001 - damaged files raise more than PdfError
        raise _damaged() from error
    if active:
        raise UploadRefused(
            _("This PDF contains a program. Print it into a new PDF and upload that."), code="active"
        )


def _is_active(obj: Any, depth: int = 0) -> bool:
    """Whether an object of a PDF holds a script or starts a program. Names are compared as the PDF means them,
    so writing them otherwise (#4aS) or packing them hides nothing."""
    if depth > DEEPEST:
        return True
    if isinstance(obj, pikepdf.Array):
        return any(_is_active(one, depth + 1) for one in obj if not _elsewhere(one))
    if not isinstance(obj, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if any(key in obj for key in ACTIVE_KEYS) or str(obj.get("/S", "")) in ACTIVE_ACTIONS:
        return True
    return any(_is_active(value, depth + 1) for _key, value in obj.items() if not _elsewhere(value))


def _elsewhere(obj: Any) -> bool:
    """Whether a value is only referred to: then it comes by in the list of all objects."""
    return getattr(obj, "is_indirect", False)


def _check_zip(file: BinaryIO, ending: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except Exception as error:  # noqa: BLE001 - zipfile raises more than BadZipFile
        raise _damaged() from error
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise UploadRefused(_("This file would become too big when unpacked."), code="size")
    names = {entry.filename.lower() for entry in entries}
    office = ending in ("docx", "xlsx", "pptx")
    if ending != "zip" and not names & {"[content_types].xml", "mimetype"}:
        raise _mismatch(ending)
    if office and any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise UploadRefused(_("This document contains macros. Save it without them."), code="active")
