"""What the list of news shows: all, of a category, of a library, of a year or month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from wagtail.models import Locale

from catalog_pages.queries import read_page
from home.models import NewsCategory, NewsIndexPage, NewsPage
from home.news.querysets import ROW_LISTS, NewsQuerySet
from library.models import Branch

PER_PAGE = 12
MOST_PINNED = 3
FIRST_YEAR, LAST_YEAR = 1900, 2999


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose of a list; at most one of category, library and period."""

    category: NewsCategory | None = None
    branch: Branch | None = None
    year: int | None = None
    month: int | None = None

    @property
    def path(self) -> str:
        """The address below that of the list; "" for all news."""
        if self.category:
            return f"category/{self.category.slug}/"
        if self.branch:
            return f"branch/{self.branch.code}/"
        if self.year and self.month:
            return f"{self.year}/{self.month:02}/"
        return f"{self.year}/" if self.year else ""

    @property
    def feed_path(self) -> str:
        """Where the feed stands: of a category, of a library, else of all news."""
        return f"{'' if self.year else self.path}feed/"

    @property
    def title(self) -> str:
        """The choice in words; "" for all news."""
        if self.year and self.month:
            return date_format(date(self.year, self.month, 1), "F Y")
        return str(self.category or self.branch or self.year or "")

    def of(self, news: NewsQuerySet) -> NewsQuerySet:
        """Those of the news that were chosen."""
        if self.category:
            return news.of_category(self.category)
        if self.branch:
            return news.of_branch(self.branch)
        return news.of_period(self.year, self.month) if self.year else news


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the archive and how many news it has."""

    first: date
    total: int

    @property
    def path(self) -> str:
        return f"{self.first:%Y/%m}/"


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the archive with its months, the newest first."""

    year: int
    total: int
    months: Sequence[Month]

    @property
    def path(self) -> str:
        return f"{self.year}/"


def read_choice(
    *, category: str = "", branch: str = "", year: int | None = None, month: int | None = None
) -> Choice:
    """The choice that an address holds. Raises Http404 for a category, library or month that there is not."""
    if category:
        return Choice(category=get_object_or_404(NewsCategory, slug=category))
    if branch:
        return Choice(branch=get_object_or_404(Branch.objects.on_site(), code=branch))
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    if month is not None and not 1 <= month <= 12:
        raise Http404
    return Choice(year=year, month=month)


def archive(index: NewsIndexPage) -> list[Year]:
    """The years and months in which there are news, the newest first; one query over an index of dates."""
    rows = index.news.order_by("-date").values_list("date").annotate(total=Count("pk"))
    by_month = [
        Month(first, sum(total for _day, total in days))
        for first, days in groupby(rows, key=lambda row: row[0].replace(day=1))
    ]
    return [
        Year(year, sum(month.total for month in months), months)
        for year, months in ((year, list(found)) for year, found in groupby(by_month, lambda m: m.first.year))
    ]


def categories(index: NewsIndexPage) -> list[NewsCategory]:
    """The categories that have news in this list."""
    of_category = index.news.filter(categories=OuterRef("pk")).order_by()
    return list(NewsCategory.objects.filter(Exists(of_category)))


def list_context(index: NewsIndexPage, request: HttpRequest, choice: Choice) -> dict[str, Any]:
    """What the template of the list needs."""
    listed = choice.of(index.news)
    pinned: list[NewsPage] = []
    if not choice.path:
        pinned = list(listed.pinned().newest_first().for_rows()[:MOST_PINNED])
        listed = listed.exclude(pk__in=[news.pk for news in pinned]) if pinned else listed
    paginator = Paginator(listed.newest_first().for_rows(), PER_PAGE)
    rows = paginator.get_page(read_page(request.GET.get("page", "")))
    years = archive(index)
    return {
        "choice": choice,
        "address": index.get_url(request),
        "pinned": pinned if rows.number == 1 else [],
        "rows": rows,
        "page_numbers": page_numbers(rows),
        "total": paginator.count + len(pinned),
        "years": years,
        "neighbours": neighbours(years, choice),
        "categories": categories(index),
    }


def page_numbers(rows: PageOfRows) -> list[int | None]:
    """The numbers of pages to be shown, None for a gap."""
    elided = rows.paginator.get_elided_page_range(rows.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in elided]


def neighbours(years: Sequence[Year], choice: Choice) -> tuple[Month | None, Month | None]:
    """For a month: the next newer and the next older one that have news."""
    if not (choice.year and choice.month):
        return None, None
    here = date(choice.year, choice.month, 1)
    months = [month for year in years for month in year.months]
    newer = [month for month in months if month.first > here]
    older = [month for month in months if month.first < here]
    return (newer[-1] if newer else None), (older[0] if older else None)


def latest(
    locale: Locale, number: int, category: NewsCategory | None = None
) -> tuple[NewsIndexPage | None, list[NewsPage]]:
    """The newest news of a language, those kept at the top first, and the list they stand in."""
    news = NewsPage.objects.for_readers(locale.pk)
    news = news.of_category(category) if category else news
    first = list(news.pinned().newest_first().with_names()[: min(number, MOST_PINNED)])
    following = news.exclude(pk__in=[page.pk for page in first]) if first else news
    rows = [*first, *following.newest_first().with_names()[: number - len(first)]]
    prefetch_related_objects(rows, *ROW_LISTS)
    index = (
        NewsIndexPage.objects.live().filter(locale=locale).select_related("locale").order_by("path").first()
    )
    return index, rows
