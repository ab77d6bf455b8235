"""Keeping the search index true when pages and libraries change.

Signals, because pages are published and settings saved by Wagtail's own views, which call no service of ours.
"""

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    init_new_page,
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from home.news import publishing
from home.restrictions import pages_below, pages_of, pages_of_group
from home.sources import EResourceSource, NewsSource, PageSource
from home.start_texts import begin_page
from library.models import Branch
from search.outbox import enqueue

# Those whose documents are pages.
PAGE_SOURCES = (PageSource.name, EResourceSource.name, NewsSource.name)


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed):
        signal.connect(_page_changed, dispatch_uid=f"home-page-{id(signal)}")
    init_new_page.connect(begin_page, dispatch_uid="home-new-page")
    post_page_move.connect(_pages_moved, dispatch_uid="home-page-moved")
    for signal in (post_save, post_delete):
        signal.connect(
            _restriction_changed, sender=PageViewRestriction, dispatch_uid=f"home-restriction-{id(signal)}"
        )
    m2m_changed.connect(
        _groups_changed, sender=PageViewRestriction.groups.through, dispatch_uid="home-restriction-groups"
    )
    pre_delete.connect(_group_deleted, sender=Group, dispatch_uid="home-restriction-group")
    post_delete.connect(_page_deleted, dispatch_uid="home-page-deleted")
    publishing.connect()
    for signal in (post_save, post_delete):
        signal.connect(_branch_changed, sender=Branch, dispatch_uid=f"home-branch-{id(signal)}")


def _page_changed(instance: Page, **_kwargs: object) -> None:
    _enqueue([instance.pk])


def _pages_moved(instance: Page, **_kwargs: object) -> None:
    """What is restricted above the new place holds for all pages below, too."""
    _enqueue(pages_below(instance))


def _restriction_changed(instance: PageViewRestriction, **_kwargs: object) -> None:
    _enqueue(pages_below(instance.page))


def _groups_changed(
    instance: PageViewRestriction | Group, reverse: bool, pk_set: set[int] | None, **_kwargs: object
) -> None:
    """The groups of a restriction were changed, or (`reverse`) the restrictions of a group."""
    if not reverse:
        _enqueue(pages_below(instance.page))
    elif pk_set:
        _enqueue(pages_of(PageViewRestriction.objects.filter(pk__in=pk_set)))


def _group_deleted(instance: Group, **_kwargs: object) -> None:
    _enqueue(pages_of_group(instance))


def _page_deleted(sender: type, instance: object, **_kwargs: object) -> None:
    # Only for the Page row itself, whatever the page's type: it is deleted once.
    if sender is Page:
        _page_changed(instance)


def _enqueue(ids: list[int]) -> None:
    """Pages of every kind: each source knows which of them are its own."""
    for source in PAGE_SOURCES:
        enqueue(source, ids)


def _branch_changed(instance: Branch, **_kwargs: object) -> None:
    enqueue("branch", [instance.pk])
