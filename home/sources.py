"""Pages and libraries as the search finds them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from catalog_pages.models import EResourcePage
from home.models import NewsPage
from home.restrictions import page_audiences
from library.models import Branch
from library.names import language_code
from library.text import in_language
from search.documents import EVERYONE, Document
from search.sorting import filing_key


class PageSource:
    """Published editorial pages; an alias repeats another page's words and is left out."""

    name = "page"
    label = _("Pages")
    template = "search/parts/pages.html"
    position = 90
    listing = ""

    def objects(self, ids: Sequence[int], audience: Sequence[str] = (EVERYONE,)) -> list[Page]:
        found = self._pages().select_related("locale").filter(pk__in=ids).specific().in_bulk()
        # Asked once more: the index may not know yet that a page has been shut.
        allowed = page_audiences(found.values())
        return [found[pk] for pk in ids if pk in found and not set(allowed[pk]).isdisjoint(audience)]

    def _pages(self) -> QuerySet[Page]:
        # Depth 1 is Wagtail's root, 2 the home pages, which say nothing of their own.
        return Page.objects.live().filter(alias_of=None, depth__gt=2).not_exact_type(EResourcePage, NewsPage)

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        pages = list(self._pages().filter(pk__in=ids).select_related("locale").specific())
        audiences = page_audiences(pages)
        for page in pages:
            if not audiences[page.pk]:
                continue
            language = page.locale.language_code
            code = language_code(language)
            yield Document(
                id=f"{self.name}:{page.pk}",
                kind=self.name,
                language=code,
                title=page.title,
                notes=tuple(_words(page)),
                audience=audiences[page.pk],
                facets={"language": (code,)} if code else {},
                title_sort=filing_key(page.title, language),
                added=_seconds(page.first_published_at),
            )

    def ids_after(self, after: int, limit: int) -> list[int]:
        return list(self._pages().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])

    def count(self) -> int:
        return self._pages().count()


class EResourceSource(PageSource):
    """Electronic resources: pages with a group of their own, where those whose trial has ended are not found."""

    name = "eresource"
    label = _("Electronic resources")
    template = "search/parts/e_resources.html"
    position = 30

    def _pages(self) -> QuerySet[Page]:
        return Page.objects.filter(pk__in=EResourcePage.objects.listed().filter(alias_of=None).values("pk"))


class NewsSource(PageSource):
    """News: pages with a group of their own."""

    name = "news"
    label = _("News")
    template = "search/parts/news.html"
    position = 80

    def objects(self, ids: Sequence[int], audience: Sequence[str] = (EVERYONE,)) -> list[Page]:
        allowed = [page.pk for page in super().objects(ids, audience)]
        found = NewsPage.objects.for_rows().in_bulk(allowed)
        return [found[pk] for pk in allowed if pk in found]

    def _pages(self) -> QuerySet[Page]:
        return Page.objects.live().filter(alias_of=None).exact_type(NewsPage)


class BranchSource:
    """Libraries, found by their names in any language and by what is said of them."""

    name = "branch"
    label = _("Libraries")
    template = "search/parts/branches.html"
    position = 20
    listing = "home:branches"

    def objects(self, ids: Sequence[int], audience: Sequence[str] = (EVERYONE,)) -> list[Branch]:
        found = Branch.objects.on_site().in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    def documents(self, ids: Sequence[int]) -> Iterable[Document]:
        for branch in Branch.objects.on_site().filter(pk__in=ids):
            title = in_language(branch.name, settings.LANGUAGE_CODE) or branch.code
            said = (branch.name, branch.place, branch.address, branch.about)
            texts = [text for words in said for text in (words or {}).values()]
            yield Document(
                id=f"branch:{branch.pk}",
                kind="branch",
                title=title,
                notes=tuple(dict.fromkeys(text for text in texts if text and text != title)),
                identifiers=(branch.code,),
                facets={"branch": (branch.code,)},
                title_sort=filing_key(title, settings.LANGUAGE_CODE),
            )

    def ids_after(self, after: int, limit: int) -> list[int]:
        rows = Branch.objects.on_site().filter(pk__gt=after).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:limit])

    def count(self) -> int:
        return Branch.objects.on_site().count()


def _words(page: Page) -> Iterable[str]:
    if intro := getattr(page, "intro", ""):
        yield intro
    if isinstance(page, EResourcePage):
        yield from (text for text in (strip_tags(page.description), page.provider) if text)
        yield from (name for subject in page.subjects.all() for name in subject.name.values())
    if isinstance(page, NewsPage):
        yield from (name for category in page.categories.all() for name in category.name.values() if name)
    if texts := getattr(page, "search_texts", None):
        yield from (text for text in texts() if text)
    for name in _streams(type(page)):
        stream = getattr(page, name)
        yield from (text for text in stream.stream_block.get_searchable_content(stream) if text)


@lru_cache(maxsize=64)
def _streams(model: type[Page]) -> tuple[str, ...]:
    """The names of a page type's streams of blocks, the content first."""
    names = [field.name for field in model._meta.fields if isinstance(field, StreamField)]
    return tuple(sorted(names, key=lambda name: name != "body"))


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0
