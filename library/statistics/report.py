"""The report: sums of a period, and every count as a table for a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from library import spreadsheets
from library.models import Branch, DailyCount
from library.statistics.counting import Statistic, registered

LONGEST_DAYS = 366 * 10


class ReportForm(forms.Form):
    """The period and the library; without any, the last thirty days everywhere."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=_("Library"), required=False, to_field_name="code", empty_label=_("All")
    )

    @classmethod
    def read(cls, data: Any) -> "ReportForm":
        today = timezone.localdate()
        defaults = {"first": str(today - timedelta(days=29)), "last": str(today), "branch": ""}
        return cls({name: data.get(name, default) for name, default in defaults.items()})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The last day must not be before the first."))
        elif first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("last", gettext("The period may have ten years at most."))
        return cleaned

    def rows(self) -> QuerySet[DailyCount]:
        found = DailyCount.objects.filter(
            day__range=(self.cleaned_data["first"], self.cleaned_data["last"]), name__in=registered()
        )
        branch = self.cleaned_data["branch"]
        return found.filter(branch=branch) if branch else found


@dataclass(frozen=True, slots=True)
class Total:
    """What one counter came to: as a whole, by kind and by library."""

    statistic: Statistic
    total: int
    kinds: list[tuple[str, int]]
    branches: list[tuple[str, int]]


def totals(rows: QuerySet[DailyCount]) -> list[Total]:
    """The sums of the counts, in two queries; counters without a count are 0."""
    names = {branch.pk: str(branch) for branch in Branch.objects.all()}
    sums = list(rows.order_by().values_list("name", "kind", "branch").annotate(Sum("count")))
    return [_total(statistic, [row[1:] for row in sums if row[0] == name], names)
            for name, statistic in registered().items()]  # fmt: skip


def _total(statistic: Statistic, sums: list[tuple[Any, ...]], names: dict[int, str]) -> Total:
    kinds: dict[str, int] = {}
    branches: dict[str, int] = {}
    for kind, branch, number in sums:
        if kind:
            label = str(statistic.kinds.get(kind, kind))
            kinds[label] = kinds.get(label, 0) + number
        if branch:
            branches[names[branch]] = branches.get(names[branch], 0) + number
    return Total(statistic, sum(row[2] for row in sums), _largest_first(kinds), _largest_first(branches))


def _largest_first(sums: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))


def csv_lines(rows: QuerySet[DailyCount]) -> Iterator[str]:
    """Every count as a line of CSV."""
    return spreadsheets.csv_lines(_lines(rows))


def _lines(rows: QuerySet[DailyCount]) -> Iterator[tuple[Any, ...]]:
    known = registered()
    yield gettext("Day"), gettext("What"), gettext("Kind"), gettext("Library"), gettext("Count")
    for row in rows.select_related("branch").order_by("day", "name", "branch", "kind").iterator(1000):
        statistic = known[row.name]
        branch = str(row.branch) if row.branch else ""
        kind = str(statistic.kinds.get(row.kind, row.kind))
        yield row.day.isoformat(), str(statistic.label), kind, branch, row.count


def file_name(first: date, last: date) -> str:
    return f"statistics-{first.isoformat()}-{last.isoformat()}.csv"
