"""A plain map drawn from coordinates alone: an outline around the libraries and a dot for each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from library.models import Branch

WIDTH = 600.0
MARGIN = 46.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    branch: Branch
    x: float
    y: float
    is_central: bool


@dataclass(frozen=True, slots=True)
class BranchMap:
    """`outline` is SVG path data in a box of `width` by `height`."""

    width: int
    height: int
    outline: str
    dots: list[Dot]


def draw_branches(branches: Sequence[Branch]) -> BranchMap | None:
    """Return the map of the branches that have coordinates; None when fewer than two have."""
    placed = [branch for branch in branches if branch.latitude is not None and branch.longitude is not None]
    if len(placed) < 2:
        return None
    points, height = _project([(float(branch.longitude), float(branch.latitude)) for branch in placed])
    dots = [
        Dot(branch, round(x, 1), round(y, 1), branch.kind == Branch.Kind.CENTRAL)
        for branch, (x, y) in zip(placed, points, strict=True)
    ]
    # The central library is drawn last, so that nothing covers it.
    return BranchMap(
        int(WIDTH), round(height), _outline(points), sorted(dots, key=lambda dot: dot.is_central)
    )


def _project(places: list[Point]) -> tuple[list[Point], float]:
    """Longitude and latitude to the box, north up; good enough for a district."""
    squeeze = math.cos(math.radians(sum(lat for _lon, lat in places) / len(places)))
    flat = [(lon * squeeze, -lat) for lon, lat in places]
    left, top = min(x for x, _ in flat), min(y for _, y in flat)
    across = max(max(x for x, _ in flat) - left, 1e-6)
    down = max(y for _, y in flat) - top
    scale = min((WIDTH - 2 * MARGIN) / across, (WIDTH * 0.9 - 2 * MARGIN) / max(down, 1e-6))
    indent = (WIDTH - across * scale) / 2
    return [
        ((x - left) * scale + indent, (y - top) * scale + MARGIN) for x, y in flat
    ], down * scale + 2 * MARGIN


def _outline(points: list[Point]) -> str:
    """A soft line around all points: their hull, moved outwards and rounded by cutting its corners."""
    around = [
        (x + math.cos(turn) * MARGIN * 0.7, y + math.sin(turn) * MARGIN * 0.7)
        for x, y in points
        for turn in (i * math.pi / 4 for i in range(8))
    ]
    line = _hull(around)
    for _round in range(2):
        line = [
            (a[0] * near + b[0] * (1 - near), a[1] * near + b[1] * (1 - near))
            for a, b in zip(line, line[1:] + line[:1], strict=True)
            for near in (0.75, 0.25)
        ]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + "Z"


def _hull(points: list[Point]) -> list[Point]:
    """The convex hull, by Andrew's monotone chain."""

    def half(ordered: list[Point]) -> list[Point]:
        chain: list[Point] = []
        for point in ordered:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        return chain[:-1]

    ordered = sorted(set(points))
    return half(ordered) + half(ordered[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
