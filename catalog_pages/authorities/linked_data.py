"""An entry of the authority file in the words of schema.org, for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from library.models import Authority, AuthorityIdentifier, AuthorityName
from library.text import in_language

_TYPES = {
    Authority.Kind.PERSON: "Person",
    Authority.Kind.BODY: "Organization",
    Authority.Kind.PLACE: "Place",
    Authority.Kind.WORK: "CreativeWork",
}


def linked_data(
    authority: Authority,
    names: Sequence[AuthorityName],
    identifiers: Sequence[AuthorityIdentifier],
    address: str,
) -> dict[str, Any]:
    """The entry as schema.org JSON-LD, with its other names and its numbers elsewhere."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(Authority.Kind(authority.kind), "DefinedTerm"),
        "@id": address,
        "url": address,
        "name": str(authority),
        "alternateName": [name.name for name in names],
        "description": in_language(authority.note),
        "sameAs": [number.address for number in identifiers if number.address],
    }
    if authority.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": str(authority.latitude),
            "longitude": str(authority.longitude),
        }
    return {key: value for key, value in data.items() if value}
