"""News of any search as Atom and RSS, and the description by which browsers and programs learn to search here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Site

from catalog_pages import citations
from catalog_pages.export.elements import add, clean, document, root
from catalog_pages.models import Record
from catalog_pages.queries import Wish
from library.models import SystemSettings
from search.errors import SearchUnavailable
from search.service import search

FEEDS: Mapping[str, type[Atom1Feed] | type[Rss201rev2Feed]] = {"atom": Atom1Feed, "rss": Rss201rev2Feed}
ENTRIES = 50
# By kind of material: the form of the OpenURL, its genre, and what it calls the title.
_OPENURL = {
    "book": ("book", "book", "btitle"),
    "periodical": ("journal", "journal", "jtitle"),
    "article": ("journal", "article", "atitle"),
}
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """What a search finds, the newest additions first; the parameters are those of the page of results."""
    if form not in FEEDS:
        raise Http404
    wish = replace(Wish.read(request.GET), sort="added", page=1)
    try:
        found = search(
            wish.text, filters=wish.filters, sort="added", per_page=ENTRIES, literal=wish.literal, widen=False
        )
    except SearchUnavailable:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    records = Record.objects.for_results([int(name.partition(":")[2]) for name in found.ids])
    title = f"{_('New in the catalogue')}: {clean(wish.text)}" if wish.text else _("New in the catalogue")
    return write_feed(
        request, form, records, title=title, page="catalog_pages:results", query=wish.query_string()
    )


def write_feed(
    request: HttpRequest, form: str, records: Iterable[Record], *, title: str, page: str, query: str
) -> HttpResponse:
    """Records as Atom or RSS (one of FEEDS); ``page`` and ``query`` are where readers see the same."""
    writer = FEEDS[form](
        title=title,
        link=settings.BASE_URL + reverse(page) + query,
        description=_library_name(),
        language=get_language(),
        feed_url=settings.BASE_URL + request.get_full_path(),
    )
    for record in records:
        address = settings.BASE_URL + record.get_absolute_url()
        writer.add_item(
            title=clean(record.title),
            link=address,
            description=clean(citations.plain(record)),
            author_name=clean(record.author) or None,
            pubdate=record.created_at,
            updateddate=record.updated_at,
            unique_id=address,
        )
    response = HttpResponse(writer.writeString("utf-8"), content_type=FEEDS[form].content_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def opensearch(request: HttpRequest) -> HttpResponseBase:
    """The description of the catalogue's search in the form of OpenSearch 1.1."""
    name = _library_name()
    description = root(OPENSEARCH, "OpenSearchDescription")
    add(description, "ShortName", name[:16])
    add(description, "LongName", name[:48])
    add(description, "Description", f"{_('Catalogue')}: {name}"[:1024])
    add(description, "InputEncoding", "UTF-8")
    address = settings.BASE_URL + reverse("catalog_pages:results")
    add(description, "Url", type="text/html", template=f"{address}?q={{searchTerms}}")
    for form, media_type in (("atom", "application/atom+xml"), ("rss", "application/rss+xml")):
        feed_address = settings.BASE_URL + reverse("catalog_pages:feed", args=[form])
        add(description, "Url", type=media_type, template=f"{feed_address}?q={{searchTerms}}")
    return HttpResponse(document(description), content_type="application/opensearchdescription+xml")


def coins(record: Record) -> str:
    """The record as the title of a COinS, which reference managers find in a page (OpenURL 1.0)."""
    form, genre, title = _OPENURL.get(record.material, ("book", "document", "btitle"))
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        ("rft.genre", genre),
        (f"rft.{title}", record.title),
        ("rft.edition", record.edition if form == "book" else ""),
        ("rft.place", record.place if form == "book" else ""),
        ("rft.pub", record.publisher if form == "book" else ""),
        ("rft.date", "" if record.year is None else str(record.year)),
        ("rft.isbn", record.isbns[0] if record.isbns else ""),
        ("rft.issn", record.issns[0] if record.issns else ""),
        *(("rft.au", author) for author in record.authors[:10]),
    ]
    return urlencode([pair for pair in pairs if pair[1]])


def _library_name() -> str:
    site = Site.objects.filter(is_default_site=True).first()
    return str(SystemSettings.for_site(site)) if site else _("Catalogue")
