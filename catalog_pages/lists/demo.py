"""The demo's lists of books: pages below the home page of each language that the library writes in."""

import json

from django.db import transaction
from wagtail.models import Page, Site

from catalog_pages.demo import SOURCE
from catalog_pages.models import ListPage, Record
from library.demo import DemoProfile


@transaction.atomic
def load_lists(profile: DemoProfile) -> None:
    """Create the lists of a profile that are missing; those that are there are left as they are."""
    entries = profile.document("lists").get("lists", [])
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if not entries or site is None:
        return
    for entry in entries:
        _load_list(entry, site.root_page)


def _load_list(entry: dict, root: Page) -> None:
    found = Record.objects.filter(source=SOURCE, control_number__in=entry["records"])
    numbers = dict(found.values_list("control_number", "pk"))
    body = [
        {"type": "record", "value": {"record": numbers[name], "note": ""}}
        for name in entry["records"]
        if name in numbers
    ]
    key = None
    for home in root.get_translations(inclusive=True).select_related("locale"):
        language = home.locale.language_code
        if language not in entry["title"] or home.get_children().filter(slug=entry["slug"]).exists():
            continue
        page = ListPage(
            title=entry["title"][language],
            slug=entry["slug"],
            intro=entry["intro"].get(language, ""),
            layout=entry["layout"],
            body=json.dumps(body),
            locale=home.locale,
        )
        if key:
            page.translation_key = key
        home.add_child(instance=page)
        key = page.translation_key
