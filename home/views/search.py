"""One search over everything, and what it suggests while a reader types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.models import Page

from catalog_pages.models import Record
from catalog_pages.queries import Wish
from library.models import Branch
from search.errors import SearchUnavailable
from search.service import search, suggest

SHOWN = 5
SUGGESTIONS = 8
LONGEST_START = 100
SUGGESTION_KINDS = {
    "title": gettext_lazy("Title"),
    "author": gettext_lazy("Author"),
    "subject": gettext_lazy("Subject"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of findable things: its heading, how its objects are read by key, where all of them are listed."""

    name: str
    label: Promise
    template: str
    load: Callable[[Sequence[int]], Sequence[Any]]
    all_address: Callable[[str], str] | None = None


def _pages(ids: Sequence[int]) -> list[Page]:
    found = Page.objects.live().public().select_related("locale").filter(pk__in=ids).specific().in_bulk()
    return [found[pk] for pk in ids if pk in found]


def _branches(ids: Sequence[int]) -> list[Branch]:
    found = Branch.objects.on_site().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _in_catalogue(text: str) -> str:
    return reverse("catalog_pages:results") + Wish(text=text).query_string()


def _in_branches(text: str) -> str:
    return f"{reverse('home:branches')}?{urlencode({'q': text})}"


# Rooms that become findable add their kind here; the order is that of the page.
KINDS = (
    Kind(
        "record",
        gettext_lazy("Catalogue"),
        "search/parts/records.html",
        Record.objects.for_results,
        _in_catalogue,
    ),
    Kind("branch", gettext_lazy("Libraries"), "search/parts/branches.html", _branches, _in_branches),
    Kind("page", gettext_lazy("Pages"), "search/parts/pages.html", _pages),
)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Search the whole site: the best of each kind, with the way to all of them."""
    wish = Wish.read(request.GET)
    context: dict[str, Any] = {"wish": wish, "groups": [], "total": 0, "looser": []}
    status = HTTPStatus.OK
    if wish.text:
        try:
            groups = [_group(kind, wish.text) for kind in KINDS]
        except SearchUnavailable:
            status = HTTPStatus.SERVICE_UNAVAILABLE
            context["is_unavailable"] = True
        else:
            context["total"] = sum(group["total"] for group in groups)
            context["groups"] = [group for group in groups if group["objects"]]
            context["looser"] = [] if context["total"] else wish.looser()
    response = render(request, "search/everything.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "60"
    return response


def _group(kind: Kind, text: str) -> dict[str, Any]:
    found = search(text, kinds=(kind.name,), per_page=SHOWN)
    objects = kind.load([int(found_id.partition(":")[2]) for found_id in found.ids])
    return {
        "kind": kind,
        "found": found,
        "objects": objects,
        "total": found.total,
        "more": found.total - len(objects),
        "all_address": kind.all_address(text) if kind.all_address else "",
    }


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles, authors and subjects that begin as typed: ``{"suggestions": [{text, kind, label, count, url}]}``."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    found = []
    if 2 <= len(text) <= LONGEST_START:
        try:
            found = suggest(text, limit=SUGGESTIONS)
        except SearchUnavailable:
            return JsonResponse({"suggestions": []}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    rows = [
        {
            "text": suggestion.text,
            "kind": suggestion.kind,
            "label": str(SUGGESTION_KINDS.get(suggestion.kind, "")) or _("Search"),
            "count": suggestion.count,
            "url": _suggestion_address(suggestion.kind, suggestion.text),
        }
        for suggestion in found
    ]
    response = JsonResponse({"suggestions": rows})
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _suggestion_address(kind: str, text: str) -> str:
    """A name or subject leads to what stands under it, in whatever script; a title to a search for it."""
    words = text.replace('"', " ").strip()
    query = words if kind == "title" else f'{kind}:"{words}"'
    return f"{reverse('catalog_pages:results')}?{urlencode({'q': query})}"
