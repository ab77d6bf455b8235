"""A site of one's own, with nothing in it yet: the home page in each language, ready to be filled."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Site

from home.demo_pages import load_homes
from library.models import SystemSettings


@transaction.atomic
def start_site(*, name: str) -> None:
    """Create the home pages that are missing and name the library system, unless it has a name.

    Starting again changes nothing.
    """
    languages = sorted(settings.CONTENT_LANGUAGES, key=lambda code: code != settings.LANGUAGE_CODE)
    texts = {"title": dict.fromkeys(languages, name), "hero_title": {}, "hero_text": {}}
    for code in languages:
        with translation.override(code):
            texts["hero_title"][code] = _("What would you like to read?")
    load_homes(languages, texts, {})
    system = SystemSettings.for_site(Site.objects.get(is_default_site=True))
    if not system.system_name:
        system.system_name = {settings.LANGUAGE_CODE: name}
        system.save()
