"""Having records follow an entry of the authority file that was changed or merged, in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog_pages.models import ChangedAuthority, RecordAuthority
from catalog_pages.services import SEARCH_SOURCE
from library.models import Authority
from library.progress_report import report_progress
from search import outbox

RECORDS_AT_ONCE = 100
MANY = 500  # records, from which on staff are shown how far it is
LINKS_AT_ONCE = 1000  # that are moved in the transaction of a merge

Work = Callable[[Sequence[int]], None]


def note_changed(authority_ids: Iterable[int]) -> None:
    """Note in the caller's transaction that records are to follow these entries, those that have any."""
    ids = list(authority_ids)
    linked = set(
        RecordAuthority.objects.filter(authority_id__in=ids).order_by().values_list("authority_id", flat=True)
        .distinct()
    )  # fmt: skip
    noted = set(
        ChangedAuthority.objects.filter(authority_id__in=linked, after=0).values_list(
            "authority_id", flat=True
        )
    )
    ChangedAuthority.objects.bulk_create(ChangedAuthority(authority_id=pk) for pk in sorted(linked - noted))


def move_references(*, keep: int, duplicate: int) -> None:
    """Move links from a merged entry to the one that was kept (hook ``register_authority_references``).

    What one short transaction cannot take, and what readers see, follows in the background.
    """
    links = RecordAuthority.objects.filter(authority_id=duplicate).order_by("pk")
    first = list(links.values_list("pk", flat=True)[:LINKS_AT_ONCE])
    RecordAuthority.objects.filter(pk__in=first).update(authority_id=keep)
    ChangedAuthority.objects.filter(authority_id__in=[keep, duplicate]).delete()
    ChangedAuthority.objects.create(authority_id=keep)


def follow_authorities(*, work: Work, deadline: float) -> int:
    """Have records follow the entries that were noted, until ``deadline``; return how many records were done.

    ``work`` links and counts records again. A run that was cut off goes on where it stopped.
    """
    done = 0
    while monotonic() < deadline and (change := _next()):
        done += _follow(change, work, deadline)
    return done


def _next() -> ChangedAuthority | None:
    return ChangedAuthority.objects.select_related("authority__merged_into").order_by("pk").first()


def _follow(change: ChangedAuthority, work: Work, deadline: float) -> int:
    authority = change.authority.merged_into or change.authority
    links = _links(authority)
    total = links.filter(record_id__gt=change.after).values("record_id").distinct().count()
    label = _("Records follow “%(heading)s”") % {"heading": authority}
    done = 0
    with report_progress(label, total=total) if total > MANY else nullcontext() as report:
        while ids := _next_records(links, change.after):
            with transaction.atomic():
                RecordAuthority.objects.filter(record_id__in=ids, authority__merged_into=authority).update(
                    authority=authority
                )
                outbox.enqueue(SEARCH_SOURCE, ids)
            work(ids)
            done += len(ids)
            change.after = ids[-1]
            # By its number: a merge meanwhile takes the note away and makes a new one.
            ChangedAuthority.objects.filter(pk=change.pk).update(after=change.after)
            if report:
                report.advance(len(ids))
            if monotonic() > deadline:
                return done
    ChangedAuthority.objects.filter(pk=change.pk).delete()
    return done


def _links(authority: Authority) -> QuerySet[RecordAuthority]:
    """Links to an entry, and to those that were merged into it."""
    ids = [authority.pk, *authority.redirects.values_list("pk", flat=True)]
    return RecordAuthority.objects.filter(authority_id__in=ids).order_by("record_id")


def _next_records(links: QuerySet[RecordAuthority], after: int) -> list[int]:
    rows = links.filter(record_id__gt=after).values_list("record_id", flat=True).distinct()
    return list(rows[:RECORDS_AT_ONCE])
