"""Many records in one stream: some hundreds at a time, so that memory stays the same for any number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.db.models import Exists, OuterRef, QuerySet

from catalog_pages.export import table
from catalog_pages.export.bibtex import bibtex
from catalog_pages.export.outgoing import Outgoing, outgoing
from catalog_pages.export.ris import ris
from catalog_pages.models import Item, Record
from catalog_pages.queries import Wish
from search.documents import EVERYONE
from search.service import DEEPEST_HIT, MOST_PER_PAGE, SearchPage, search

RECORDS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A form of many records: its media type, what stands before them, and one of them."""

    media_type: str
    write: Callable[[Outgoing], bytes]
    head: Callable[[], bytes] = bytes


LIST_FORMATS: Mapping[str, ListFormat] = {
    "mrc": ListFormat("application/marc", lambda found: found.marc),
    "ris": ListFormat("application/x-research-info-systems", ris),
    "bib": ListFormat("application/x-bibtex", lambda found: bibtex(found) + b"\n"),
    "csv": ListFormat("text/csv", table.row, table.first_row),
}


def written(chunks: Iterable[Sequence[Record]], form: str) -> Iterator[bytes]:
    """The stream of chunks of records in one of the LIST_FORMATS, a piece for each chunk."""
    wanted = LIST_FORMATS[form]
    yield wanted.head()
    for chunk in chunks:
        yield b"".join(wanted.write(found) for found in outgoing(chunk))


def chosen(ids: Sequence[int]) -> Iterator[Sequence[Record]]:
    """Records by their numbers, in the order given; those that are gone are left out."""
    for at in range(0, len(ids), RECORDS_AT_ONCE):
        numbers = ids[at : at + RECORDS_AT_ONCE]
        found = Record.objects.in_bulk(numbers)
        yield [found[number] for number in numbers if number in found]


def found_by(wish: Wish, audience: Sequence[str] = (EVERYONE,)) -> tuple[int, Iterator[Sequence[Record]]]:
    """How many records a search finds, and the records: as many as the search reaches.

    Raises SearchUnavailable at once; later, when the search goes away half-way.
    """
    first = _page(replace(wish, page=1), audience)

    def pages() -> Iterator[SearchPage]:
        for page in range(2, min(first.pages, DEEPEST_HIT // MOST_PER_PAGE) + 1):
            yield _page(wish.at_page(page), audience)

    numbers = ([int(name.partition(":")[2]) for name in page.ids] for page in chain([first], pages()))
    return first.total, (chunk for ids in numbers for chunk in chosen(ids))


def all_records(*, source: str = "", branch: str = "", after: int = 0) -> Iterator[Sequence[Record]]:
    """Every record, or those of a source, or held by a branch, by their numbers."""
    records = records_of(source, branch)
    while chunk := list(records.filter(pk__gt=after).order_by("pk")[:RECORDS_AT_ONCE]):
        yield chunk
        after = chunk[-1].pk


def records_of(source: str, branch: str) -> QuerySet[Record]:
    """Records that came from a source and are held by a branch; "" is any."""
    records = Record.objects.all()
    if source:
        records = records.filter(source=source)
    if branch:
        held = Item.objects.held().filter(record=OuterRef("pk"), branch__code=branch)
        records = records.filter(Exists(held))
    return records


def _page(wish: Wish, audience: Sequence[str]) -> SearchPage:
    return search(
        wish.text,
        filters=wish.filters,
        sort=wish.order,
        page=wish.page,
        per_page=MOST_PER_PAGE,
        literal=wish.literal,
        audience=audience,
    )
