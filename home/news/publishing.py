"""Announcing news when they are published.

A signal, because pages are published by Wagtail's own views and by its schedule, which call no service of ours.
"""

from django.utils.encoding import uri_to_iri
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from home.models import NewsPage
from home.news.articles import absolute
from library import announcements
from library.announcements import Announced
from library.text import in_language


def connect() -> None:
    page_published.connect(_published, sender=NewsPage, dispatch_uid="news-published")
    page_unpublished.connect(_unpublished, sender=NewsPage, dispatch_uid="news-unpublished")


def announced(page: NewsPage) -> Announced:
    """The news item as it is announced elsewhere."""
    language = page.content_language
    tags = [in_language(category.name, language) for category in page.categories.all()]
    if page.branch:
        tags.append(in_language(page.branch.name, language))
    return Announced(
        key=key_of(page),
        title=page.title,
        address=uri_to_iri(absolute(page.get_url() or "")),  # readable, and a third of the length
        summary=page.summary,
        text=page.text,
        tags=tags,
        picture=page.picture,
        picture_text=page.picture_alt,
        language=language,
        is_published=page.live,
    )


def key_of(page: Page) -> str:
    return f"page:{page.pk}"


def _published(instance: NewsPage, **_kwargs: object) -> None:
    # What only some may read is told to nobody; a stand-in in another language repeats what was told already.
    if instance.announce_in_telegram and not instance.alias_of_id and not instance.get_view_restrictions():
        announcements.announce(announced(instance))


def _unpublished(instance: NewsPage, **_kwargs: object) -> None:
    announcements.withdraw(key_of(instance))
