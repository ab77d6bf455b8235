"""Addresses of map services, as the settings name them."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

MAP_CREDIT = "© OpenStreetMap contributors"
OPENSTREETMAP = (
    "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
)


def map_origins(*, tiles: str, link: str) -> list[str]:
    """The origins pictures of maps come from, as a content security policy names them; none without a tile server.

    Raises ImproperlyConfigured, naming the setting, where an address cannot be one; empty ones are right.
    """
    _check("MAP_TILES", tiles, ("z", "x", "y"))
    _check("MAP_LINK", link, ("latitude", "longitude"))
    return [_origin(tiles)] if tiles else []


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _check(name: str, address: str, needed: tuple[str, ...]) -> None:
    if address and not _is_right(address, needed):
        words = ", ".join(f"{{{word}}}" for word in needed)
        raise ImproperlyConfigured(f"{name} must be an https:// address with {words}; not {address!r}")


def _is_right(address: str, needed: tuple[str, ...]) -> bool:
    try:
        host = urlsplit(address.format(**dict.fromkeys(needed, "1"))).hostname
        origin = _origin(address)
    except (KeyError, IndexError, ValueError):
        return False
    # The origin is written into a header: nothing may end it early.
    is_plain = not any(sign.isspace() or sign in ";,'\"{}" for sign in origin)
    return (
        bool(host)
        and is_plain
        and origin.startswith("https://")
        and all(f"{{{w}}}" in address for w in needed)
    )
