"""Merging and renaming what stands in the lists of authors and subjects, with or without an entry of its own.

A free word, or a heading with its subdivisions, gets an entry on the way: a redirect to the one that is kept. So
records follow by the same rules as of any other heading, also those that come later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from catalog_pages.authorities.addresses import AUTHOR_KINDS
from catalog_pages.models import CountedRecord, Heading, RecordAuthority
from catalog_pages.services import note_headings
from library.authorities import (
    DifferentKinds,
    EmptyHeading,
    TooLong,
    UnknownAuthority,
    WithItself,
    find_or_create,
    merge,
)
from library.headings import match_key
from library.models import Authority
from library.models.authorities import HEADING_LENGTH
from library.progress_report import report_progress

ROWS_AT_ONCE = 5000  # read; of these those with the heading are noted, in one short transaction
_DEFAULT_KINDS = {Heading.Kind.AUTHOR: Authority.Kind.PERSON, Heading.Kind.SUBJECT: Authority.Kind.SUBJECT}


def kinds_of(heading: Heading) -> tuple[str, ...]:
    """What kinds of entries a heading of its list may stand for."""
    return AUTHOR_KINDS if heading.kind == Heading.Kind.AUTHOR else tuple(Authority.Kind.values)


def entries_of(heading: Heading) -> list[Authority]:
    """The entries under this very heading: a place and a topic may have the same name."""
    same = Authority.objects.current().filter(match_key=match_key(heading.text), kind__in=kinds_of(heading))
    return list(same.order_by("pk"))


@transaction.atomic
def merge_heading(heading: Heading, *, into: Authority, user: Any = None) -> Authority:
    """Have every record with the heading stand under an entry; return the entry.

    An entry of the same kind under the heading is merged. Records follow in the background. Raises an AuthorityError
    where the entry cannot be one of the heading's list, is merged itself, or is the heading's own.
    """
    if into.merged_into_id:
        raise UnknownAuthority
    if into.kind not in kinds_of(heading):
        raise DifferentKinds
    own = entries_of(heading)
    if into in own and len(own) == 1 and str(into) == heading.text:
        raise WithItself
    if into not in own:
        gone = find_or_create(kind=into.kind, heading=heading.text)
        if gone.pk != into.pk:  # it may lead there already, under another name
            merge(keep=into.pk, duplicate=gone.pk, user=user)
            into.refresh_from_db()
    return _decide(heading, into)


@transaction.atomic
def rename_heading(heading: Heading, *, name: str, user: Any = None) -> Authority:
    """Give the heading another form, everywhere; return its entry.

    Where the new form has an entry already, the two are merged. Raises an AuthorityError for a name without
    letters, or a heading without any.
    """
    name = " ".join(name.split())
    if not match_key(name):
        raise EmptyHeading
    if len(name) > HEADING_LENGTH:
        raise TooLong
    own = entries_of(heading)
    for kind in [entry.kind for entry in own] or [_DEFAULT_KINDS[Heading.Kind(heading.kind)]]:
        entry = _renamed(kind, heading.text, name, user)
        _decide(heading, entry)
    return entry


def _renamed(kind: str, text: str, name: str, user: Any) -> Authority:
    """The entry of the new form, into which that of the old one is merged where they are two."""
    entry, gone = find_or_create(kind=kind, heading=name), find_or_create(kind=kind, heading=text)
    if (
        gone.match_key == match_key(name) or gone.pk == entry.pk
    ):  # spelled otherwise, or under another of its names
        gone.heading, gone.dates = name, ""
        return gone
    merge(keep=entry.pk, duplicate=gone.pk, user=user)
    entry.refresh_from_db()
    if entry.match_key == match_key(name):
        entry.heading, entry.dates = name, ""
    return entry


def _decide(heading: Heading, entry: Authority) -> Authority:
    """A librarian prefers the form of this entry from now on, and the records hear of it."""
    entry.is_verified = True
    entry.save()
    follow_heading.enqueue(heading.pk, str(heading.kind), heading.text)
    return entry


@task()
def follow_heading(heading_id: int, kind: str, text: str) -> int:
    """Note the records counted under a heading, to be linked again; return how many. It may be done twice."""
    label, noted = _("Records follow “%(heading)s”") % {"heading": text}, 0
    with report_progress(label[:200], total=CountedRecord.objects.count()) as report:
        for rows in _steps():
            ids = [pk for pk, headings in rows if heading_id in headings]
            if ids:
                _note(ids, kind, text)
            noted += len(ids)
            report.advance(len(rows))
    return noted


def _steps() -> Iterator[list[tuple[int, list[int]]]]:
    last = 0
    rows = CountedRecord.objects.order_by("pk").values_list("pk", "headings")
    while step := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
        yield step
        last = step[-1][0]


def _note(ids: list[int], role: str, text: str) -> None:
    """What was linked by its head alone is to be looked for whole."""
    for start in range(0, len(ids), 400):
        chunk = ids[start : start + 400]
        links = RecordAuthority.objects.filter(record_id__in=chunk, role=role).exclude(subdivision="")
        whole = [
            link.pk
            for link in links.select_related("authority")
            if text in (str(link), f"{link.authority} — {link.subdivision}")
        ]
        with transaction.atomic():
            RecordAuthority.objects.filter(pk__in=whole).delete()
            note_headings(chunk)
