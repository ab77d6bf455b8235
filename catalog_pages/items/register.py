"""The accession register (A22): entries, what is due to accounting, totals, and the register as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from catalog_pages.export.table import BEGINNING
from catalog_pages.items import numbers
from catalog_pages.items.services import ItemRefused
from catalog_pages.models import Accession, Item, NumberSeries
from library.models import Branch, User
from library.money import Price, prices, with_currency
from library.permissions import works_for
from library.spreadsheets import harmless

MOST_PRINTED = 1000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Period:
    """Which entries of the register: from a day to a day, of a library and a store, or of all."""

    first: date
    last: date
    branch: Branch | None = None
    store: str = ""

    def rows(self) -> QuerySet[Accession]:
        rows = Accession.objects.filter(date__range=(self.first, self.last))
        rows = rows.filter(branch=self.branch) if self.branch else rows
        return rows.filter(store=self.store) if self.store else rows


@dataclass(frozen=True, slots=True)
class Totals:
    entries: int
    copies: int
    value: Decimal


@transaction.atomic
def enter(*, branch: Branch, store: str, user: User | None, number: str = "", **fields: Any) -> Accession:
    """Write an entry into the register; without a number it gets the next one. Raises ItemRefused."""
    kind = NumberSeries.Kind.ACCESSION
    number = number or numbers.take(kind, branch=branch, store=store)[0]
    entry = Accession(branch=branch, store=store, number=number, created_by=user, **fields)
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        raise ItemRefused(_("This number stands in the register already.")) from error
    numbers.note_used([number], kind=kind, branch=branch, store=store)
    return entry


def with_sums(rows: QuerySet[Accession]) -> QuerySet[Accession]:
    """Each entry with ``copies`` and ``value``: what its items are, and what they cost together."""
    items = Item.objects.filter(accession=OuterRef("pk")).order_by().values("accession")
    return rows.select_related("branch").annotate(
        copies=Coalesce(Subquery(items.annotate(n=Count("pk")).values("n")), 0),
        value=Subquery(items.annotate(sum=Sum("price")).values("sum")),
    )


def totals(rows: QuerySet[Accession]) -> Totals:
    """Entries, copies and their value together."""
    items = Item.objects.filter(accession__in=rows.order_by().values("pk"))
    found = items.aggregate(copies=Count("pk"), value=Sum("price"))
    return Totals(rows.count(), found["copies"], found["value"] or Decimal(0))


def due() -> QuerySet[Accession]:
    """Purchases whose receipts have not been sent to accounting, the oldest first (within ten days, A22)."""
    rows = Accession.objects.filter(sent_to_accounting_on=None, source=Accession.Source.PURCHASE)
    return rows.order_by("date", "pk")


@transaction.atomic
def mark_sent(ids: Iterable[int], *, day: date, user: User) -> int:
    """Note that receipts went to accounting; how many. Those of other libraries stay as they are."""
    rows = due().select_for_update(of=("self",)).filter(pk__in=list(ids)).select_related("branch")
    own = [row.pk for row in rows if works_for(user, row.branch)]
    return Accession.objects.filter(pk__in=own).update(sent_to_accounting_on=day)


def headings(*, bare: bool = False) -> list[str]:
    """The names of the columns; ``bare`` for tables whose prices are numbers without their currency."""
    return [
        _("Number"), _("Date"), _("Source"), _("Supplier or giver"), _("Document"), _("Library"), _("Store"),
        _("Copies"), with_currency(_("Value")) if bare else _("Value"), _("Sent to accounting"),
    ]  # fmt: skip


def cells(entry: Any, price: Price) -> list[str]:
    """An entry of ``with_sums`` as the texts of one line; ``price`` writes its value."""
    document = " ".join(filter(None, [entry.document_number, _day(entry.document_date)]))
    return [
        entry.number, _day(entry.date), entry.get_source_display(), entry.supplier, document, str(entry.branch),
        entry.get_store_display(), str(entry.copies), price(entry.value), _day(entry.sent_to_accounting_on),
    ]  # fmt: skip


def item_headings(*, bare: bool = False) -> list[str]:
    return [
        _("Accession number"), _("Barcode"), _("Author and title"), _("Year"), _("Class number"), _("Call number"),
        with_currency(_("Price")) if bare else _("Price"),
    ]  # fmt: skip


def item_cells(item: Item, price: Price) -> list[str]:
    record = item.record
    title = ". ".join(filter(None, [record.author, record.title]))
    return [
        item.accession_number, item.barcode or "", title, str(record.year or ""), record.class_number,
        item.call_number, price(item.price),
    ]  # fmt: skip


def paper(
    title: str, place: str, period: Period, lines: Sequence[Sequence[str]], sums: Totals
) -> dict[str, Any]:
    """What templates/pdf/register.typ sets for a period."""
    return {
        "title": title,
        "intro": f"{place}. {_day(period.first)}–{_day(period.last)}",
        "columns": headings(),
        "rows": list(lines),
        "numeric": [7, 8],
        "sums": _sums(sums),
        "signatures": [_("Responsible for the register"), _("Accounting")],
    }


def parts_of(copies: int) -> int:
    """In how many papers an entry with so many copies is printed."""
    return max(1, -(-copies // MOST_PRINTED))


def entry_paper(entry: Accession, price: Price, part: int = 1) -> dict[str, Any]:
    """What templates/pdf/register.typ sets for one entry and a part of its copies; the last part has the sums."""
    sums = totals(Accession.objects.filter(pk=entry.pk))
    parts = parts_of(sums.copies)
    first = (part - 1) * MOST_PRINTED
    items = Item.objects.filter(accession=entry).select_related("record").order_by("pk")
    lines = [item_cells(item, price) for item in items[first : first + MOST_PRINTED]]
    is_last = part >= parts
    place = _("Part %(part)s of %(parts)s: copies %(first)s–%(last)s") % {
        "part": part, "parts": parts, "first": first + 1, "last": first + len(lines),
    }  # fmt: skip
    facts = [entry.get_source_display(), entry.supplier, entry.document_number, _day(entry.document_date)]
    minutes = f"{_('Minutes of the commission')}: {entry.commission}" if entry.commission else ""
    return {
        "title": f"{_('Accession')} {entry.number}",
        "intro": f"{entry.branch}, {entry.get_store_display()}. {_day(entry.date)}",
        "facts": [
            fact
            for fact in [", ".join(filter(None, facts)), minutes, entry.note, place if parts > 1 else ""]
            if fact
        ],
        "columns": item_headings(),
        "rows": lines,
        "numeric": [3, 6],
        "sums": _sums(sums) if is_last else [],
        "signatures": [_("Handed over by"), _("Received by")] if is_last else [],
    }


def _sums(sums: Totals) -> list[list[str]]:
    return [
        [_("Entries"), str(sums.entries)],
        [_("Copies"), str(sums.copies)],
        [_("Value"), prices()(sums.value)],
    ]


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A table for spreadsheets, line by line, in the language that is active now: it is written while it streams."""
    return _in_language(translation.get_language(), heads, rows)


def _in_language(
    language: str | None, heads: Sequence[str], rows: Iterable[Sequence[str]]
) -> Iterator[bytes]:
    yield (BEGINNING + _line(heads)).encode()
    steps = iter(rows)
    while True:
        with translation.override(language):
            row = next(steps, None)
        if row is None:
            return
        yield _line(row).encode()


def entries(rows: QuerySet[Accession]) -> Iterator[Any]:
    """All entries with their sums, by date; a whole period is not held in memory."""
    yield from with_sums(rows).order_by("date", "pk").iterator(chunk_size=_AT_ONCE)


def _line(values: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(value) for value in values])
    return line.getvalue()


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def bare_price(value: Decimal | None) -> str:
    """A price as a number alone, for tables that count with it."""
    return "" if value is None else number_format(value, decimal_pos=2, use_l10n=True, force_grouping=False)
