"""What a section shows of the pages below it: in groups, with pictures where staff want them, in few queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models.services import ServicePage, count_branches, in_groups
from library.models import PortalImage

FEW = 4  # so few services need no headings
RATIO = "fill-640x400"


@dataclass(slots=True)
class Group:
    """Pages under a heading; the heading is empty where one group is all there is."""

    title: str
    pages: list[Page] = field(default_factory=list)
    is_services: bool = False


def grouped_children(children: Iterable[Page], *, with_pictures: bool) -> list[Group]:
    """Services by group, then sections, then everything else, each in the order of the tree.

    Services learn in how many libraries they are (`branch_total`), and pages their `section_picture` if wanted.
    """
    pages = list(children)
    _prepare(pages, with_pictures)
    services = [page for page in pages if isinstance(page, ServicePage)]
    others = [page for page in pages if not isinstance(page, ServicePage)]
    groups = _service_groups(services)
    if others:
        groups.append(Group(_("More on this") if groups else "", others))
    return groups


def _service_groups(services: list[ServicePage]) -> list[Group]:
    found = in_groups(services)
    if len(services) <= FEW or len(found) == 1:
        return [Group("", services, is_services=True)] if services else []
    return [Group(str(group.label), list(pages), is_services=True) for group, pages in found]


def _prepare(pages: list[Page], with_pictures: bool) -> None:
    # Addresses ask for the locale of each page.
    prefetch_related_objects(pages, "locale")
    services = [page for page in pages if isinstance(page, ServicePage)]
    totals = count_branches(services) if services else {}
    for page in services:
        page.branch_total = totals.get(page.pk, 0)
    wanted = {page.pk: page.picture_id for page in pages if getattr(page, "picture_id", None)}
    pictures = _pictures(set(wanted.values())) if with_pictures else {}
    for page in pages:
        page.section_picture = pictures.get(wanted.get(page.pk))


def _pictures(ids: set[int]) -> dict[int, PortalImage]:
    return PortalImage.objects.prefetch_related("renditions").in_bulk(ids) if ids else {}
