"""Serving pictures made from uploads. Everything else uploaded goes through a view that checks rights."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.static import serve

from library.files.access import may_read
from library.files.serving import send_file
from library.models import PortalImage

PUBLIC_FOLDER, ORIGINALS = "images/", "original_images/"


@require_safe
def public_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a rendition of a picture, and its original to staff; 304 to conditional requests, 404 to all else."""
    if name.startswith(ORIGINALS):
        return _original(request, name)
    if not name.startswith(PUBLIC_FOLDER):
        raise Http404
    response = serve(request, name, document_root=str(settings.MEDIA_ROOT))
    # Names of renditions change with their content; nothing uploaded may run as a page of ours.
    response.headers["Cache-Control"] = "public, max-age=604800"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _original(request: HttpRequest, name: str) -> HttpResponseBase:
    # The original may say where it was taken; renditions do not.
    image = get_object_or_404(PortalImage, file=name)
    if not may_read(request.user, image):
        raise Http404
    return send_file(request, Path(image.file.path), name=name)
