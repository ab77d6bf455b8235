"""What templates say about electronic resources."""

from urllib.parse import urlsplit

from django import template

from catalog_pages.models import EResourcePage
from library.models import Branch
from library.names import language_name
from library.text import capitalised

register = template.Library()


@register.filter
def language_names(page: EResourcePage) -> list[str]:
    """The names of its languages."""
    return [capitalised(language_name(code)) for code in page.language_codes]


@register.filter
def site_name(page: EResourcePage) -> str:
    """Where the address leads: the name of the host without www."""
    return (urlsplit(page.address).hostname or "").removeprefix("www.")


@register.filter
def places(page: EResourcePage) -> list[Branch]:
    """The libraries where it may be used, in their order."""
    return sorted(page.branches.all(), key=lambda branch: (branch.position, branch.code))
