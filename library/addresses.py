"""Where a request came from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address the request came from; what the nearest proxy says, only where one is known to be there."""
    if settings.BEHIND_PROXY:
        # Every proxy adds at the end; what stands before was written by whoever asks.
        nearest = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if parsed(nearest):
            return nearest
    return str(request.META.get("REMOTE_ADDR", ""))


def parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
