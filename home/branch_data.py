"""A library in the words of schema.org, for search engines and assistants."""

from collections.abc import Iterable
from typing import Any

from library.calendar import DayHours
from library.fields import phones
from library.models import Branch
from library.text import in_language

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def structured_data(
    branch: Branch,
    *,
    url: str,
    week: Iterable[DayHours],
    exceptions: Iterable[DayHours] = (),
    image: str = "",
    system: str = "",
) -> dict[str, Any]:
    """A `Library` with address, place, hours and what it offers; `url` and `image` are whole addresses."""
    data = {
        "@context": "https://schema.org",
        "@type": "Library",
        "@id": url,
        "url": url,
        "name": str(branch),
        "description": in_language(branch.about),
        "image": image,
        "address": _address(branch),
        "geo": _geo(branch),
        "telephone": phones(branch.phone),
        "email": branch.email,
        "sameAs": branch.website,
        "openingHoursSpecification": [spec for day in week for spec in _weekly(day)],
        "specialOpeningHoursSpecification": [spec for day in exceptions for spec in _dated(day)],
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": str(label), "value": True}
            for label in [*branch.facility_labels, *branch.accessibility_labels]
        ],
        "parentOrganization": {"@type": "Organization", "name": system} if system else None,
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in data.items() if value}


def _address(branch: Branch) -> dict[str, str]:
    address = {
        "streetAddress": in_language(branch.address),
        "addressLocality": in_language(branch.place),
    }
    known = {name: value for name, value in address.items() if value}
    return {"@type": "PostalAddress", **known} if known else {}


def _geo(branch: Branch) -> dict[str, Any]:
    if branch.latitude is None or branch.longitude is None:
        return {}
    return {
        "@type": "GeoCoordinates",
        "latitude": float(branch.latitude),
        "longitude": float(branch.longitude),
    }


def _weekly(day: DayHours) -> list[dict[str, str]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{DAYS[day.day.weekday()]}",
            "opens": f"{opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
        }
        for opens, closes in day.spans
    ]


def _dated(day: DayHours) -> list[dict[str, str]]:
    """A day of its own; one without hours is closed, which schema.org writes as from midnight to midnight."""
    valid = day.day.isoformat()
    spans = [(f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in day.spans] or [("00:00", "00:00")]
    return [
        {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes,
         "validFrom": valid, "validThrough": valid}
        for opens, closes in spans
    ]  # fmt: skip
