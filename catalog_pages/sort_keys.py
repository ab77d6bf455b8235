"""Making the columns that lists are sorted by anew: after the library's language or the rules have changed."""

from collections.abc import Iterable

from django.db import transaction

from catalog_pages.importing import Reporter
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.iso2709 import parse
from catalog_pages.marc.mapping import nonfiling_title
from catalog_pages.models import MarcSource, Record
from catalog_pages.services import SEARCH_SOURCE, set_sort_keys
from library.models import Authority
from search import outbox

_BATCH = 500


def refresh_sort_keys(*, progress: Reporter) -> int:
    """Sort records and authorities by the alphabet of now; return how many rows were changed.

    Short transactions of some hundred rows; stopped in between, it is simply run again.
    """
    changed = 0
    for model, renew in ((Record, _renew_records), (Authority, _renew_authorities)):
        last = 0
        while keys := list(
            model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]
        ):
            changed += renew(keys)
            last = keys[-1]
            progress.advance(len(keys))
    return changed


def _renew_records(keys: Iterable[int]) -> int:
    columns = ("title_sort", "author_sort")
    marcs = {row.pk: row for row in MarcSource.objects.filter(pk__in=keys)}
    changed = []
    for record in Record.objects.filter(pk__in=keys):
        before = [getattr(record, column) for column in columns]
        set_sort_keys(record, filing_title=_filing_title(record, marcs.get(record.pk)))
        if [getattr(record, column) for column in columns] != before:
            changed.append(record)
    with transaction.atomic():
        Record.objects.bulk_update(changed, columns, batch_size=100)
        outbox.enqueue(SEARCH_SOURCE, [record.pk for record in changed])
    return len(changed)


def _filing_title(record: Record, marc: MarcSource | None) -> str:
    """The title without its article, which only the MARC knows."""
    if marc is None:
        return record.title
    try:
        return nonfiling_title(parse(marc.iso2709), record.title)
    except Rejected:
        return record.title


def _renew_authorities(keys: Iterable[int]) -> int:
    changed = []
    for authority in Authority.objects.filter(pk__in=keys):
        before = authority.sort_key
        authority.set_keys()
        if authority.sort_key != before:
            changed.append(authority)
    Authority.objects.bulk_update(changed, ["sort_key"], batch_size=100)
    return len(changed)
