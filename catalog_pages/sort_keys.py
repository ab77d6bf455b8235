"""Making the columns that lists are sorted by anew: after the library's language or the rules have changed."""

from collections.abc import Iterable

from django.db import transaction

from catalog_pages.importing import Reporter
from catalog_pages.keys import write_keys
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.iso2709 import parse
from catalog_pages.marc.mapping import nonfiling_title
from catalog_pages.models import MarcSource, Record
from catalog_pages.services import SEARCH_SOURCE, place_items, set_sort_keys
from library.models import Authority
from search import outbox

_BATCH = 500
_FOR_SEARCH = ("title_sort", "author_sort")
_COLUMNS = (*_FOR_SEARCH, "title_key", "shelf_key", "work_key")


def refresh_sort_keys(*, progress: Reporter) -> int:
    """Sort records and authorities by the alphabet of now; return how many rows were changed.

    Short transactions of some hundred rows; stopped in between, it is simply run again.
    """
    changed = 0
    for model, renew in ((Record, renew_records), (Authority, _renew_authorities)):
        last = 0
        while keys := list(
            model.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]
        ):
            changed += renew(keys)
            last = keys[-1]
            progress.advance(len(keys))
    return changed


def renew_records(keys: Iterable[int]) -> int:
    """Make the sort keys of these records anew, in one transaction; return how many had others before."""
    marcs = {row.pk: row for row in MarcSource.objects.filter(pk__in=keys)}
    changed, to_index, to_place = [], [], []
    records = list(Record.objects.filter(pk__in=keys))
    for record in records:
        before = {column: getattr(record, column) for column in _COLUMNS}
        set_sort_keys(record, filing_title=_filing_title(record, marcs.get(record.pk)))
        differing = {column for column in _COLUMNS if getattr(record, column) != before[column]}
        if differing:
            changed.append(record)
        if differing.intersection(_FOR_SEARCH):
            to_index.append(record.pk)
        if "shelf_key" in differing:
            to_place.append(record.pk)
    with transaction.atomic():
        Record.objects.bulk_update(changed, _COLUMNS, batch_size=100)
        place_items(to_place)
        write_keys(records, {pk: _agency(marc) for pk, marc in marcs.items()})
        outbox.enqueue(SEARCH_SOURCE, to_index)
    return len(changed)


def _filing_title(record: Record, marc: MarcSource | None) -> str:
    """The title without its article, which only the MARC knows."""
    if marc is None:
        return record.title
    try:
        return nonfiling_title(parse(marc.iso2709), record.title)
    except Rejected:
        return record.title


def _agency(marc: MarcSource) -> str:
    """Who gave the control number."""
    try:
        return parse(marc.iso2709).control("003")
    except Rejected:
        return ""


def _renew_authorities(keys: Iterable[int]) -> int:
    changed = []
    for authority in Authority.objects.filter(pk__in=keys):
        before = authority.sort_key
        authority.set_keys()
        if authority.sort_key != before:
            changed.append(authority)
    Authority.objects.bulk_update(changed, ["sort_key"], batch_size=100)
    return len(changed)
