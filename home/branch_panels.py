"""What the website itself puts on the page of a library by the hook `register_branch_panel`."""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from home.models.clubs import clubs_of
from library.models import Branch


def clubs_panel(request: HttpRequest, branch: Branch) -> str | None:
    """The clubs that meet in the library; None where there are none."""
    language = get_language() or settings.LANGUAGE_CODE
    if language not in settings.CONTENT_LANGUAGES:
        language = settings.LANGUAGE_CODE
    clubs = list(clubs_of(branch, language))
    if not clubs:
        return None
    return render_to_string("home/includes/branch_clubs.html", {"clubs": clubs}, request)
