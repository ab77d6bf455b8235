"""Articles linked to the periodical, issue or book they stand in, by what field 773 (UNIMARC: 463, 461) says.

A control number decides; else the ISSN of a periodical; else a title that only one periodical or book has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from catalog_pages.call_numbers import article_length
from catalog_pages.importing import Reporter
from catalog_pages.marc.errors import Rejected
from catalog_pages.marc.iso2709 import Marc, Subfields, parse
from catalog_pages.marc.mapping import clean, issn_of
from catalog_pages.models import SORT_KEY_LENGTH, HostsLinked, MarcSource, Material, Record
from search.sorting import filing_key

BATCH = 300
MOST_AT_ONCE = 20_000  # records that one turn of the schedule looks at
_KEYS_PER_QUERY = 400
_TAGS = {"marc21": ("773",), "unimarc": ("463", "461"), "irbis": ("463", "461")}
_AGENCY = re.compile(r"^\([^)]*\)\s*")


@dataclass(frozen=True, slots=True)
class Told:
    """What an article says of the thing it stands in."""

    numbers: tuple[str, ...] = ()
    issns: tuple[str, ...] = ()
    title: str = ""


@dataclass(slots=True)
class _Periodicals:
    """The periodicals of the catalogue, by ISSN and by filing title; few among many records."""

    by_issn: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls) -> _Periodicals:
        found = cls()
        rows = Record.objects.filter(material=Material.PERIODICAL).order_by("pk")
        for pk, issns, title in rows.values_list("pk", "issns", "title_sort").iterator(chunk_size=2000):
            found.by_title[title].append(pk)
            for issn in issns:
                found.by_issn[issn].append(pk)
        return found


def link_hosts(*, progress: Reporter | None = None) -> int:
    """Look at every article without a host; return how many were linked. Stopped in between, it is run again."""
    linked, last, periodicals = 0, 0, _Periodicals.read()
    articles = Record.objects.filter(material=Material.ARTICLE, host=None)
    while keys := list(articles.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        linked += _link(keys, periodicals)
        last = keys[-1]
        if progress:
            progress.advance(len(keys))
    return linked


def link_changed() -> int:
    """The same for the records changed since it last ran: what imports and other writes have left to do."""
    place = HostsLinked.objects.first()
    linked, seen, periodicals = 0, 0, None
    while seen < MOST_AT_ONCE:
        rows = Record.objects.order_by("updated_at", "pk")
        if place:
            rows = rows.filter(
                Q(updated_at__gt=place.updated_at) | Q(updated_at=place.updated_at, pk__gt=place.record_id),
                updated_at__gte=place.updated_at,
            )
        found = list(rows.values_list("updated_at", "pk", "material", "host_id")[:BATCH])
        if not found:
            break
        keys = [pk for _at, pk, material, host in found if material == Material.ARTICLE and host is None]
        if keys:
            periodicals = periodicals or _Periodicals.read()
            linked += _link(keys, periodicals)
        seen += len(found)
        place = place or HostsLinked()
        place.updated_at, place.record_id = found[-1][0], found[-1][1]
        place.save()
    return linked


def _link(keys: Sequence[int], periodicals: _Periodicals) -> int:
    """Find the hosts of these articles and write them, in one short transaction."""
    told = {}
    for whole in MarcSource.objects.filter(pk__in=keys):
        if (said := _told(whole)) != Told():
            told[whole.pk] = said
    rows = Record.objects.filter(pk__in=told).values_list("pk", "source", "language")
    articles = {pk: (source, language) for pk, source, language in rows}
    told = {pk: said for pk, said in told.items() if pk in articles}
    numbers = _by_number({(articles[pk][0], number) for pk, said in told.items() for number in said.numbers})
    titles = {pk: _title_keys(said.title, articles[pk][1]) for pk, said in told.items()}
    books = _books_by_title({key for keys in titles.values() for key in keys})
    changed = []
    for pk, said in told.items():
        source = articles[pk][0]
        found = [host for number in said.numbers if (host := numbers.get((source, number)))]
        found = found or [host for issn in said.issns for host in periodicals.by_issn.get(issn, ())]
        if not found and not said.issns:
            for hosts in (periodicals.by_title, books):
                found = found or [host for key in titles[pk] for host in hosts.get(key, ())]
        if len(set(found)) == 1 and found[0] != pk:
            changed.append(Record(pk=pk, host_id=found[0]))
    # Neither the search nor the lists of headings show it: nobody else is to be told.
    Record.objects.bulk_update(changed, ["host"], batch_size=_KEYS_PER_QUERY)
    return len(changed)


def _title_keys(title: str, language: str) -> set[str]:
    """How the title of the host may be filed: with its article, or without."""
    forms = {title, title[article_length(title, language) :]}
    return {filing_key(form, language)[:SORT_KEY_LENGTH] for form in forms if form}


def _told(source: MarcSource) -> Told:
    try:
        marc = parse(source.iso2709, encoding="utf-8")
    except Rejected:
        return Told()
    for parts in _fields(marc, source.format):
        numbers, issns, title = [], [], ""
        for code, value in _plain(parts):
            if code in ("w", "001", "0", "3"):
                numbers.append(_AGENCY.sub("", value).strip()[:100])
            elif code in ("x", "011"):
                issns.append(issn_of(value))
            elif code in ("t", "200", "c" if source.format == "irbis" else "t") and not title:
                title = clean(value)
        if numbers or issns or title:
            return Told(tuple(filter(None, numbers)), tuple(filter(None, issns)), title)
    return Told()


def _fields(marc: Marc, rules: str) -> Iterator[Subfields]:
    for _indicators, parts in marc.subfields(*_TAGS.get(rules, ())):
        yield [(code.lower(), value) for code, value in parts] if rules == "irbis" else parts


def _plain(parts: Subfields) -> Iterator[tuple[str, str]]:
    """Subfields; of a record embedded after $1 in UNIMARC, the tag where its number, ISSN or title stands."""
    embedded = ""
    for code, value in parts:
        if code == "1":
            embedded = value[:3]
            if embedded == "001":
                yield "001", value[3:]
        elif embedded:
            if code == "a" and embedded in ("011", "200"):
                yield embedded, value
        else:
            yield code, value


def _by_number(numbers: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    by_source: dict[str, list[str]] = defaultdict(list)
    for source, number in numbers:
        by_source[source].append(number)
    found: dict[tuple[str, str], int] = {}
    for source, wanted in by_source.items():
        for at in range(0, len(wanted), _KEYS_PER_QUERY):
            rows = Record.objects.filter(source=source, control_number__in=wanted[at : at + _KEYS_PER_QUERY])
            found |= {(source, number): pk for pk, number in rows.values_list("pk", "control_number")}
    return found


def _books_by_title(titles: set[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows: QuerySet = Record.objects.filter(title_sort__in=titles - {""}, material=Material.BOOK)
    for pk, title in rows.values_list("pk", "title_sort")[: BATCH * 20]:
        found[title].append(pk)
    return found
