"""Serving uploaded pictures. Everything else uploaded goes through a view that checks rights."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

PUBLIC_FOLDERS = ("images/", "original_images/")


@require_safe
def public_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a picture or one of its renditions; answers 304 to conditional requests, 404 to all else."""
    if not name.startswith(PUBLIC_FOLDERS):
        raise Http404
    response = serve(request, name, document_root=settings.MEDIA_ROOT)
    # Names of renditions change with their content; nothing uploaded may run as a page of ours.
    response.headers["Cache-Control"] = "public, max-age=604800"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
