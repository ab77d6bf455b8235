"""The articles of a periodical or book, part by part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog_pages.models import Record
from catalog_pages.templatetags.hosts import LISTED

PER_PAGE = 50
_LONGEST = 18
BIGGEST_ID = 2**63 - 1


@require_safe
def articles(request: HttpRequest, pk: int) -> HttpResponse:
    """Articles that stand in a record, the newest first; ``before`` is the one after which the page begins."""
    if pk > BIGGEST_ID:
        raise Http404
    host = get_object_or_404(Record, pk=pk)
    rows = host.parts.order_by("-pk").only(*LISTED)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) <= _LONGEST:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PER_PAGE + 1])
    context = {
        "record": host,
        "articles": found[:PER_PAGE],
        "next": found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
        "is_first": not before,
    }
    return render(request, "catalog_pages/articles.html", context)
