"""What the staff pages of stocktaking and weeding have in common."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from catalog_pages.export.table import BEGINNING, harmless
from library.models import Branch, User
from library.permissions import NotYourBranch, works_for

ROWS = 50


def rights_to(model: str) -> tuple[str, ...]:
    """The four rights over a model of the room, of which one is enough to look."""
    return tuple(f"catalog_pages.{action}_{model}" for action in ("view", "add", "change", "delete"))


def demand(request: HttpRequest, right: str, branch: Branch | None = None) -> User:
    """The person who asks; raises where she has no such right, or not in this library."""
    user = cast(User, request.user)  # the administration lets nobody in who is not signed in
    if not user.has_perm(right):
        raise PermissionDenied
    if branch is not None and not works_for(user, branch):
        raise NotYourBranch(user, branch)
    return user


class StaffPage(WagtailAdminTemplateMixin, TemplateView):
    """A page for those who hold one of ``rights``; ``parents`` are the pages above it: address name and label."""

    rights: tuple[str, ...] = ()
    parents: tuple[tuple[str, str | Promise], ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(request.user.has_perm(right) for right in self.rights):
            raise PermissionDenied
        self.prepare(request, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find what the page is about; whoever has no right to it is stopped here."""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = [{"url": reverse(name), "label": str(label)} for name, label in self.parents]
        here = {"url": "", "label": str(self.get_page_title()), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *above, here]

    def again(self, status: int = 422, **context: Any) -> HttpResponseBase:
        """The page once more, with what is wrong."""
        return self.render_to_response(self.get_context_data(**context), status=status)


class RightMenuItem(MenuItem):
    """Shown to those who hold one of the rights."""

    def __init__(self, *args: Any, rights: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights = rights

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(right) for right in self.rights)


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list by their keys, and from which key the next are read."""

    rows: list[Any]
    next: int | None
    is_first: bool


def keys_of(texts: Iterable[str]) -> list[int]:
    """The primary keys among what a form or an address names."""
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19]


def part_of(rows: QuerySet[Any], after: str, size: int = ROWS) -> Part:
    """The rows behind a key, as an address names it; the first ones for anything else."""
    last = (keys_of([after]) or [0])[0]
    found = list(rows.filter(pk__gt=last).order_by("pk")[: size + 1])
    return Part(found[:size], found[size - 1].pk if len(found) > size else None, not last)


class _Line:
    def write(self, line: str) -> str:
        return line


def table_response(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A table for spreadsheets, written while it is read; no value of it is taken for a formula."""
    response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    return response


def _lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    write = csv.writer(_Line()).writerow
    yield BEGINNING + write(headings)
    for row in rows:
        yield write([harmless("" if value is None else value) for value in row])


def paper_response(name: str, paper: bytes) -> HttpResponse:
    """A PDF to be looked at or saved."""
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf") or "inline"
    return response
