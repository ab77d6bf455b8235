"""What a news item shows beside its own words, and how programs read it."""

from __future__ import annotations

from contextlib import suppress
from html import unescape
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import normalize_newlines
from wagtail.blocks import StreamValue
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from catalog_pages.models import Record

if TYPE_CHECKING:
    from home.models import NewsPage

RELATED = 3  # news of the same categories are added up to this number
PICTURE_FOR_MACHINES = "max-1600x1600|format-jpeg"


def plain_text(body: StreamValue) -> str:
    """The running text of a body, paragraphs parted by empty lines."""
    texts = (str(block.value.source) for block in body if block.block_type == "paragraph")
    parts = (unescape(strip_tags(text.replace("</p>", "\n\n").replace("<br/>", "\n"))) for text in texts)
    return "\n\n".join(part.strip() for part in (normalize_newlines(part) for part in parts) if part.strip())


def article_context(page: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """The photographs, what belongs to the news, and the list it stands in."""
    gallery = list(page.gallery.all())
    prefetch_related_objects(gallery, "picture__renditions")
    news, pages, records = related(page)
    index = page.get_parent()
    return {
        "gallery": gallery,
        "related_news": news,
        "related_pages": pages,
        "related_records": records,
        "index": index,
        "index_address": index.specific.get_url(request),
    }


def related(page: NewsPage) -> tuple[list[NewsPage], list[Page], list[Record]]:
    """News, pages and records that belong to a news item: those chosen, and news of its categories."""
    chosen = _chosen_pages(page)
    records = _chosen_records(page)
    numbers = [found.pk for found in chosen]
    news_by_number = type(page).objects.filter(pk__in=numbers).for_rows().in_bulk()
    news = [news_by_number[pk] for pk in numbers if pk in news_by_number]
    pages = [found for found in chosen if found.pk not in news_by_number]
    missing = RELATED - len(news)
    if missing > 0:
        news += _of_the_same_categories(page, leave_out=[page.pk, *numbers])[:missing]
    return news, pages, records


def _chosen_pages(page: NewsPage) -> list[Page]:
    """Published ones only, each in the language of the page where it is there in it."""
    keys = [
        block.value.translation_key for block in page.related if block.block_type == "page" and block.value
    ]
    if not keys:
        return []
    found: dict[Any, Page] = {}
    for version in Page.objects.filter(translation_key__in=keys).live().public().select_related("locale"):
        before = found.get(version.translation_key)
        if before is None or version.locale_id == page.locale_id:
            found[version.translation_key] = version
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _chosen_records(page: NewsPage) -> list[Record]:
    numbers = [block.value.pk for block in page.related if block.block_type == "record" and block.value]
    found = Record.objects.select_related("cover").in_bulk(numbers) if numbers else {}
    return [found[pk] for pk in dict.fromkeys(numbers) if pk in found]


def _of_the_same_categories(page: NewsPage, *, leave_out: list[int]) -> list[NewsPage]:
    own = list(page.categories.all())
    if not own:
        return []
    news = type(page).objects.for_readers(page.locale_id).of_any_category(own).exclude(pk__in=leave_out)
    return list(news.newest_first().for_rows()[:RELATED])


def structured_data(page: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """The news item as a NewsArticle of schema.org, addresses absolute."""
    from home.context import current_frame  # the frame asks the models which pages stand in the footer

    library = current_frame().name
    address = absolute(page.get_url(request) or "")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.content_language,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": page.date.isoformat(),
        "author": {"@type": "Organization", "name": page.author or library},
        "publisher": {"@type": "Organization", "name": library, "url": settings.BASE_URL},
        "isAccessibleForFree": True,
    }
    if page.last_published_at:
        data["dateModified"] = page.last_published_at.isoformat()
    if sections := [str(category) for category in page.categories.all()]:
        data["articleSection"] = sections
    if page.picture:
        with suppress(SourceImageIOError):  # its file is gone; the article is there still
            data["image"] = [absolute(page.picture.get_rendition(PICTURE_FOR_MACHINES).url)]
    return data


def absolute(address: str) -> str:
    """An address of the site with its host."""
    return address if address.startswith(("http://", "https://")) else settings.BASE_URL + address
