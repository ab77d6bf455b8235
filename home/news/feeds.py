"""News as RSS and Atom: all, of a category, of a library."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from home.models import NewsIndexPage, NewsPage
from home.news.articles import absolute
from home.news.lists import Choice

ENTRIES = 30


class _Atom(Atom1Feed):
    """Each entry says in which language it is: what is not translated yet stands in another."""

    def item_attributes(self, item: Mapping[str, Any]) -> dict[str, str]:
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class _Rss(Rss201rev2Feed):
    """The same by Dublin Core, for RSS has a language of the whole only."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: Any, item: Mapping[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["language"])


FEEDS: Mapping[str, type[_Atom] | type[_Rss]] = {"atom": _Atom, "rss": _Rss}


def news_feed(index: NewsIndexPage, request: HttpRequest, form: str, choice: Choice) -> HttpResponse:
    """The newest of the chosen news. Raises Http404 for a form that there is not."""
    from home.context import current_frame  # the frame asks the models which pages stand in the footer

    if form not in FEEDS:
        raise Http404
    address = absolute(index.get_url(request) or "")
    frame = current_frame()
    writer = FEEDS[form](
        title=" – ".join(filter(None, (index.title, choice.title, frame.short_name or frame.name))),
        link=address + choice.path,
        description=index.intro or frame.name,
        language=index.locale.language_code,
        feed_url=absolute(request.path),
    )
    for news in choice.of(index.news).newest_first().for_rows()[:ENTRIES]:
        _add(writer, news, request)
    response = HttpResponse(writer.writeString("utf-8"), content_type=writer.content_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _add(writer: _Atom | _Rss, news: NewsPage, request: HttpRequest) -> None:
    address = absolute(news.get_url(request) or "")
    writer.add_item(
        title=news.title,
        link=address,
        description=news.summary,
        author_name=news.author or None,
        pubdate=moment(news),
        updateddate=news.last_published_at or moment(news),
        unique_id=address,
        categories=[str(category) for category in news.categories.all()],
        language=news.content_language,
    )


def moment(news: NewsPage) -> datetime:
    """When the news came: the hour it was first published, where that was on its own day; else the day's noon."""
    first = news.first_published_at
    if first and timezone.localdate(first) == news.date:
        return first
    return timezone.make_aware(datetime.combine(news.date, time(12)))
