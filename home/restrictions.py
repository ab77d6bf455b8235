"""Who may find a page: what Wagtail's privacy settings of the page and of those above it come to.

A page behind a password is found by nobody: who has the password has the address.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.models import Page, PageViewRestriction

from library.audiences import SIGNED_IN, group_audience
from search.documents import EVERYONE


def page_audiences(pages: Iterable[Page]) -> dict[int, tuple[str, ...]]:
    """The audience of each page by its key; () where nobody may find it. Two queries for any number of pages."""
    restrictions = [
        (
            restriction.page.path,
            restriction.restriction_type,
            {group_audience(group.pk) for group in restriction.groups.all()},
        )
        for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    ]
    return {
        page.pk: _audience(
            [(kind, groups) for path, kind, groups in restrictions if page.path.startswith(path)]
        )
        for page in pages
    }


def _audience(restrictions: list[tuple[str, set[str]]]) -> tuple[str, ...]:
    """Every restriction must be met: of several lists of groups those that stand in all of them remain."""
    kinds = {kind for kind, _groups in restrictions}
    if PageViewRestriction.PASSWORD in kinds:
        return ()
    lists = [groups for kind, groups in restrictions if kind == PageViewRestriction.GROUPS]
    if lists:
        return tuple(sorted(set.intersection(*lists)))
    return (SIGNED_IN,) if kinds else (EVERYONE,)


def pages_below(page: Page) -> list[int]:
    """The keys of a page and of all pages below it, which share its restrictions."""
    return list(Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))


def pages_of_group(group: Group) -> list[int]:
    """The keys of all pages that only certain groups may see, this one among them."""
    return pages_of(PageViewRestriction.objects.filter(groups=group))


def pages_of(restrictions: QuerySet[PageViewRestriction]) -> list[int]:
    """The keys of all pages that these restrictions hold for."""
    return [
        key for restriction in restrictions.select_related("page") for key in pages_below(restriction.page)
    ]
