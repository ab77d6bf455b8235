"""Pages of lists: new arrivals, acquisitions, what staff recommend, what is read most, a list of one's own."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog_pages.browsing import title_languages
from catalog_pages.feeds import ENTRIES, FEEDS, write_feed
from catalog_pages.lists import acquisitions as acquired
from catalog_pages.lists import own, popularity
from catalog_pages.lists.arrivals import PER_PAGE, PERIODS, Arrivals, arrived
from catalog_pages.models import ListPage, Material, Record
from catalog_pages.pages import PageNumbers
from library.models import Branch

LISTS_PER_PAGE = 30


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """New arrivals: ``period``, ``branch``, ``material``, ``language``, ``page``."""
    wanted = Arrivals.read(request.GET)
    ids = arrived(wanted)
    branch = Branch.objects.filter(code=wanted.branch).first() if wanted.branch else None
    page = Paginator(ids, PER_PAGE).get_page(wanted.page)
    context = {
        "wanted": wanted,
        "total": len(ids),
        "records": Record.objects.for_results(list(page.object_list), branch=branch),
        "numbers": PageNumbers(page.number, page.paginator.num_pages),
        "periods": [(code, label) for code, (label, _days) in PERIODS.items()],
        "branches": Branch.objects.on_site(),
        "materials": Material.choices,
        "languages": title_languages(),
        "popular": popularity.is_counted(),
    }
    response = render(request, "catalog_pages/lists/new.html", context)
    if wanted.query_string(wanted.page):
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@require_safe
def new_feed(request: HttpRequest, form: str) -> HttpResponse:
    """The same as Atom or RSS."""
    if form not in FEEDS:
        raise Http404
    wanted = Arrivals.read(request.GET)
    records = Record.objects.for_results(arrived(wanted)[:ENTRIES])
    return write_feed(
        request, form, records, title=_("New arrivals"), page="catalog_pages:new", query=wanted.query_string()
    )


@require_safe
def acquisitions(request: HttpRequest) -> HttpResponse:
    """The months of which there are lists of acquisitions, for all libraries or one (``branch``)."""
    branch = _branch(request)
    context = {"months": acquired.months(branch), "branch": branch, "branches": Branch.objects.on_site()}
    return render(request, "catalog_pages/lists/acquisitions.html", context)


@require_safe
def acquisitions_of(request: HttpRequest, month: str) -> HttpResponse:
    """What was acquired in one month (``2026-03``), by class; 404 for a month that has not begun or never was."""
    first = acquired.read_month(month)
    if first is None:
        raise Http404
    branch = _branch(request)
    page = Paginator(acquired.titles_of(first, branch), acquired.PER_PAGE).get_page(request.GET.get("page"))
    titles, copies = acquired.totals(first, branch)
    context = {
        "first": first,
        "branch": branch,
        "branches": Branch.objects.on_site(),
        "sections": acquired.sections(first, list(page.object_list), branch),
        "numbers": PageNumbers(page.number, page.paginator.num_pages),
        "titles": titles,
        "copies": copies,
    }
    return render(request, "catalog_pages/lists/acquisitions_of.html", context)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Lists of books that staff have put together: those in the page's language first, the newest first."""
    pages = ListPage.objects.live().public().filter(alias_of=None).select_related("locale")
    rows = sorted(
        pages.order_by("-first_published_at", "-pk").defer_streamfields()[:1000],
        key=lambda page: page.locale.language_code != get_language(),
    )
    page = Paginator(rows, LISTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "pages": page.object_list,
        "numbers": PageNumbers(page.number, page.paginator.num_pages),
        "popular": popularity.is_counted(),
    }
    return render(request, "catalog_pages/lists/lists.html", context)


@require_safe
def most_read(request: HttpRequest) -> HttpResponse:
    """What is read most: ``period``, ``branch``; 404 while nobody counts."""
    if not popularity.is_counted():
        raise Http404
    period = request.GET.get("period", "")
    period = period if period in popularity.PERIODS else "month"
    branch = _branch(request)
    context = {
        "period": period,
        "periods": popularity.PERIODS.items(),
        "branch": branch,
        "branches": Branch.objects.on_site(),
        "records": Record.objects.for_results(popularity.most_read(period, branch), branch=branch),
    }
    return render(request, "catalog_pages/lists/most_read.html", context)


@require_safe
def my_list(request: HttpRequest) -> HttpResponse:
    """The records an address names (``ids=12,7``): a reader's own list, or one that was shared with her.

    The list itself stays in the browser; nothing of it is kept here.
    """
    records = Record.objects.for_results(own.read_ids(request.GET.get("ids", "")))
    ids = [record.pk for record in records]
    context = {"records": records, "named": "ids" in request.GET, "most": own.MOST}
    if records:
        context |= {
            "share": own.share_address(ids),
            "export": own.export_query(ids),
            "letter": own.letter(records),
            "ids": ids,
        }
    response = render(request, "catalog_pages/lists/my_list.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _branch(request: HttpRequest) -> Branch | None:
    """The library an address names; 404 where there is none by that name."""
    code = request.GET.get("branch", "")
    if not code:
        return None
    branch = Branch.objects.filter(code=code[:50]).first()
    if branch is None:
        raise Http404
    return branch
