"""Building the pages of a demo site from its tables: each names its type, its address and what its fields say."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import NewsCategory
from library.demo import LANGUAGES

PLAIN = "ContentPage"
# What an entry says about its place in the tree; everything else is a field of its type.
PLACE = {"type", "slug", "in_menu", "in_footer", "children"}
# By which of its fields a table names what a page points to.
NAMED_BY = {"branch": "code", "newscategory": "slug", "department": "name__az", "portalimage": "title"}


def load_categories(entries: list[dict]) -> None:
    """Create the categories of news that are missing."""
    for position, entry in enumerate(entries):
        NewsCategory.objects.get_or_create(
            slug=entry["slug"], defaults={"name": entry["name"], "position": position}
        )


def load_page(parents: Mapping[str, Page], entry: dict) -> None:
    """Create a page and those below it in every language the entry has; pages that are there stay as they are.

    Where staff have put a page of another type in the place of a parent, nothing is put below it that it cannot hold.
    """
    model = apps.get_model("home", entry.get("type", PLAIN))
    found = {
        code: Page.objects.child_of(parent).filter(slug=entry["slug"]).first()
        for code, parent in parents.items()
    }
    versions = {code: page for code, page in found.items() if page}
    for code, parent in parents.items():
        if code in versions or code not in entry["title"] or not model.can_exist_under(parent):
            continue
        page = _made(model, entry, code)
        page.locale = parent.locale
        if versions:
            page.translation_key = next(iter(versions.values())).translation_key
        versions[code] = parent.add_child(instance=page)
    for child in entry.get("children", []):
        load_page(versions, child)


def in_one_language(value: Any, code: str) -> Any:
    """The value with each {language: text} in it replaced by the text in one language, None where there is none."""
    if isinstance(value, dict):
        if set(value) <= set(LANGUAGES):
            return value.get(code)
        return {name: in_one_language(part, code) for name, part in value.items()}
    if isinstance(value, list):
        return [in_one_language(part, code) for part in value]
    return value


def _made(model: type[Page], entry: dict, code: str) -> Page:
    now = timezone.now()
    page = model(
        slug=entry["slug"],
        show_in_menus=entry.get("in_menu", False),
        first_published_at=now,
        last_published_at=now,
    )
    if "in_footer" in entry:
        page.show_in_footer = entry["in_footer"]
    for name in entry.keys() - PLACE:
        value = in_one_language(entry[name], code)
        if value is not None:
            setattr(page, name, _field_value(model._meta.get_field(name), value))
    return page


def _field_value(field: models.Field, value: Any) -> Any:
    """What a field holds for what the table says: blocks, what is named by its code, a day counted from today."""
    if isinstance(field, StreamField):
        return json.dumps(value)
    if field.many_to_many or field.many_to_one:
        name = NAMED_BY[field.related_model._meta.model_name]
        rows = field.related_model.objects.filter(
            **{f"{name}__in": value if field.many_to_many else [value]}
        ).order_by("pk")
        return list(rows) if field.many_to_many else rows.first()
    if isinstance(field, models.DateField) and isinstance(value, int):
        return timezone.localdate() + timedelta(days=value)
    return value
