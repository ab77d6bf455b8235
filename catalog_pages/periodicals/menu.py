"""Where staff find periodicals, and what is done for them every night."""

from __future__ import annotations

from datetime import time

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from catalog_pages.items.menu import RightMenuItem
from catalog_pages.periodicals.services import expect_all
from catalog_pages.periodicals.views import ANY
from library.schedule import Scheduled


def addresses() -> list[URLPattern | URLResolver]:
    return [path("catalogue/periodicals/", include("catalog_pages.periodicals.urls"))]


def periodicals() -> MenuItem:
    return RightMenuItem(
        _("Periodicals"), reverse_lazy("periodicals:list"), name="periodicals", icon_name="doc-full", order=220,
        rights=ANY,
    )  # fmt: skip


def schedule() -> Scheduled:
    return Scheduled(
        name="periodicals", label=_("Write down the issues of periodicals to be expected"), run=expect_all,
        at=time(3, 30),
    )  # fmt: skip
