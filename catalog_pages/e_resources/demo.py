"""The demo's electronic resources: well-known ones that are free for everybody, as pages in each language."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from catalog_pages.models import EResourceIndexPage, EResourcePage, EResourceSubject
from library.aliases import make_aliases
from library.demo import DemoProfile
from library.text import in_language

SLUG = "e-resources"
Versions = Mapping[str, Page]


@transaction.atomic
def load_e_resources(profile: DemoProfile) -> None:
    """Create the list and what is missing below it, once the home pages are there. Loading twice changes nothing."""
    texts = profile.document("e_resources")
    homes = _homes()
    if not texts or not homes:
        return
    subjects = {entry["id"]: _subject(entry, place) for place, entry in enumerate(texts["subjects"])}
    lists = _versions(homes, EResourceIndexPage, SLUG, texts, {})
    for entry in texts["resources"]:
        facts = {name: entry[name] for name in ("address", "kind", "access", "provider")}
        facts["languages"] = f" {' '.join(entry['languages'])} "
        pages = _versions(lists, EResourcePage, entry["slug"], entry, facts)
        first = next(iter(pages.values()))
        if not first.subjects.exists():
            for page in pages.values():
                page.subjects = [subjects[name] for name in entry["subjects"]]
                page.save()
    for page in (*lists.values(), *EResourcePage.objects.child_of(next(iter(lists.values())))):
        make_aliases(page=page)


def _homes() -> Versions:
    """The home page in each language it is written in, the library's own first."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or site.root_page.specific_class is Page:  # what Wagtail welcomes developers with
        return {}
    pages = site.root_page.get_translations(inclusive=True).filter(alias_of=None).select_related("locale")
    found = {page.locale.language_code: page for page in pages}
    return dict(sorted(found.items(), key=lambda pair: pair[0] != settings.LANGUAGE_CODE))


def _subject(entry: Mapping[str, Any], position: int) -> EResourceSubject:
    name = entry["name"]
    there = next((one for one in EResourceSubject.objects.all() if one.name == name), None)
    return there or EResourceSubject.objects.create(name=name, main_class=entry["class"], position=position)


def _versions(
    parents: Versions, model: type[Page], slug: str, texts: Mapping[str, Any], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """The page in each language, made where it is missing."""
    there = {
        code: model.objects.child_of(parent).filter(slug=slug).first() for code, parent in parents.items()
    }
    key = next((page.translation_key for page in there.values() if page), None)
    for code, parent in parents.items():
        if there[code]:
            continue
        page = model(
            title=in_language(texts["title"], code), slug=slug, intro=in_language(texts["intro"], code),
            locale=parent.locale, **facts,
        )  # fmt: skip
        if key:
            page.translation_key = key
        parent.add_child(instance=page)
        there[code], key = page, page.translation_key
    return there
