"""Maps of the libraries: an outline around them and a dot for each, or dots on tiles where a server is named.

The same drawing serves both: what stands under the dots is the only difference (decision 23).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

from library.models import Branch

WIDTH = 600.0
MARGIN = 46.0
TILE = 256  # pixels of one tile, and of the whole world at zoom 0
DEEPEST = 19
NEAR = 16  # the zoom at which the streets around one library are read
EARTH_KM = 40_075.0
ROUND_LENGTHS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    branch: Branch
    x: float
    y: float
    is_central: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A square picture of the map and where it lies in the box."""

    url: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class BranchMap:
    """`outline` is SVG path data in a box of `width` by `height`; `bar` is how long `kilometres` are in it."""

    width: int
    height: int
    outline: str
    dots: list[Dot]
    kilometres: float = 0
    bar: float = 0
    tiles: list[Tile] = field(default_factory=list)

    @property
    def credit(self) -> str:
        """Whose map it is; empty for our own drawing."""
        return settings.MAP_TILES_CREDIT if self.tiles else ""


@dataclass(frozen=True, slots=True)
class _View:
    """How the world lies in the box: `scale` is the width of the whole world, `left` and `top` what is cut off."""

    scale: float
    left: float
    top: float
    height: float

    def place(self, point: Point) -> Point:
        return point[0] * self.scale - self.left, point[1] * self.scale - self.top


def draw_branches(branches: Sequence[Branch]) -> BranchMap | None:
    """Return the map of the branches that have coordinates; None when fewer than two have."""
    placed = [branch for branch in branches if branch.latitude is not None and branch.longitude is not None]
    if len(placed) < 2:
        return None
    return _drawn(placed, _view_of([_world(branch) for branch in placed]), outlined=True)


def draw_around(branch: Branch, others: Sequence[Branch]) -> BranchMap | None:
    """Return the map of a library's page: its streets, where there are tiles, else its place among the others."""
    if branch.latitude is None or not settings.MAP_TILES:
        return draw_branches(others) if branch.latitude is not None else None
    x, y = _world(branch)
    scale, height = float(TILE * 2**NEAR), WIDTH * 0.75
    view = _View(scale, x * scale - WIDTH / 2, y * scale - height / 2, height)
    placed = [other for other in others if other.latitude is not None and other.longitude is not None]
    near = [other for other in placed if _is_inside(view.place(_world(other)), height)]
    return _drawn(near, view, outlined=False)


def _drawn(placed: Sequence[Branch], view: _View, *, outlined: bool) -> BranchMap:
    points = [view.place(_world(branch)) for branch in placed]
    dots = [
        Dot(branch, round(x, 1), round(y, 1), branch.kind == Branch.Kind.CENTRAL)
        for branch, (x, y) in zip(placed, points, strict=True)
    ]
    tiles = _tiles(view) if settings.MAP_TILES else []
    kilometres, bar = _scale_bar(view)
    return BranchMap(
        int(WIDTH), round(view.height), _outline(points) if outlined and not tiles else "",
        # The central library is drawn last, so that nothing covers it.
        sorted(dots, key=lambda dot: dot.is_central), kilometres, bar, tiles,
    )  # fmt: skip


def _world(branch: Branch) -> Point:
    """The place in a world one unit wide and high, as tiles lay it out (Web Mercator), north up."""
    assert branch.latitude is not None and branch.longitude is not None
    latitude = math.radians(max(-85.0, min(85.0, float(branch.latitude))))
    x = float(branch.longitude) / 360 + 0.5
    return x, 0.5 - math.asinh(math.tan(latitude)) / (2 * math.pi)


def _view_of(points: Sequence[Point]) -> _View:
    """The box in which all points have their place."""
    left, top = min(x for x, _ in points), min(y for _, y in points)
    across = max(max(x for x, _ in points) - left, 1e-8)
    down = max(y for _, y in points) - top
    scale = min((WIDTH - 2 * MARGIN) / across, (WIDTH * 0.9 - 2 * MARGIN) / max(down, 1e-8))
    if settings.MAP_TILES:
        scale = min(scale, float(TILE * 2**DEEPEST))
    indent = (WIDTH - across * scale) / 2
    return _View(scale, left * scale - indent, top * scale - MARGIN, down * scale + 2 * MARGIN)


def _tiles(view: _View) -> list[Tile]:
    """The tiles that cover the box, at the zoom whose pixels come nearest to those of the box."""
    zoom = max(0, min(DEEPEST, round(math.log2(view.scale / TILE))))
    size = view.scale / 2**zoom
    columns = range(math.floor(view.left / size), math.floor((view.left + WIDTH) / size) + 1)
    rows = range(math.floor(view.top / size), math.floor((view.top + view.height) / size) + 1)
    return [
        Tile(
            settings.MAP_TILES.format(z=zoom, x=column % 2**zoom, y=row),
            round(column * size - view.left, 1), round(row * size - view.top, 1), round(size + 0.5, 1),
        )
        for row in rows if 0 <= row < 2**zoom for column in columns
    ]  # fmt: skip


def _scale_bar(view: _View) -> tuple[float, float]:
    """The longest round number of kilometres that takes at most a quarter of the width, and its length."""
    middle = (view.top + view.height / 2) / view.scale
    latitude = math.atan(math.sinh((0.5 - middle) * 2 * math.pi))
    length = view.scale / (EARTH_KM * max(math.cos(latitude), 0.01))
    fitting = [number for number in ROUND_LENGTHS if number * length <= WIDTH / 4]
    return (fitting[-1], round(fitting[-1] * length, 1)) if fitting else (0, 0)


def _is_inside(point: Point, height: float) -> bool:
    return 0 <= point[0] <= WIDTH and 0 <= point[1] <= height


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
