"""Copies of pictures are made when a page is published, so that its first reader does not wait for them.

A page with a gallery needs some hundred copies in several sizes and formats. The worker makes them by showing the
page to itself; a reader who comes sooner gets the page all the same, only later.
"""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django_tasks import task
from wagtail.models import Page
from wagtail.signals import page_published


def connect() -> None:
    page_published.connect(_ask_for_copies, dispatch_uid="home-picture-copies")


def _ask_for_copies(instance: Page, **_kwargs: object) -> None:
    transaction.on_commit(lambda: make_copies.enqueue(instance.pk), robust=True)


@task()
def make_copies(page_id: int) -> None:
    """Make every copy of a picture that a published page shows."""
    page = Page.objects.live().filter(pk=page_id).specific().first()
    if page is not None and page.is_previewable():
        with translation.override(settings.LANGUAGE_CODE):
            page.make_preview_request(preview_mode=page.default_preview_mode)
            if prepare := getattr(page, "prepare_files", None):
                prepare()
