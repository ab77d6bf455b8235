"""Signed links: an address in a letter that lets its holder do one thing for a while, without signing in.

    token = sign("confirm-registration", {"registration": 7}, max_age=timedelta(days=3))
    data = read("confirm-registration", token)      # raises LinkExpired or LinkInvalid

Each purpose signs with a salt of its own: a token for one purpose opens nothing else. What it may be used for, and
how often, is decided by the caller.
"""

import time
from datetime import timedelta
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

LONGEST_TOKEN = 2000


class LinkError(ValueError):
    """The link cannot be used; str() says why, for the reader, in the active language."""


class LinkInvalid(LinkError):
    """Not signed by this portal for this purpose, or changed on its way."""


class LinkExpired(LinkError):
    """Signed for this purpose, but its time is over."""


def sign(purpose: str, data: Any, max_age: timedelta | None) -> str:
    """Return a token of letters, digits, `-`, `_` and `.` that carries `data` (anything JSON can).

    The data can be read by whoever has the link: put numbers into it, not people's details. `max_age` None never
    expires.
    """
    expires = None if max_age is None else int(time.time() + max_age.total_seconds())
    token = _signer(purpose).sign_object([expires, data], compress=True)
    if len(token) > LONGEST_TOKEN:
        raise ValueError("a link must carry less data than this")
    return token


def read(purpose: str, token: str) -> Any:
    """The data a token was signed with. Raises LinkExpired or LinkInvalid."""
    try:
        if len(token) > LONGEST_TOKEN:
            raise signing.BadSignature
        expires, data = _signer(purpose).unsign_object(token)
    except signing.BadSignature:
        raise LinkInvalid(_("This link is not complete. Copy the whole address from the letter.")) from None
    if expires is not None and time.time() > expires:
        raise LinkExpired(_("This link is too old. Ask for a new one."))
    return data


def _signer(purpose: str) -> signing.Signer:
    if not purpose:
        raise ValueError("a link needs a purpose")
    return signing.Signer(salt=f"library.links.{purpose}", sep=".")
