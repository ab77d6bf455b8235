"""Newsletters: the list by year, and the issues below it (A41)."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from home import newsletters
from home.blocks import ContentStream
from home.issues import issue_data
from home.models.base import FooterPage, SitePage


class NewsletterIndexPage(RoutablePageMixin, FooterPage):
    """The newsletters, a year at a time, and as a feed."""

    template = "home/newsletter_index_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.NewsletterPage"]

    class Meta:
        verbose_name = _("list of newsletters")
        verbose_name_plural = _("lists of newsletters")

    @path("")
    def latest(self, request: HttpRequest) -> HttpResponse:
        """The issues of the latest year there is."""
        return self._list(request)

    @path("archive/<int:year>/", name="archive")
    def archive(self, request: HttpRequest, year: int) -> HttpResponse:
        """The issues of one year; 404 where there are none."""
        request.page_subpath = f"archive/{year}/"
        return self._list(request, year)

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        """The latest issues as RSS."""
        return newsletters.feed(self, request)

    def _list(self, request: HttpRequest, year: int | None = None) -> HttpResponse:
        return self.render(request, context_overrides=newsletters.context_of(self, year))


class NewsletterPage(SitePage):
    """One issue: its text here, its PDF, or both."""

    date = models.DateField(_("date"), default=timezone.localdate)
    issue = models.CharField(
        _("number of the issue"), max_length=30, blank=True, help_text=_("For example: 3 (27)")
    )
    document = models.ForeignKey(
        "library.PortalDocument", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("issue as PDF"), help_text=_("Leave it empty where the text stands below."),
    )  # fmt: skip
    body = ContentStream()

    template = "home/newsletter_page.html"
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["issue", "date"], heading=_("Issue")),
        FieldPanel("intro", heading=_("Summary"), help_text=_("What is in it, in one or two sentences.")),
        FieldPanel("document"),
        FieldPanel("body"),
    ]
    parent_page_types = ["home.NewsletterIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        indexes = [models.Index(fields=["-date"], name="newsletter_date")]

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), **newsletters.neighbours(self)}

    def structured_data(self, request: HttpRequest) -> dict[str, object]:
        """One issue of a periodical, in the words of schema.org."""
        return issue_data(
            self, "PublicationIssue", {"issueNumber": self.issue}, self.date.isoformat(), request
        )
