"""What stocktaking and weeding give to Wagtail and the portal: menu entries, addresses, rights, what is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from catalog_pages.items.menu import RightMenuItem
from catalog_pages.models import Scan, Stocktaking
from catalog_pages.stocktaking.staff import rights_to
from library.retention import Retention

SCAN_DAYS = 365


def addresses() -> list[URLPattern | URLResolver]:
    return [
        path("catalogue/stocktaking/", include("catalog_pages.stocktaking.urls")),
        path("catalogue/weeding/", include("catalog_pages.weeding.urls")),
    ]


def stocktaking() -> MenuItem:
    return RightMenuItem(
        _("Stocktaking"), reverse_lazy("stocktaking:list"), name="stocktaking", icon_name="list-ol", order=300,
        rights=rights_to("stocktaking"),
    )  # fmt: skip


def weeding() -> MenuItem:
    return RightMenuItem(
        _("Weeding"), reverse_lazy("weeding:list"), name="weeding", icon_name="bin", order=310,
        rights=rights_to("weedinglist"),
    )  # fmt: skip


def retention() -> Retention:
    """Sums and lists stay; who found what was expected is known for a year (hook `register_retention`)."""
    return Retention(
        name="scans",
        data=_("Which member of staff scanned which copy at a stocktaking"),
        reason=_("To ask where a copy was seen, and to count on where somebody stopped"),
        days=SCAN_DAYS,
        due=_old_scans,
        position=65,
    )


def _old_scans(at: datetime) -> QuerySet[Scan]:
    ended = Stocktaking.objects.filter(
        state__in=[Stocktaking.State.APPROVED, Stocktaking.State.CANCELLED],
        opened_at__lt=at - timedelta(days=SCAN_DAYS),
    )
    found = Q(undone=True) | Q(verdict__in=Scan.OF_THIS_STORE)
    return Scan.objects.filter(found, stocktaking__in=ended)


def rights() -> QuerySet[Permission]:
    """The rights that can be given to a group (hook `register_permissions`)."""
    actions = [
        f"{action}_{model}"
        for action in ("view", "add", "change")
        for model in ("stocktaking", "weedinglist")
    ]
    return Permission.objects.filter(
        content_type__app_label="catalog_pages",
        codename__in=[*actions, "approve_stocktaking", "approve_weeding"],
    )
