"""Sending a file: whole or in part (RFC 9110), or handed over to the web server in front."""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from library.files.access import safe_name

BLOCK = 64 * 1024
ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII)
# Shown in the browser; everything else is downloaded. SVG and HTML are never among them.
INLINE_TYPES = re.compile(r"image/(jpeg|png|gif|webp|avif)|(audio|video)/[\w.+-]+|application/pdf|text/plain")
SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
# A sandboxed PDF is not shown by browsers at all; their viewers keep it apart from the site.
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


class FileSlice:
    """Reads `length` bytes from `start` on, block by block, and closes the file."""

    def __init__(self, file: IO[bytes], start: int, length: int) -> None:
        self.file, self.left = file, length
        file.seek(start)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0:
            block = self.file.read(min(BLOCK, self.left))
            if not block:
                return
            self.left -= len(block)
            yield block

    def close(self) -> None:
        self.file.close()


class Unsatisfiable(Exception):
    """The range lies outside the file."""


def send_file(
    request: HttpRequest, path: Path, *, name: str, content_type: str = "", attachment: bool | None = None
) -> HttpResponseBase:
    """Answer with a file, whose reader has been let in already.

    Handles If-None-Match, If-Modified-Since, Range, If-Range and HEAD; with X_ACCEL_PREFIX only names the file to the
    web server, which then does all that. `attachment` None: shown where that is harmless. Raises Http404.
    """
    try:
        stat = path.stat()
        if not path.is_file():
            raise FileNotFoundError
    except OSError as error:
        raise Http404 from error
    name = safe_name(name)
    content_type = content_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    handed_over = _hand_over(path)
    if handed_over:
        return _with_headers(handed_over, name, content_type, attachment)
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    unchanged = get_conditional_response(request, etag=etag, last_modified=int(stat.st_mtime))
    response = unchanged or _answer(request, path, stat.st_size, etag, int(stat.st_mtime))
    if response.status_code in (200, 206):
        response = _with_headers(response, name, content_type, attachment)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(stat.st_mtime)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _answer(request: HttpRequest, path: Path, size: int, etag: str, modified: int) -> HttpResponseBase:
    try:
        wanted = _wanted_range(request, size, etag, modified)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = wanted or (0, size - 1)
    length = last - first + 1
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        try:
            response = StreamingHttpResponse(FileSlice(path.open("rb"), first, length))
        except OSError as error:
            raise Http404 from error
    response.headers["Content-Length"] = str(length)
    if wanted:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _wanted_range(request: HttpRequest, size: int, etag: str, modified: int) -> tuple[int, int] | None:
    """The first and last byte asked for; None for the whole file. Raises Unsatisfiable.

    What is no single range of bytes is not understood, and so ignored, as the standard has it.
    """
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not match or not _if_range_holds(request, etag, modified):
        return None
    begin, end = match.groups()
    if not begin and not end:
        return None
    if not begin:
        length = min(int(end), size)
        if length == 0:
            raise Unsatisfiable
        return size - length, size - 1
    first, last = int(begin), int(end) if end else size - 1
    if end and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, min(last, size - 1)


def _if_range_holds(request: HttpRequest, etag: str, modified: int) -> bool:
    """Whether the file is the one the reader has a part of (strong comparison; a date must be the same)."""
    known = request.headers.get("If-Range")
    if known is None:
        return True
    return known == etag if '"' in known else parse_http_date_safe(known) == modified


def _hand_over(path: Path) -> HttpResponse | None:
    """The answer that names the file to the web server, where one is configured and the file is in its reach."""
    if not settings.X_ACCEL_PREFIX:
        return None
    for folder, root in (("private", settings.PRIVATE_ROOT), ("media", settings.MEDIA_ROOT)):
        if path.resolve().is_relative_to(Path(root).resolve()):
            inside = path.resolve().relative_to(Path(root).resolve()).as_posix()
            address = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{folder}/{quote(inside)}"
            return HttpResponse(headers={"X-Accel-Redirect": address, "Cache-Control": "private, no-cache"})
    return None


def _with_headers(
    response: HttpResponseBase, name: str, content_type: str, attachment: bool | None
) -> HttpResponseBase:
    harmless = INLINE_TYPES.fullmatch(content_type)
    attachment = not harmless if attachment is None else attachment or not harmless
    if content_type.startswith("text/"):
        content_type += "; charset=utf-8"
    response.headers["Content-Type"] = content_type
    disposition = content_disposition_header(attachment, name)
    if disposition:
        response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    is_pdf = content_type == "application/pdf"
    response.headers["Content-Security-Policy"] = PDF_POLICY if is_pdf else SANDBOX
    return response
