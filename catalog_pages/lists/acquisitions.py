"""Lists of what was acquired in a month, published for everybody (A20): by class, with the libraries."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from catalog_pages.classes import class_name, main_class
from catalog_pages.models import Item, Material, Record
from library.models import Branch

PER_PAGE = 200
MOST_TITLES = 10_000
MOST_MONTHS = 60
_AN_HOUR = 60 * 60
_MONTH = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})")
# Everything that stands on the shelves of books; the rest is listed as non-book material.
_ON_PAPER = (Material.BOOK, Material.PERIODICAL, Material.ARTICLE, Material.MANUSCRIPT)


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which something was acquired."""

    first: date
    titles: int
    copies: int

    @property
    def address(self) -> str:
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A title of the list, and how many copies which libraries got."""

    record: Record
    copies: list[tuple[Branch, int]]

    @property
    def total(self) -> int:
        return sum(number for _branch, number in self.copies)


@dataclass(frozen=True, slots=True)
class Section:
    """The titles of one main class, or of one kind of non-book material."""

    name: str
    colour: int | None
    entries: list[Entry]


def months(branch: Branch | None = None) -> list[Month]:
    """The last months in which copies arrived, the newest first; kept for an hour."""
    key = f"acquisitions:{branch.pk if branch else ''}:{timezone.localdate():%Y%m}"
    kept: list[Month] | None = cache.get(key)
    if kept is not None:
        return kept
    first = timezone.localdate().replace(day=1)
    start = first.replace(year=first.year - MOST_MONTHS // 12)
    rows = (
        _copies(branch)
        .filter(arrived_on__gte=start, arrived_on__lte=timezone.localdate())
        .annotate(month=TruncMonth("arrived_on"))
        .order_by("-month")
        .values_list("month")
        .annotate(titles=Count("record", distinct=True), copies=Count("pk"))
    )
    found = [Month(*row) for row in rows]
    cache.set(key, found, _AN_HOUR)
    return found


def titles_of(first: date, branch: Branch | None = None) -> list[int]:
    """The records acquired in a month in the order of the list: class, author, title; non-book material behind."""
    rows = (
        _in_month(first, branch)
        .order_by()
        .values_list(
            "record_id", "record__material", "record__class_scheme", "record__class_number", "record__shelf_key",
            "record__author_sort", "record__title_sort",
        )
        .distinct()[:MOST_TITLES]
    )  # fmt: skip

    def order(row: tuple) -> tuple:
        pk, material, scheme, number, shelf, author, title = row
        is_other = material not in _ON_PAPER
        colour = main_class(scheme, number)
        return (
            is_other,
            material if is_other else "",
            10 if colour is None else colour,
            shelf,
            author,
            title,
            pk,
        )

    return [row[0] for row in sorted(rows, key=order)]


def sections(first: date, ids: Sequence[int], branch: Branch | None = None) -> list[Section]:
    """A part of the list with everything that is shown of it, in three queries."""
    copies: dict[int, list[tuple[Branch, int]]] = defaultdict(list)
    rows = (
        _in_month(first, branch)
        .filter(record_id__in=ids)
        .order_by("record_id", "branch__position", "branch__code")
        .values_list("record_id", "branch_id")
        .annotate(number=Count("pk"))
    )
    counted = list(rows)
    branches = Branch.objects.in_bulk({row[1] for row in counted})
    for record_id, branch_id, number in counted:
        copies[record_id].append((branches[branch_id], number))
    records = Record.objects.in_bulk(ids)
    entries = [Entry(records[pk], copies[pk]) for pk in ids if pk in records]
    return [Section(name, colour, list(group)) for (name, colour), group in groupby(entries, key=_section_of)]


def totals(first: date, branch: Branch | None = None) -> tuple[int, int]:
    """Titles and copies of a month."""
    found = _in_month(first, branch).aggregate(titles=Count("record", distinct=True), copies=Count("pk"))
    return found["titles"], found["copies"]


def read_month(text: str) -> date | None:
    """The first day of the month that ``2026-03`` names; None where it names none, or one that has not begun."""
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    return first if first <= timezone.localdate() else None


def _section_of(entry: Entry) -> tuple[str, int | None]:
    record = entry.record
    if record.material not in _ON_PAPER:
        return str(record.get_material_display()), None
    return class_name(record.main_class), record.main_class


def _in_month(first: date, branch: Branch | None) -> QuerySet:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return _copies(branch).filter(arrived_on__gte=first, arrived_on__lte=last)


def _copies(branch: Branch | None) -> QuerySet:
    """All copies, also those gone since: they were acquired all the same."""
    return Item.objects.filter(branch=branch) if branch else Item.objects.all()
