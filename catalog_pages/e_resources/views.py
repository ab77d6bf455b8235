"""The fixed addresses of electronic resources: the list, the way to a resource, what is new."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe
from wagtail.views import serve

from catalog_pages.e_resources.lists import Options, Wish, index_address, index_page, listed_below
from catalog_pages.e_resources.services import count_use, may_open
from catalog_pages.export.elements import clean
from catalog_pages.feeds import FEEDS
from catalog_pages.models import EResourcePage

ENTRIES = 50
BIGGEST_ID = 2**63 - 1


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The list that staff keep as pages; an honest word where there is none yet."""
    page = index_page()
    if page is None:
        return render(request, "catalog_pages/e_resources.html")
    address = index_address(page)
    if address != request.path:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query else address)
    _first, _language, path = address.split("/", 2)
    response = serve(request, path)
    if any(name in request.GET for name in (*Wish.NAMES, "from", "after", "before")):
        # The list and the resources are for crawlers, not every way to narrow it.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@require_GET
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a resource and count it. Only to addresses that staff have published: never to one in the request."""
    pages = EResourcePage.objects.listed().select_related("locale")
    page = pages.filter(pk=pk).first() if pk <= BIGGEST_ID else None
    if page is None or not may_open(page, request):
        raise Http404
    if not _is_a_guess(request):
        count_use(page)
    response = HttpResponseRedirect(page.address)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _is_a_guess(request: HttpRequest) -> bool:
    """Whether a browser fetches the page in case its reader should want it."""
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """New resources, the newest first, narrowed as the list is."""
    page = index_page()
    if form not in FEEDS or page is None:
        raise Http404
    pages = listed_below(page)
    wish = Wish.read(request.GET, Options.of(pages))
    newest = wish.narrow(pages).select_related("locale").order_by("-first_published_at", "-pk")[:ENTRIES]
    writer: Atom1Feed | Rss201rev2Feed = FEEDS[form](
        title=f"{_('New electronic resources')}",
        link=settings.BASE_URL + index_address(page),
        description=clean(page.intro or page.title),
        language=get_language(),
        feed_url=settings.BASE_URL + request.get_full_path(),
    )
    for resource in newest:
        address = f"{settings.BASE_URL}{index_address(page)}{resource.slug}/"
        facts = [resource.get_kind_display(), resource.get_access_display(), resource.intro]
        writer.add_item(
            title=clean(resource.title),
            link=address,
            description=clean(" · ".join(str(fact) for fact in facts if fact)),
            pubdate=resource.first_published_at,
            updateddate=resource.last_published_at,
            unique_id=address,
        )
    response = HttpResponse(writer.writeString("utf-8"), content_type=FEEDS[form].content_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
