"""What the pages of newsletters show: the issues of a year, the issue before and after, the feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.timezone import datetime, make_aware
from django.utils.translation import gettext as _

from catalog_pages.export.elements import clean
from home.issues import open_document, open_documents
from library.models import SystemSettings

if TYPE_CHECKING:
    from home.models import NewsletterIndexPage, NewsletterPage

ENTRIES = 20


def context_of(page: NewsletterIndexPage, wanted: int | None) -> dict[str, Any]:
    """The issues of the year `wanted` (None: the latest), and the years there are. Raises Http404 for others."""
    issues = issues_below(page)
    years = [day.year for day in issues.dates("date", "year", order="DESC")]
    if wanted is not None and wanted not in years:
        raise Http404
    if not years:
        return {"issues": [], "years": []}
    year = wanted or years[0]
    found = list(issues.filter(date__year=year).select_related("document__collection"))
    open_documents(found)
    return {"issues": found, "years": years, "year": year, "address": page.url, "is_archive": bool(wanted)}


def neighbours(page: NewsletterPage) -> dict[str, Any]:
    """The issues before and after this one, and its PDF where everybody may read it."""
    around = issues_below(page.get_parent()).exclude(pk=page.pk).select_related(None)
    return {
        "file": open_document(page),
        "earlier": around.filter(date__lte=page.date).first(),
        "later": around.filter(date__gt=page.date).last(),
    }


def feed(page: NewsletterIndexPage, request: HttpRequest) -> HttpResponse:
    """The latest issues as RSS."""
    address = page.get_full_url(request)
    writer = Rss201rev2Feed(
        title=clean(page.title),
        link=address,
        description=clean(page.intro or _library_name()),
        language=page.content_language,
        feed_url=settings.BASE_URL + request.path,
    )
    for issue in issues_below(page)[:ENTRIES]:
        link = issue.get_full_url(request)
        writer.add_item(
            title=clean(issue.title), link=link, description=clean(issue.intro), unique_id=link,
            pubdate=make_aware(datetime(issue.date.year, issue.date.month, issue.date.day, 12)),
        )  # fmt: skip
    response = HttpResponse(writer.writeString("utf-8"), content_type=writer.content_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def issues_below(page: Any) -> QuerySet[NewsletterPage]:
    """The published issues, the newest first."""
    from home.models import NewsletterPage

    return NewsletterPage.objects.child_of(page).live().public().defer_streamfields().order_by("-date", "-pk")


def _library_name() -> str:
    system = SystemSettings.objects.filter(site__is_default_site=True).first()
    return str(system) if system else _("Library")
