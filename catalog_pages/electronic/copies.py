"""Digitised copies that a record's links (856) lead to and that lie on this server: read here, by rights."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

from catalog_pages.electronic.panels import RecordPanel
from catalog_pages.models import Record
from library.files.access import file_address, kinds, may_read

MOST = 20
OWN_VIEWS = ("file", "document", "media")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of ours: where it is, what it is called, and whether this visitor may read it."""

    address: str
    label: str
    format: str  # PDF, MP3, …
    may_read: bool


def copies_panel(record: Record, request: HttpRequest) -> RecordPanel | None:
    """The panel of a record whose links lead to files of ours; None for all others."""
    found = dict(_own_copies(record, request))
    if not found:
        return None
    copies = list(found.values())
    context = {"copies": copies, "has_shut": any(not copy.may_read for copy in copies)}
    return RecordPanel(
        "digital", _("Digital copy"), "catalog_pages/electronic/copies.html", context, frozenset(found)
    )


def _own_copies(record: Record, request: HttpRequest) -> Iterator[tuple[str, Copy]]:
    for link in record.links[:MOST]:
        address = str(link.get("url", ""))
        path = own_path(address)
        match = _match(path) if path else None
        if match and (copy := _copy(path, match, str(link.get("text") or ""), request)):
            yield address, copy


def own_path(address: str) -> str:
    """The path of an address on this site; "" for those elsewhere."""
    try:
        parts, own = urlsplit(address), urlsplit(settings.BASE_URL)
    except ValueError:
        return ""
    is_own = (parts.scheme, parts.netloc) in ((own.scheme, own.netloc), ("", ""))
    return unquote(parts.path) if is_own and parts.path.startswith("/") else ""


def _match(path: str) -> ResolverMatch | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.url_name in OWN_VIEWS and not match.namespaces else None


def _copy(path: str, match: ResolverMatch, label: str, request: HttpRequest) -> Copy | None:
    name = PurePath(path).name
    kind = PurePath(path).suffix.lstrip(".").upper()
    if match.url_name == "media":
        return Copy(quote(path), label or name, kind, may_read=True)
    if match.url_name == "document":
        document = get_document_model().objects.filter(pk=match.kwargs["document_id"]).first()
        if document is None:
            return None
        return Copy(document.url, label or document.title, kind, _may_read(document, request))
    access = kinds().get(match.kwargs["kind"])
    obj = access.model._default_manager.filter(pk=match.kwargs["pk"]).first() if access else None
    return Copy(file_address(obj), label or str(obj), kind, may_read(request.user, obj)) if obj else None


def _may_read(document: AbstractDocument, request: HttpRequest) -> bool:
    """Whether the privacy settings of its collection let this visitor read a document."""
    restrictions = document.collection.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)
