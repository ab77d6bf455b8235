"""Reads of news, in the words of the subject."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from home.models import NewsCategory
    from library.models import Branch

ROW_LISTS = ("categories", "picture__renditions")


class NewsQuerySet(PageQuerySet):
    def in_list(self, index: Page) -> NewsQuerySet:
        """Published news right below this list; what is restricted by itself is left out.

        Who may see the list itself is asked when the list is served.
        """
        return self.child_of(index).live().filter(view_restrictions=None)

    def for_readers(self, locale_id: int) -> NewsQuerySet:
        """Published news of one language that everybody may read, whatever list they stand in."""
        return self.live().public().filter(locale_id=locale_id)

    def newest_first(self) -> NewsQuerySet:
        return self.order_by("-date", "-pk")

    def pinned(self, at: date | None = None) -> NewsQuerySet:
        """News that are kept at the top today."""
        return self.filter(pinned_until__gte=at or timezone.localdate())

    def not_pinned(self, at: date | None = None) -> NewsQuerySet:
        return self.filter(Q(pinned_until=None) | Q(pinned_until__lt=at or timezone.localdate()))

    def of_category(self, category: NewsCategory | int) -> NewsQuerySet:
        return self.filter(pk__in=self._numbers_of([category]))

    def of_any_category(self, categories: list[NewsCategory]) -> NewsQuerySet:
        return self.filter(pk__in=self._numbers_of(categories))

    def of_branch(self, branch: Branch) -> NewsQuerySet:
        return self.filter(branch=branch)

    def of_period(self, year: int, month: int | None = None) -> NewsQuerySet:
        """News of a year or of one of its months."""
        first = date(year, month or 1, 1)
        following = date(year + (month in (None, 12)), (month or 12) % 12 + 1, 1)
        return self.filter(date__gte=first, date__lt=following)

    def for_rows(self) -> NewsQuerySet:
        """With everything that a row of a list shows, in a fixed number of queries."""
        return self.with_names().prefetch_related(*ROW_LISTS)

    def with_names(self) -> NewsQuerySet:
        """With language, library and picture; the rest of a row (ROW_LISTS) is read for several lists at once."""
        return self.select_related("locale", "branch", "picture", "alias_of__locale")

    def _numbers_of(self, categories: list[NewsCategory | int]):
        # A subquery instead of a join: no row comes twice, and the order by date needs no DISTINCT.
        through = self.model.categories.through
        return through.objects.filter(newscategory__in=categories).values("newspage")
