"""The catalogue for readers: results, a record, electronic resources."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog_pages import citations
from catalog_pages.authorities.addresses import linked_addresses
from catalog_pages.citations.work import host_of
from catalog_pages.duplicates.services import kept_for
from catalog_pages.electronic.panels import record_panels
from catalog_pages.export.formats import FORMATS
from catalog_pages.export.outgoing import address_of
from catalog_pages.facet_lists import ORDERS, FacetQuestion, list_values
from catalog_pages.facets import FacetPanel
from catalog_pages.links import links_of
from catalog_pages.looser import elsewhere, looser_ways
from catalog_pages.marc.irbis import tag_number
from catalog_pages.marc.iso2709 import Marc, parse
from catalog_pages.marc.vernacular import own_scripts
from catalog_pages.models import MarcSource, Record
from catalog_pages.pages import PageNumbers
from catalog_pages.queries import FACET_LISTS, PER_PAGE, SORT_LABELS, Wish
from catalog_pages.related import related, series_addresses
from catalog_pages.shelf import COPIES_SHOWN, holdings, neighbours
from library.audiences import search_audience
from library.statistics.searches import note_search
from search.documents import FACETS
from search.errors import SearchUnavailable, TooDeep
from search.service import search

FACET_LIMIT = 200  # the chart of years needs all of them
ALL_COPIES = 200  # of each library, on a page for those who want to see them all
BIGGEST_ID = 2**63 - 1


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Search the catalogue: ``q``, facets, ``year_from``, ``year_to``, ``sort``, ``page``, ``literal``."""
    wish = Wish.read(request.GET)
    if "" in request.GET.values():
        # A form sends its empty fields along; what readers keep and share is the short address.
        return redirect(reverse("catalog_pages:results") + wish.query_string().rstrip("?"))
    audience = search_audience(request.user)
    try:
        found = search(
            wish.text,
            filters=wish.filters,
            facets=FACETS,
            facet_limit=FACET_LIMIT,
            sort=wish.order,
            page=wish.page,
            per_page=PER_PAGE,
            literal=wish.literal,
            audience=audience,
        )
    except TooDeep:
        return _results_page(request, "too_deep", HTTPStatus.BAD_REQUEST, {"wish": wish})
    except SearchUnavailable:
        return _unavailable(request, wish)
    note_search(request, wish.text, place="catalogue", hits=found.total, page=wish.page)
    panel = FacetPanel(wish, found.facets)
    records = Record.objects.for_results([int(found_id.partition(":")[2]) for found_id in found.ids])
    context = {
        "wish": wish,
        "found": found,
        "records": records,
        "facets": panel.facets(),
        "years": panel.years(),
        "chips": panel.chips(),
        "sorts": SORT_LABELS.items(),
        "numbers": PageNumbers(found.page, found.pages),
    }
    if not found.total:
        context |= {
            "looser": looser_ways(wish, audience=audience),
            "elsewhere": elsewhere(wish.text, but="record", audience=audience),
        }
    return _results_page(request, "results", HTTPStatus.OK, context)


@require_safe
def facet(request: HttpRequest, name: str) -> HttpResponse:
    """All values of a facet within a search: ``find``, ``order``, ``at``; ``apply`` leads to the results."""
    if name not in FACET_LISTS:
        raise Http404
    question = FacetQuestion.read(name, request.GET)
    if "apply" in request.GET:
        return redirect(reverse("catalog_pages:results") + question.wish.query_string())
    try:
        listing = list_values(question, audience=search_audience(request.user))
    except SearchUnavailable:
        return _unavailable(request, question.wish)
    context = {"wish": question.wish, "listing": listing, "question": question, "orders": ORDERS.items()}
    response = render(request, "catalog_pages/facet.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _unavailable(request: HttpRequest, wish: Wish) -> HttpResponse:
    response = _results_page(request, "unavailable", HTTPStatus.SERVICE_UNAVAILABLE, {"wish": wish})
    response.headers["Retry-After"] = "60"
    return response


def _results_page(request: HttpRequest, name: str, status: HTTPStatus, context: dict) -> HttpResponse:
    response = render(request, f"catalog_pages/{name}.html", context, status=status)
    if not context["wish"].is_bare:
        # There are more combinations of facets than records: only records and the bare catalogue are for crawlers.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record: can I have it, where is it now, what is it."""
    if pk > BIGGEST_ID:
        raise Http404
    found = Record.objects.select_related("cover", "host", "marc_source").filter(pk=pk).first()
    if found is None:
        return redirect(kept_for(pk), permanent=True)
    wants_all = request.GET.get("copies") == "all"
    copies = holdings(found, copies=ALL_COPIES if wants_all else COPIES_SHOWN)
    before, after = neighbours(found)
    source = getattr(found, "marc_source", None)
    whole = parse(source.iso2709) if source else None
    marc = list(_marc_fields(source, whole)) if source and whole else []
    panels = record_panels(found, request)
    covered = {address for panel in panels for address in panel.covers}
    links = [link for link in links_of(found.links) if link.url not in covered]
    context = {
        "record": found,
        "linked": linked_addresses(found),
        "holdings": copies,
        "before": before,
        "after": after,
        "wants_all": wants_all,
        "links": links,
        "read_online": [link for link in links if link.is_work],
        "own_scripts": own_scripts(replace(whole, format=source.format)) if source and whole else {},
        "related": related(found),
        "series": series_addresses(found),
        "panels": panels,
        "marc": marc,
        "citation": citations.plain(found),
        "citations": citations.in_styles(found, address_of(found.pk), host_of(marc)),
        "forms": FORMATS.values(),
        "data": citations.linked_data(found, copies, request.build_absolute_uri(found.get_absolute_url())),
    }
    return render(request, "catalog_pages/record.html", context)


def _marc_fields(source: MarcSource, marc: Marc) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Tag, indicators and subfields of the MARC the record came from; a control field has one without a code."""
    yield "LDR", "", [("", marc.leader)]
    for tag in sorted(marc.fields):
        label = str(tag_number(tag)) if source.format == "irbis" else tag
        if tag < "010":
            yield from ((label, "", [("", field.decode(errors="replace"))]) for field in marc.fields[tag])
        else:
            yield from ((label, indicators, parts) for indicators, parts in marc.subfields(tag))
