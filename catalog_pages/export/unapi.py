"""unAPI, by which reference managers and scripts fetch the records that a page shows (https://unapi.info/specs/).

Without parameters: the forms there are. With ``id``: those of this record. With ``id`` and ``format``: the record.
"""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from catalog_pages.duplicates.services import kept_for
from catalog_pages.export.formats import FORMATS
from catalog_pages.export.views import BIGGEST_ID, open_to_all
from catalog_pages.models import Record

# The names that reference managers know, with ours.
NAMES = {
    "mods": "mods", "marcxml": "xml", "oai_dc": "dc", "ris": "ris", "bibtex": "bib", "marc": "mrc",
    "marcjson": "json",
}  # fmt: skip
_ID = re.compile(r"record:([0-9]{1,19})", re.ASCII)
_MULTIPLE_CHOICES = 300


def identifier(pk: int) -> str:
    """How unAPI names a record."""
    return f"record:{pk:d}"


@require_safe
def unapi(request: HttpRequest) -> HttpResponse:
    """The list of forms, or the way to the record; 400, 404 and 406 as the specification has them."""
    asked, form = request.GET.get("id", ""), request.GET.get("format", "")
    if not asked:
        return _refused(400, "Which id?") if form else _forms("", 200)
    pk = _record(asked)
    if pk is None:
        return _refused(404, "There is no such record.")
    if not form:
        return _forms(asked, _MULTIPLE_CHOICES)
    if form not in NAMES:
        return _refused(406, "There is no such format.")
    answer = redirect("catalogue_out:record", pk, NAMES[form])
    open_to_all(answer)
    return answer


def _record(asked: str) -> int | None:
    found = _ID.fullmatch(asked)
    pk = int(found[1]) if found else 0
    if not 0 < pk <= BIGGEST_ID:
        return None
    if Record.objects.filter(pk=pk).exists():
        return pk
    return _kept(pk)


def _kept(pk: int) -> int | None:
    """The record that a merged one was merged into."""
    try:
        return int(kept_for(pk).pk)
    except Http404:
        return None


def _forms(asked: str, status: int) -> HttpResponse:
    rows = ((name, FORMATS[own].media_type) for name, own in NAMES.items())
    body = format_html(
        '<?xml version="1.0" encoding="UTF-8"?>\n<formats{}>{}</formats>\n',
        format_html(' id="{}"', asked) if asked else "",
        format_html_join("", '<format name="{}" type="{}"/>', rows),
    )
    answer = HttpResponse(body, content_type="application/xml; charset=utf-8", status=status)
    open_to_all(answer)
    return answer


def _refused(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
