"""Finding records in the administration: the newest first, by search, by number; what an article stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from catalog_pages.cataloguing.views import ADD, CHANGE, VIEW, StaffPage
from catalog_pages.models import Material, Record
from library.headings import fold_key
from library.models import Authority, AuthorityName
from search.errors import SearchUnavailable, TooDeep
from search.service import search

PER_PAGE = 25
# What articles stand in; without a search the newest of the first are offered.
HOSTS = (Material.PERIODICAL, Material.BOOK, Material.ELECTRONIC)
SUGGESTED = 10
_PLACE = 18
_KINDS = {
    "names": (Authority.Kind.PERSON, Authority.Kind.BODY, Authority.Kind.FAMILY),
    "subjects": tuple(Authority.Kind),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of records: how many in all where the search says so, and where the next page begins."""

    records: Sequence[Record] = field(default_factory=list)
    total: int | None = None
    page: int = 1
    next: str = ""
    problem: str = ""


def newest(before: str, materials: Sequence[str]) -> Found:
    """The records added last, from before a number on."""
    rows = Record.objects.order_by("-pk")
    if before.isdecimal() and before.isascii() and len(before) <= _PLACE:
        rows = rows.filter(pk__lt=int(before))
    if materials:
        rows = rows.filter(material__in=materials)
    records = list(rows.defer("contents", "notes")[: PER_PAGE + 1])
    more = f"before={records[PER_PAGE - 1].pk}" if len(records) > PER_PAGE else ""
    return Found(records[:PER_PAGE], next=more)


def searched(text: str, page: int, materials: Sequence[str]) -> Found:
    """Records with this control number first, then what the search finds for title, author, ISBN and all else."""
    exact = (
        list(Record.objects.filter(control_number=text)[:PER_PAGE]) if page == 1 and len(text) <= 100 else []
    )
    filters = {"material": list(materials)} if materials else {}
    try:
        answer = search(text, filters=filters, page=page, per_page=PER_PAGE)
    except TooDeep:
        return Found(problem="deep")
    except SearchUnavailable:
        return Found(exact, problem="unavailable")
    numbers = [int(name.partition(":")[2]) for name in answer.ids]
    rows = Record.objects.defer("contents", "notes").in_bulk(numbers)
    first = {record.pk for record in exact}
    records = [*exact, *(rows[pk] for pk in numbers if pk in rows and pk not in first)]
    more = f"page={page + 1}" if page < answer.pages else ""
    return Found(records, max(answer.total, len(exact)), page, more)


class RecordListView(StaffPage):
    """All records, the newest first, or those that are searched for."""

    rights: tuple[str, ...] = (VIEW, ADD, CHANGE)
    template_name = "catalog_pages/cataloguing/list.html"
    materials: Sequence[str] = ()
    offered: int | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = _typed(self.request, 200)
        kind = self.request.GET.get("material", "")
        materials = [kind] if kind in Material.values else list(self.materials)
        page = self.request.GET.get("page", "1")
        number = int(page) if page.isdecimal() and page.isascii() and len(page) < 6 else 1
        found = (
            searched(text, max(number, 1), materials)
            if text
            else newest(self.request.GET.get("before", ""), materials[: self.offered])
        )
        return super().get_context_data(found=found, q=text, material=kind, kinds=Material.choices, **kwargs)


class HostView(RecordListView):
    """In which periodical or book an article stands: chosen before its form, or anew for ``record``."""

    rights: tuple[str, ...] = (ADD, CHANGE)
    template_name = "catalog_pages/cataloguing/choose_host.html"
    page_title = gettext_lazy("In which periodical or book does it stand?")
    materials = HOSTS
    offered = 1

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.request.GET.get("record", "")
        number = int(record) if record.isdecimal() and record.isascii() and len(record) <= _PLACE else None
        return super().get_context_data(for_record=number, **kwargs)


@require_safe
def headings(request: HttpRequest, kind: str) -> JsonResponse:
    """Headings of the authority file that a typed beginning may become, for the form's suggestions."""
    if not request.user.has_perm(VIEW) or kind not in _KINDS:
        return JsonResponse({"headings": []}, status=403)
    key = fold_key(_typed(request, 100))
    return JsonResponse({"headings": _suggested(key, _KINDS[kind]) if len(key) > 1 else []})


def _typed(request: HttpRequest, longest: int) -> str:
    """What was typed, without signs that no database takes."""
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())[:longest]


def _suggested(key: str, kinds: Sequence[str]) -> list[str]:
    """Preferred headings that begin so, then those one of whose other names does."""
    current = Authority.objects.current().filter(kind__in=kinds)
    own = current.filter(fold_key__startswith=key).order_by("fold_key")[:SUGGESTED]
    names = AuthorityName.objects.filter(
        fold_key__startswith=key, authority__kind__in=kinds, authority__merged_into=None
    )
    others = names.select_related("authority").order_by("fold_key")[:SUGGESTED]
    found = [*map(str, own), *(str(name.authority) for name in others)]
    return list(dict.fromkeys(found))[:SUGGESTED]


def menu_shown(request: HttpRequest) -> bool:
    """Whether the person sees the records in the menu."""
    return any(request.user.has_perm(right) for right in RecordListView.rights)
