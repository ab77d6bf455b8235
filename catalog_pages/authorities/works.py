"""What the catalogue has by and about an entry of the authority file: counted, sorted and read page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog_pages.labels import material_name
from catalog_pages.models import Material, Record, RecordAuthority
from catalog_pages.pages import PageNumbers
from library.models import Authority

PER_PAGE = 20
BY, ABOUT = RecordAuthority.Role.AUTHOR, RecordAuthority.Role.SUBJECT
SORTS: Mapping[str, str | Promise] = {"newest": _("Newest"), "title": _("Title")}
_ORDERS: Mapping[str, tuple[Any, ...]] = {
    "newest": (F("year").desc(nulls_last=True), "-pk"),
    "title": ("title_sort", "pk"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which works a reader wants: ``role`` (by or about, "" for what there is), kind of material, order, page."""

    role: str = ""
    material: str = ""
    sort: str = "newest"
    page: int = 1

    @classmethod
    def read(cls, parameters: QueryDict) -> Wish:
        """What an address asks for; what it says wrongly is as if it said nothing."""
        role, material, sort, page = (
            parameters.get(name, "") for name in ("show", "material", "sort", "page")
        )
        is_number = page.isascii() and page.isdigit() and len(page) < 7
        return cls(
            role={"by": str(BY), "about": str(ABOUT)}.get(role, ""),
            material=material if material in Material.values else "",
            sort=sort if sort in SORTS else "newest",
            page=max(1, int(page)) if is_number else 1,
        )

    def query_string(self) -> str:
        values = {
            "show": {str(BY): "by", str(ABOUT): "about"}.get(self.role, ""),
            "material": self.material,
            "sort": "" if self.sort == "newest" else self.sort,
            "page": self.page if self.page > 1 else "",
        }
        return f"?{urlencode({name: value for name, value in values.items() if value})}"

    def at_page(self, page: int) -> Wish:
        return replace(self, page=page)

    def of_kind(self, material: str) -> Wish:
        return replace(self, material=material, page=1)

    def in_role(self, role: str) -> Wish:
        return replace(self, role=role, material="", page=1)

    def sorted_by(self, sort: str) -> Wish:
        return replace(self, sort=sort, page=1)


@dataclass(frozen=True, slots=True)
class Works:
    """One page of works, with what there is besides."""

    wish: Wish
    records: list[Record]
    total: int
    by_role: Mapping[str, int]
    kinds: list[tuple[str, str, int]]  # code, name, number
    numbers: PageNumbers


def works(authority: Authority, wish: Wish) -> Works:
    """The page of works that is wished for, or the last one; six queries for any number of works."""
    by_role = _by_role(authority)
    role = wish.role if by_role.get(wish.role) else str(BY) if by_role.get(str(BY)) else str(ABOUT)
    counts = _by_kind(authority, role)
    material = wish.material if wish.material in counts else ""
    total = counts[material] if material else sum(counts.values())
    pages = -(-total // PER_PAGE)
    wish = replace(wish, role=role, material=material, page=min(wish.page, max(pages, 1)))
    rows = _records(authority, role)
    if material:
        rows = rows.filter(material=material)
    first = (wish.page - 1) * PER_PAGE
    ids = rows.order_by(*_ORDERS[wish.sort]).values_list("pk", flat=True)[first : first + PER_PAGE]
    kinds = [(code, material_name(code), count) for code, count in counts.items()]
    kinds.sort(key=lambda kind: (-kind[2], kind[1]))
    records = Record.objects.for_results(list(ids)) if total else []
    return Works(wish, records, total, by_role, kinds, PageNumbers(wish.page, pages))


def _links(authority: Authority) -> QuerySet[RecordAuthority]:
    return RecordAuthority.objects.filter(authority=authority).order_by()


def _records(authority: Authority, role: str) -> QuerySet[Record]:
    return Record.objects.filter(pk__in=_links(authority).filter(role=role).values("record_id"))


def _by_role(authority: Authority) -> Mapping[str, int]:
    """A record about the same thing twice (Poetry — History, Poetry — Forms) is one record."""
    rows = _links(authority).values_list("role").annotate(works=Count("record_id", distinct=True))
    return dict(rows)


def _by_kind(authority: Authority, role: str) -> dict[str, int]:
    rows = _records(authority, role).order_by().values_list("material").annotate(works=Count("pk"))
    return dict(rows)
