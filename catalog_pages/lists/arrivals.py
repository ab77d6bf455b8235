"""What came in lately: by the day on which copies arrived, or, where no days are kept, by that of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.models import Item, Material, Record
from library.models import Branch
from library.names import language_code

PER_PAGE = 24
MOST_TITLES = 1200  # of a period; whoever wants more has the lists of acquisitions
_MOST_COPIES = 20_000
_IDS_PER_QUERY = 5000
_LAST_RECORDS = 20_000  # among which new ones are looked for where copies have no day of arrival
PERIODS: Mapping[str, tuple[Promise, int]] = {
    "month": (_("Last 30 days"), 30),
    "quarter": (_("Last three months"), 92),
    "year": (_("Last twelve months"), 365),
}


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Which new arrivals are asked for."""

    period: str = "month"
    branch: str = ""
    material: str = ""
    language: str = ""
    page: int = 1

    @classmethod
    def read(cls, parameters: QueryDict) -> Arrivals:
        """From an address; what is no such thing is passed over."""
        period, material = parameters.get("period", ""), parameters.get("material", "")
        page = parameters.get("page", "")
        return cls(
            period=period if period in PERIODS else "month",
            branch=_plain(parameters.get("branch", "")),
            material=material if material in Material.values else "",
            language=_plain(parameters.get("language", "")),
            page=min(max(int(page), 1), MOST_TITLES) if page.isascii() and page.isdigit() else 1,
        )

    def query_string(self, page: int = 1) -> str:
        """The query of the address; what is left as it begins stays out."""
        values = {
            "period": "" if self.period == "month" else self.period,
            "branch": self.branch,
            "material": self.material,
            "language": self.language,
            "page": "" if page < 2 else str(page),
        }
        given = {name: value for name, value in values.items() if value}
        return f"?{urlencode(given)}" if given else ""

    @property
    def page_start(self) -> str:
        """What stands before the number of a page in an address."""
        query = self.query_string()
        return f"{query}&" if query else "?"

    @property
    def since(self) -> date:
        return timezone.localdate() - timedelta(days=PERIODS[self.period][1])


def arrived(wanted: Arrivals) -> list[int]:
    """The numbers of the records of which copies came in, the newest first, MOST_TITLES at most."""
    copies = Item.objects.held().filter(arrived_on__gte=wanted.since, arrived_on__lte=timezone.localdate())
    if wanted.branch:
        copies = copies.filter(branch__in=Branch.objects.filter(code=wanted.branch))
    rows = copies.order_by("-arrived_on", "-record_id").values_list("record_id", flat=True)[:_MOST_COPIES]
    found = list(dict.fromkeys(rows))
    if not found:
        return [] if _days_are_kept(wanted.since) else _catalogued(wanted)
    return _of_kind_and_language(found, wanted)[:MOST_TITLES]


def _catalogued(wanted: Arrivals) -> list[int]:
    """Records that were made in the period, from among the last ones, so that no search goes through all of them."""
    last = Record.objects.aggregate(last=Max("pk"))["last"] or 0
    midnight = timezone.make_aware(datetime.combine(wanted.since, time.min))
    rows: QuerySet = Record.objects.filter(pk__gt=last - _LAST_RECORDS, created_at__gte=midnight)
    if wanted.branch:
        held = Item.objects.held().filter(record=OuterRef("pk"), branch__code=wanted.branch)
        rows = rows.filter(Exists(held))
    rows = _narrowed(rows, wanted)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_TITLES])


def _of_kind_and_language(ids: list[int], wanted: Arrivals) -> list[int]:
    """Those of the records that are of the kind and language wanted.

    Asked by number: joined, the database would begin with all records of the language.
    """
    if not wanted.material and not wanted.language:
        return ids
    fitting: set[int] = set()
    for at in range(0, len(ids), _IDS_PER_QUERY):
        rows = _narrowed(Record.objects.filter(pk__in=ids[at : at + _IDS_PER_QUERY]), wanted)
        fitting.update(rows.order_by().values_list("pk", flat=True))
    return [pk for pk in ids if pk in fitting]


def _days_are_kept(since: date) -> bool:
    return Item.objects.filter(arrived_on__gte=since).exists()


def _narrowed(rows: QuerySet, wanted: Arrivals) -> QuerySet:
    if wanted.material:
        rows = rows.filter(material=wanted.material)
    if wanted.language:
        rows = rows.filter(language=language_code(wanted.language) or wanted.language)
    return rows


def _plain(text: str) -> str:
    return text if len(text) <= 50 and all(sign.isalnum() or sign in "-_" for sign in text) else ""
