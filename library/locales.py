"""The languages that a library writes in, as Wagtail keeps them."""

from typing import Any

from django.conf import settings
from django.db import connections, router
from wagtail.models import Locale


def content_codes() -> list[str]:
    """The content languages, the library's own first."""
    return list(dict.fromkeys([settings.LANGUAGE_CODE, *settings.CONTENT_LANGUAGES]))


def create_content_locales(*, using: str = "default", **_kwargs: Any) -> None:
    """Make a Wagtail locale for each content language that has none; called after every migration."""
    if not router.allow_migrate_model(using, Locale):
        return
    if Locale._meta.db_table not in connections[using].introspection.table_names():
        return
    for code in content_codes():
        Locale.all_objects.using(using).get_or_create(language_code=code)


def content_locales() -> list[Locale]:
    """The locales of the content languages, the library's own first."""
    found = {
        locale.language_code: locale for locale in Locale.objects.filter(language_code__in=content_codes())
    }
    return [found[code] for code in content_codes() if code in found]
