"""Serving the pictures by which pages are shown where they are shared."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from catalog_pages.models import Record
from home.sharing.cards import card_of
from home.sharing.drawing import drawn
from library.models import Branch
from library.pdf import PdfError

LASTING = "public, max-age=31536000, immutable"


@require_safe
def sharing_picture(request: HttpRequest, kind: str, pk: int, mark: str) -> HttpResponseBase:
    """The picture of a page, library, record or of the site; a mark of earlier leads to that of today."""
    card = card_of(_thing(kind, pk))
    if card.mark != mark:
        return HttpResponseRedirect(reverse("home:sharing_picture", args=[kind, pk, card.mark]))
    try:
        path = drawn(card)
    except PdfError:
        return HttpResponse(status=503, headers={"Retry-After": "600"})
    content_type = "image/jpeg" if path.suffix == ".jpg" else "image/png"
    response = HttpResponse(path.read_bytes(), content_type=content_type)
    response.headers["Cache-Control"] = LASTING
    # Other sites show it: that is what it is for.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _thing(kind: str, pk: int) -> Page | Branch | Record | None:
    if kind == "page":
        return get_object_or_404(Page.objects.live().public(), pk=pk)
    if kind == "branch":
        return get_object_or_404(Branch.objects.on_site(), pk=pk)
    if kind == "record":
        return get_object_or_404(Record, pk=pk)
    if kind == "site" and pk == 0:
        return None
    raise Http404
