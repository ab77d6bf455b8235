"""Records for other programs, at addresses without a language: ``/catalogue/12.mrc``."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from catalog_pages.duplicates.services import kept_for
from catalog_pages.export.formats import FORMATS
from catalog_pages.export.many import LIST_FORMATS, chosen, found_by, written
from catalog_pages.export.outgoing import outgoing
from catalog_pages.models import Record
from catalog_pages.queries import Wish
from search.errors import SearchUnavailable

BIGGEST_ID = 2**63 - 1
MOST_CHOSEN = 1000


def _changed(request: HttpRequest, pk: int, form: str) -> datetime | None:
    if pk > BIGGEST_ID or form not in FORMATS:
        return None
    return Record.objects.filter(pk=pk).values_list("updated_at", flat=True).first()


def _etag(request: HttpRequest, pk: int, form: str) -> str | None:
    changed = _changed(request, pk, form)
    return f'"{pk}-{changed.timestamp():.6f}-{form}"' if changed else None


@require_safe
@condition(etag_func=_etag, last_modified_func=_changed)
def record(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """One record in one of the FORMATS; 404 where there is no such record or form."""
    found = Record.objects.filter(pk=pk).first() if pk <= BIGGEST_ID else None
    if form not in FORMATS or pk > BIGGEST_ID:
        raise Http404
    if found is None:
        return redirect("catalogue_out:record", kept_for(pk).pk, form, permanent=True)
    wanted = FORMATS[form]
    body = wanted.write(next(iter(outgoing([found]))))
    response = HttpResponse(body, content_type=f"{wanted.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="record-{pk}.{form}"'
    return open_to_all(response)


def without_language(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The same address under a language leads to the one that lasts."""
    return redirect(reverse("catalogue_out:record", args=[pk, form]), permanent=True)


@require_safe
def selection(request: HttpRequest, form: str) -> HttpResponseBase:
    """Chosen records (``id=1&id=2``), or what a search finds (as on the page of results), as a stream."""
    if form not in LIST_FORMATS:
        raise Http404
    ids = request.GET.getlist("id")
    try:
        if ids:
            numbers = list(
                dict.fromkeys(int(pk) for pk in ids[:MOST_CHOSEN] if pk.isascii() and pk.isdigit())
            )
            total, chunks = len(numbers), chosen([pk for pk in numbers if pk <= BIGGEST_ID])
        else:
            total, chunks = found_by(Wish.read(request.GET))
    except SearchUnavailable:
        return HttpResponse("The search is not available.", status=503, headers={"Retry-After": "60"})
    media_type = f"{LIST_FORMATS[form].media_type}; charset=utf-8"
    response = StreamingHttpResponse(written(chunks, form), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="records.{form}"'
    response.headers["X-Total-Count"] = str(total)  # more than are given, where the search goes no deeper
    return open_to_all(response)


def open_to_all(response: HttpResponseBase) -> HttpResponseBase:
    """Pages of other sites may read this; search engines list the pages for readers instead."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
