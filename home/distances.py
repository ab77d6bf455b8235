"""Where a reader is, as far as she says so, and how far it is from there to a library."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from library.models import Branch
from search.analysis import fold

EARTH_KM = 6371.0
# About a kilometre: enough to find the nearest library, and no more of a reader than that.
PLACES_KEPT = 2
COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,20})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,20})?)\s*")


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the earth; `label` names it where it is a known place."""

    latitude: float
    longitude: float
    label: str = ""


def position_of(branch: Branch) -> Position | None:
    """Where a library stands; None where staff have not said."""
    if branch.latitude is None or branch.longitude is None:
        return None
    return Position(float(branch.latitude), float(branch.longitude), str(branch))


def kilometres(one: Position, other: Position) -> float:
    """The distance as the crow flies."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def read_position(text: str, branches: Iterable[Branch]) -> Position | None:
    """The position meant by "40.99,45.62", or by the name of a town, a village or a library; None if unknown.

    Coordinates are rounded at once. A place is where its first library stands.
    """
    found = COORDINATES.fullmatch(text)
    if found:
        latitude, longitude = (round(float(number), PLACES_KEPT) for number in found.groups())
        return Position(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
    words = fold(text).split()
    if not words:
        return None
    placed = [branch for branch in branches if branch.latitude is not None]
    for fits in (_is_called, mentions):
        for branch in placed:
            if fits(branch, words):
                return position_of(branch)
    return None


def _is_called(branch: Branch, words: list[str]) -> bool:
    """Whether the words are the whole name of the library or of its place, in some language."""
    names = [*branch.name.values(), *(branch.place or {}).values(), branch.code]
    return any(fold(name).split() == words for name in names)


def mentions(branch: Branch, words: list[str]) -> bool:
    """Whether every (folded) word stands in the library's names, place or address, in whatever language."""
    said = [*branch.name.values(), *(branch.place or {}).values(), *(branch.address or {}).values()]
    texts = fold(" ".join([*said, branch.code]))
    return all(word in texts for word in words)
