"""Addresses that staff write into links: which may stand there, and which could harm readers."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SCHEMES = ("https", "http", "mailto", "tel")
# Browsers pass over them within an address: `java\tscript:` would be a program.
HIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufffd]")


def checked_address(address: str) -> str:
    """Return an address of this site (`/…`) or of the web. Raises ValidationError with words for staff."""
    address = address.strip()
    if HIDDEN.search(address):
        raise ValidationError(_("An address has no blanks."))
    if address.startswith("/"):
        if address.startswith(("//", "/\\")):
            raise ValidationError(_("Begin with /, https://, mailto: or tel:."))
        return address
    try:
        parts = urlsplit(address)
        is_complete = bool(parts.hostname if parts.scheme in ("https", "http") else parts.path)
    except ValueError:
        is_complete = False
    if not is_complete or parts.scheme not in SCHEMES:
        raise ValidationError(_("Begin with /, https://, mailto: or tel:."))
    return address


def checked_web_address(address: str) -> str:
    """The same for pages of other sites only. Raises ValidationError."""
    address = checked_address(address)
    if not address.startswith(("https://", "http://")):
        raise ValidationError(_("Begins with https:// or http://"))
    return address


def host_of(address: str) -> str:
    """The site an address leads to, as readers know it: without `www.`"""
    return (urlsplit(address).hostname or "").removeprefix("www.")
