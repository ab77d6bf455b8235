"""What the catalogue tells of itself in the statistics: titles, copies, acquisitions (A1, A3)."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, Min
from django.db.models.functions import ExtractMonth
from django.utils.translation import gettext_lazy as _

from catalog_pages.models import Item, Record
from library.statistics import Measure

CATALOGUE = _("From the catalogue")


def measures() -> Iterator[Measure]:
    """For the hook `register_statistics`."""
    yield Measure("titles", _("Titles in the catalogue"), CATALOGUE, _titles, by_month=False)
    yield Measure(
        "items", _("Books and other items"), CATALOGUE, _items,
        description=_("Copies that stand in our libraries or are with readers."), by_month=False,
    )  # fmt: skip
    yield Measure(
        "acquired", _("Acquisitions"), CATALOGUE, _acquired,
        description=_("Copies by the day of their arrival."), first_day=_first_arrival,
    )  # fmt: skip


def _titles(_year: int) -> Iterable[tuple[int, int | None, int]]:
    return [(0, None, Record.objects.count())]


def _items(_year: int) -> Iterable[tuple[int, int | None, int]]:
    rows = Item.objects.exclude(status__in=Item.GONE).order_by().values_list("branch").annotate(Count("pk"))
    return [(0, branch, number) for branch, number in rows]


def _acquired(year: int) -> Iterable[tuple[int, int | None, int]]:
    arrived = Item.objects.filter(arrived_on__range=(date(year, 1, 1), date(year, 12, 31)))
    rows = arrived.order_by().annotate(month=ExtractMonth("arrived_on")).values_list("month", "branch")
    return rows.annotate(Count("pk"))


def _first_arrival() -> date | None:
    return Item.objects.filter(arrived_on__isnull=False).aggregate(day=Min("arrived_on"))["day"]
