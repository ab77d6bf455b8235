"""A page for each author and each subject: who it is, and what the catalogue has by and about it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks

from catalog_pages.authorities.addresses import AUTHOR_KINDS, address_of
from catalog_pages.authorities.linked_data import linked_data
from catalog_pages.authorities.works import ABOUT, BY, SORTS, Wish, Works, works
from catalog_pages.models import RecordAuthority
from library.authorities import UnknownAuthority, resolve
from library.models import Authority, AuthorityIdentifier, AuthorityName, AuthorityRelation
from library.text import in_language

PANEL_HOOK = "register_authority_panel"
RIGHT = "library.change_authority"
BIGGEST_ID = 2**63 - 1
ROLES = ((str(BY), _("Works by")), (str(ABOUT), _("Works about")))
MOST_NAMES = 60
MOST_RELATIONS = 120


@require_safe
def entry(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """An author or a subject: ``show`` (by, about), ``material``, ``sort``, ``page``.

    A merged entry leads to the one that was kept, an address of the other ``kind`` to the right one.
    """
    try:
        authority = resolve(pk) if pk <= BIGGEST_ID else None
    except UnknownAuthority:
        authority = None
    if authority is None:
        raise Http404
    address = address_of(authority.pk, authority.kind)
    if authority.pk != pk or (kind == "author") != (authority.kind in AUTHOR_KINDS):
        query = request.GET.urlencode()
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    found = works(authority, Wish.read(request.GET))
    response = render(request, "catalog_pages/authorities/entry.html", _context(request, authority, found))
    if request.GET or not found.total:
        # Search engines find the works in the sitemap; an entry without any says nothing yet.
        response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def _context(request: HttpRequest, authority: Authority, found: Works) -> dict[str, Any]:
    others = AuthorityName.objects.filter(authority=authority).exclude(name=authority.heading)
    names = list(others.order_by("pk")[:MOST_NAMES])
    identifiers = list(AuthorityIdentifier.objects.filter(authority=authority))
    address = address_of(authority.pk, authority.kind)
    may_edit = request.user.is_authenticated and request.user.has_perm(RIGHT)
    return {
        "authority": authority,
        "note": in_language(authority.note),
        "page_language": get_language(),
        "address": address,
        "roles": ROLES,
        "names": names,
        "identifiers": identifiers,
        "relations": _relations(authority),
        "works": found,
        "wish": found.wish,
        "numbers": found.numbers,
        "sorts": SORTS.items(),
        "is_author": authority.kind in AUTHOR_KINDS,
        "panels": list(filter(None, (panel(request, authority) for panel in _panels()))),
        "data": linked_data(authority, names, identifiers, request.build_absolute_uri(address)),
        "edit_address": _staff_address("edit", authority) if may_edit else "",
        "merge_address": _staff_address("merge", authority) if may_edit else "",
    }


def _panels() -> list[Any]:
    return [registered() for registered in hooks.get_hooks(PANEL_HOOK)]


def _relations(authority: Authority) -> list[tuple[str | Promise, list[tuple[Authority, str]]]]:
    """Related entries that have records, under the kind of their relation, each with its page."""
    in_use = Exists(RecordAuthority.objects.filter(authority=OuterRef("other_id")))
    rows = AuthorityRelation.objects.filter(in_use, authority=authority, other__merged_into=None)
    by_kind: dict[str, list[tuple[Authority, str]]] = {}
    for relation in rows.select_related("other").order_by("other__sort_key", "pk")[:MOST_RELATIONS]:
        others = by_kind.setdefault(relation.kind, [])
        others.append((relation.other, address_of(relation.other_id, relation.other.kind)))
    return [(kind.label, by_kind[kind]) for kind in AuthorityRelation.Kind if kind in by_kind]


def _staff_address(name: str, authority: Authority) -> str:
    viewset = Authority.snippet_viewset  # type: ignore[attr-defined]
    return reverse(viewset.get_url_name(name), args=[authority.pk])
