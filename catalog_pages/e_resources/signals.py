"""What must follow when a resource is published by Wagtail's own views, which call no service of ours."""

from typing import Any

from wagtail.signals import page_published

from catalog_pages.e_resources.services import share_facts
from catalog_pages.models import EResourcePage


def connect() -> None:
    page_published.connect(_published, sender=EResourcePage, dispatch_uid="e-resource-published")


def _published(instance: EResourcePage, **_kwargs: Any) -> None:
    """Facts are kept on one page; those in other languages follow."""
    share_facts(instance)
