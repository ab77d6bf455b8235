"""The page of statistics, and yearly reports that keep the figures of their year (A1, A3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from home.blocks import ContentStream
from home.blocks.figures import FIGURE_BLOCKS
from home.blocks.streams import BlocksInCode
from home.issues import issue_data, open_document, open_documents
from home.models.base import FooterPage, SitePage
from home.yearly.forms import YearlyReportForm

FIRST_YEAR, LAST_YEAR = 1900, 2100


def last_year() -> int:
    """The year that reports are written about."""
    return timezone.localdate().year - 1


class StatisticsPage(RoutablePageMixin, FooterPage):
    """The figures of a year by library and month, as they are counted."""

    body = ContentStream()
    content_panels = [*FooterPage.content_panels, FieldPanel("body")]
    template = "home/statistics_page.html"
    page_description = _("The figures of each year by library and month. The portal fills them in by itself.")
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("page of statistics")
        verbose_name_plural = _("pages of statistics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.yearly.pages import statistics_context

        return {
            **super().get_context(request, *args, **kwargs),
            **statistics_context(request.GET, self.locale_id),
            "address": self.url,
        }

    @path("")
    def figures(self, request: HttpRequest) -> HttpResponse:
        """The figures: ?year=, ?branch= (a code), ?figure= (its name: that one in full)."""
        response = self.render(request)
        if request.GET:
            response.headers["X-Robots-Tag"] = "noindex, follow"
        return response

    @path("csv/", name="csv")
    def csv(self, request: HttpRequest) -> HttpResponseBase:
        """The same as a table."""
        from home.yearly.pages import statistics_table

        return statistics_table(request.GET)


class YearlyReportIndexPage(FooterPage):
    """The archive of yearly reports."""

    template = "home/yearly_report_index_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.YearlyReportPage"]

    class Meta:
        verbose_name = _("list of yearly reports")
        verbose_name_plural = _("lists of yearly reports")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        reports = YearlyReportPage.objects.child_of(self).live().public().order_by("-year", "pk")
        context["reports"] = list(
            reports.defer_streamfields().defer("taken").select_related("document__collection")
        )
        open_documents(context["reports"])
        return context


class YearlyReportPage(RoutablePageMixin, SitePage):
    """A year's report. Its figures stand as they were taken, whatever is counted later.

    `taken` is what `home.yearly.freezing.freeze` gives: numbers, names in every language, the day and the source of
    each figure. `figures` corrects them and adds to them. In other languages the page shows those of its source.
    """

    year = models.PositiveSmallIntegerField(
        _("year"), default=last_year, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    document = models.ForeignKey(
        "library.PortalDocument", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("report as PDF"), help_text=_("May stay empty."),
    )  # fmt: skip
    body = ContentStream(verbose_name=_("text"))
    taken = models.JSONField(_("figures as they were taken"), default=dict, blank=True, editable=False)
    figures = BlocksInCode(
        FIGURE_BLOCKS, blank=True, verbose_name=_("corrected and further figures"),
        help_text=_("A corrected figure is marked as such; readers see what it was before."),
    )  # fmt: skip

    base_form_class = YearlyReportForm
    template = "home/yearly_report_page.html"
    parent_page_types = ["home.YearlyReportIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            ["year", HelpPanel(template="home/admin/taken_figures.html"), FieldPanel("take_figures")],
            heading=_("Year and its figures"),
        ),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("figures"),
        FieldPanel("document"),
    ]

    class Meta:
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        indexes = [models.Index(fields=["-year"], name="yearly_report_year")]

    @property
    def source(self) -> YearlyReportPage:
        """The page whose figures hold in all languages: that in the library's language, else the oldest."""
        if self.alias_of_id:
            return self.alias_of.specific.source
        found = YearlyReportPage.objects.filter(translation_key=self.translation_key, alias_of=None)
        versions = list(found.select_related("locale").order_by("pk"))
        own = [page for page in versions if page.locale.language_code == settings.LANGUAGE_CODE]
        source = next(iter(own or versions), self)
        return self if source.pk == self.pk else source

    @property
    def figures_taken(self) -> list[Any]:
        """What the form says was taken: rows of figures in the active language."""
        from home.yearly.freezing import rows_of

        return rows_of(self.source)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.yearly.pages import report_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **report_context(self), "file": open_document(self), "address": self.url}

    @path("csv/", name="csv")
    def csv(self, request: HttpRequest) -> HttpResponseBase:
        """The figures of the report as a table."""
        from home.yearly.pages import report_table

        return report_table(self)

    def structured_data(self, request: HttpRequest) -> Mapping[str, object]:
        """A report, in the words of schema.org."""
        day = (
            timezone.localtime(self.first_published_at).date().isoformat() if self.first_published_at else ""
        )
        return issue_data(self, "Report", {"temporalCoverage": str(self.year)}, day, request)
