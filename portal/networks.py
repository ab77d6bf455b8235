"""Networks named in settings."""

import ipaddress
from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_networks(setting: str, texts: Iterable[str]) -> list[Network]:
    """Return the addresses and networks a setting names. Raises ImproperlyConfigured, naming the setting."""
    try:
        return [ipaddress.ip_network(text.strip(), strict=False) for text in texts if text.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{setting} takes addresses and networks like 10.0.0.0/8: {error}"
        ) from error
