"""Keeping the facts of a resource alike in all languages, ending trials, and counting use."""

from datetime import date

from django.db import transaction
from django.http import HttpRequest
from wagtail.models import Page

from catalog_pages.models import EResourcePage
from library import statistics

USED = "e_resources"


@transaction.atomic
def share_facts(page: EResourcePage) -> int:
    """Give the translations of a source its facts (each takes them when it is saved); return how many there are."""
    if page.alias_of_id or page.source.pk != page.pk:
        return 0
    others = EResourcePage.objects.filter(translation_key=page.translation_key, alias_of=None)
    translations = list(others.exclude(pk=page.pk).specific())
    for translation in translations:
        translation.save()
        translation.update_aliases()
    return len(translations)


def end_trials(at: date | None = None) -> int:
    """Take resources off the site whose trial has ended, in every language; return how many.

    Readers do not see them from the day after their last one on: this puts the pages themselves right.
    """
    ended = EResourcePage.objects.live().ended(at).filter(alias_of=None)
    for page in ended:
        with transaction.atomic():
            page.unpublish(log_action=True)
    return len(ended)


def count_use(page: EResourcePage) -> None:
    """One more reader has gone there: counted by day and resource, without anything about the reader."""
    statistics.count(USED, kind=page.source.slug)


def may_open(page: Page, request: HttpRequest) -> bool:
    """Whether the page's privacy settings let this visitor see it."""
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
