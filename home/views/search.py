"""One search over everything, and what it suggests while a reader types."""

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from catalog_pages.looser import elsewhere, looser_ways
from catalog_pages.pages import PageNumbers
from catalog_pages.queries import Wish
from home.everything import Question, find_everything
from library.audiences import search_audience
from library.statistics.searches import note_search
from search.errors import SearchUnavailable, TooDeep
from search.results import Suggestion
from search.service import suggest
from search.sources import shown_sources

SUGGESTIONS = 8
LONGEST_START = 100
SUGGESTION_KINDS = {
    "title": gettext_lazy("Titles"),
    "author": gettext_lazy("Authors"),
    "subject": gettext_lazy("Subjects"),
}
NOT_OF_WORDS = re.compile(r"[^\w\s'’ʻʼ‘`]+")


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Search the whole site: ``q``, ``kind``, ``page``, ``literal``. The best of each kind, or all of one."""
    sources = shown_sources()
    question = Question.read(request.GET, {source.name for source in sources})
    context: dict[str, Any] = {"wish": question}
    status = HTTPStatus.OK
    if question.text:
        audience = search_audience(request.user)
        try:
            result = find_everything(question, sources, audience)
        except TooDeep:
            status, context["is_too_deep"] = HTTPStatus.BAD_REQUEST, True
        except SearchUnavailable:
            status, context["is_unavailable"] = HTTPStatus.SERVICE_UNAVAILABLE, True
        else:
            note_search(
                request, question.text, place="everything", hits=result.found.total, page=question.page
            )
            context |= {"result": result, "found": result.found}
            context["numbers"] = PageNumbers(result.found.page, result.found.pages) if question.kind else None
            if not result.found.total:
                wish = Wish(text=question.text, literal=question.literal)
                context["looser"] = looser_ways(wish, audience=audience)
                if result.kinds:
                    context["elsewhere"] = elsewhere(question.text, but=question.kind, audience=audience)
    response = render(request, "search/everything.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "60"
    return response


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles, authors and subjects that begin as typed, by kind, and how many they are, for the ear.

    ``{"groups": [{"kind", "label", "options": [{"text", "note", "url"}]}], "spoken": "3 suggestions"}``
    """
    text = request.GET.get("q", "").replace("\x00", "").strip()
    found: list[Suggestion] = []
    status = HTTPStatus.OK
    if 2 <= len(text) <= LONGEST_START:
        try:
            found = suggest(text, limit=SUGGESTIONS, audience=search_audience(request.user))
        except SearchUnavailable:
            status = HTTPStatus.SERVICE_UNAVAILABLE
    groups = [
        {"kind": kind, "label": str(label), "options": [_option(item) for item in found if item.kind == kind]}
        for kind, label in SUGGESTION_KINDS.items()
    ]
    spoken = _("No suggestions")
    if found:
        spoken = ngettext("%(count)s suggestion", "%(count)s suggestions", len(found)) % {"count": len(found)}
    answer = {"groups": [group for group in groups if group["options"]], "spoken": spoken}
    response = JsonResponse(answer, status=status)
    if status == HTTPStatus.OK:
        # What somebody types is nobody else's: browsers may keep it, caches in between may not.
        response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _option(found: Suggestion) -> dict[str, str]:
    note = ngettext("%(count)s title", "%(count)s titles", found.count) % {"count": found.count}
    is_one_title = found.kind == "title" and found.count == 1
    return {
        "text": found.text,
        "note": "" if is_one_title else note,
        "url": _suggestion_address(found.kind, found.text),
    }


def _suggestion_address(kind: str, text: str) -> str:
    """A name or subject leads to what stands under it; a title to its words, without the signs of a formula."""
    if kind == "title":
        query = " ".join(NOT_OF_WORDS.sub(" ", text).split()) or text
    else:
        query = f'{kind}:"{" ".join(text.replace(chr(34), " ").split())}"'
    return f"{reverse('catalog_pages:results')}?{urlencode({'q': query})}"
