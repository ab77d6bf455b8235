"""The public page of an entry of the authority file, and which headings of a record have one."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q
from django.urls import reverse

from catalog_pages.models import Record, RecordAuthority
from library.models import Authority

AUTHOR_KINDS = (Authority.Kind.PERSON, Authority.Kind.BODY, Authority.Kind.FAMILY)


def page_name(kind: str) -> str:
    """The name of the address under which entries of a kind are shown."""
    return "catalog_pages:author" if kind in AUTHOR_KINDS else "catalog_pages:subject"


def address_of(pk: int, kind: str) -> str:
    """The page of an entry."""
    return reverse(page_name(kind), args=[pk])


def linked_addresses(record: Record) -> Mapping[tuple[str, int], str]:
    """The pages of a record's headings, by role and place; one query.

    A topic with subdivisions has none: readers want the same subdivisions, which only the search can give.
    """
    links = RecordAuthority.objects.filter(record=record)
    rows = links.exclude(~Q(subdivision=""), authority__kind=Authority.Kind.SUBJECT).values_list(
        "role", "position", "authority_id", "authority__kind"
    )
    return {(role, position): address_of(pk, kind) for role, position, pk, kind in rows}
