"""What pages may load, and from where: from the site itself, and pictures of a map where staff set a tile server."""

from collections.abc import Iterable
from typing import Any

from csp.constants import NONCE, NONE, SELF


def content_security_policy(*, pictures_from: Iterable[str] = ()) -> dict[str, Any]:
    """Return the policy of the public site as django-csp takes it."""
    return {
        "EXCLUDE_URL_PREFIXES": ["/admin/"],
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF, NONCE],
            "style-src": [SELF],
            "img-src": [SELF, "data:", *pictures_from],
            "font-src": [SELF],
            "connect-src": [SELF],
            "media-src": [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [SELF],
            "base-uri": [NONE],
            "object-src": [NONE],
        },
    }
