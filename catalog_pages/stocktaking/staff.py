"""What the staff pages of stocktaking and weeding have in common."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from catalog_pages.export.table import BEGINNING
from catalog_pages.items.staff import number_of
from library.models import Branch, User
from library.permissions import NotYourBranch, works_for
from library.spreadsheets import harmless

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


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list by their keys, and from which key the next are read."""

    rows: list[Any]
    next: int | None
    is_first: bool


def keys_of(texts: Iterable[str]) -> list[int]:
    """The primary keys among what a form or an address names."""
    return [key for text in texts if (key := number_of(text)) is not None]


def part_of(rows: QuerySet[Any], after: str, size: int = ROWS) -> Part:
    """The rows behind a key, as an address names it; the first ones for anything else."""
    last = number_of(after) or 0
    found = list(rows.filter(pk__gt=last).order_by("pk")[: size + 1])
    return Part(found[:size], found[size - 1].pk if len(found) > size else None, not last)


def latest_before(rows: QuerySet[Any], before: str, size: int) -> tuple[list[Any], int | None]:
    """The latest rows below a key, as an address names it, and the key below which there are more."""
    if last := number_of(before):
        rows = rows.filter(pk__lt=last)
    found = list(rows.order_by("-pk")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


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
