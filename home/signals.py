"""Keeping the cached frame and the search index true when pages and libraries change.

Signals, because pages are published and settings saved by Wagtail's own views, which call no service of ours.
"""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.context import forget_frame
from library.models import (
    Branch,
    DatedHours,
    MovedWorkingDay,
    OpeningHours,
    PublicHoliday,
    SystemSettings,
)
from search.outbox import enqueue

# What the header and footer show.
FRAME_MODELS = (Branch, OpeningHours, DatedHours, PublicHoliday, MovedWorkingDay, SystemSettings)


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_page_changed, dispatch_uid=f"home-page-{id(signal)}")
    post_delete.connect(_page_deleted, dispatch_uid="home-page-deleted")
    for signal in (post_save, post_delete):
        for model in FRAME_MODELS:
            signal.connect(_system_changed, sender=model, dispatch_uid=f"home-{model.__name__}-{id(signal)}")
        signal.connect(_branch_changed, sender=Branch, dispatch_uid=f"home-branch-{id(signal)}")


def _page_changed(instance: Page, **_kwargs: object) -> None:
    enqueue("page", [instance.pk])
    _forget_frame_after_commit()


def _page_deleted(sender: type, instance: object, **_kwargs: object) -> None:
    # Only for the Page row itself, whatever the page's type: it is deleted once.
    if sender is Page:
        _page_changed(instance)


def _branch_changed(instance: Branch, **_kwargs: object) -> None:
    enqueue("branch", [instance.pk])


def _system_changed(**_kwargs: object) -> None:
    _forget_frame_after_commit()


def _forget_frame_after_commit() -> None:
    # Sooner, another process would fill the cache again with what it still sees.
    transaction.on_commit(forget_frame, robust=True)
