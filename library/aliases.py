"""Aliases: a page that is not translated yet stands in the other languages too, and says which it is written in.

Wagtail's simple_translation makes them only for pages created in the administration. This does the same for pages
that code creates, for copies, and for all pages when a language is added.
"""

from django.db import transaction
from wagtail.models import Locale, Page

from library.locales import content_locales


@transaction.atomic
def make_aliases(*, page: Page) -> list[Page]:
    """Give a page an alias in each content language that it lacks, and its ancestors too; return the new ones.

    Nothing is done for the root and for pages that are aliases themselves. The alias follows its page: what is
    published there shows here, until an editor translates it. Run twice, it changes nothing the second time.
    """
    if page.depth < 2 or page.alias_of_id:
        return []
    there = set(page.get_translations(inclusive=True).values_list("locale", flat=True))
    return [_alias(page, locale) for locale in content_locales() if locale.pk not in there]


def make_all_aliases() -> int:
    """Give every page the aliases it lacks, parents before children; return how many were made."""
    made = 0
    pages = Page.objects.filter(depth__gt=1, alias_of=None).order_by("depth", "path")
    for page in pages.iterator(chunk_size=200):
        made += len(make_aliases(page=page))
    return made


def _alias(page: Page, locale: Locale) -> Page:
    return page.copy_for_translation(locale, copy_parents=True, alias=True)
