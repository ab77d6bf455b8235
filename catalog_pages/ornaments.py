"""Quiet ornaments for generated covers: kilim steps, banna'i brick, shebeke lattices, ram's horns, stars.

Each function draws one ornament on a grid of square cells and returns the SVG path data of two
layers: a filled one and one of lines. The same random generator gives the same ornament.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of whole cells, in the units of the cover."""

    x: float
    y: float
    columns: int
    rows: int
    cell: float

    @property
    def centres(self) -> list[tuple[float, float]]:
        half = self.cell / 2
        return [
            (self.x + column * self.cell + half, self.y + row * self.cell + half)
            for row in range(self.rows)
            for column in range(self.columns)
        ]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Path data: ``filled`` is painted, ``lines`` are stroked."""

    filled: str = ""
    lines: str = ""


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _polygon(x: float, y: float, *steps: tuple[float, float]) -> str:
    """A closed polygon from its first corner and relative steps, so that repeats compress well."""
    return f"M{_n(x)} {_n(y)}l" + " ".join(f"{_n(dx)} {_n(dy)}" for dx, dy in steps) + "z"


def kilim(rng: Random, area: Area) -> Drawing:
    """Stepped diamonds, one inside the other, as on flat-woven rugs."""
    size = rng.choice((4, 5, 6))
    rings = [True] + [rng.random() < 0.5 for _ in range(2 * size)]
    hook = rng.randrange(2, size + 1)
    step = area.cell / (2 * size + 1)
    tile = []
    for row in range(-size, size + 1):
        cells = [_kilim_cell(rings, abs(column) + abs(row), hook, column, row) for column in range(-size, size + 1)]
        tile += [(start - size, row, length) for start, length in _runs(cells)]
    paths = []
    for cx, cy in area.centres:
        for column, row, length in tile:
            x, y = cx + (column - 0.5) * step, cy + (row - 0.5) * step
            paths.append(f"M{_n(x)} {_n(y)}h{_n(length * step)}v{_n(step)}h-{_n(length * step)}z")
    return Drawing(filled="".join(paths))


def _kilim_cell(rings: list[bool], distance: int, hook: int, column: int, row: int) -> bool:
    if distance < len(rings) and abs(column) != hook:
        return rings[distance]
    return (abs(column) + 2 * abs(row)) % 4 == 0


def _runs(cells: list[bool]) -> list[tuple[int, int]]:
    """(start, length) of the unbroken stretches of filled cells."""
    runs, start = [], None
    for index, filled in enumerate([*cells, False]):
        if filled and start is None:
            start = index
        elif not filled and start is not None:
            runs.append((start, index - start))
            start = None
    return runs


def brick(rng: Random, area: Area) -> Drawing:
    """Squares in slanting rows, as glazed brick is laid in Central Asia."""
    period = rng.choice((3, 4))
    slant = rng.choice((1, -1))
    per_cell = rng.choice((3, 4))
    step = area.cell / per_cell
    bricks = []
    for row in range(area.rows * per_cell):
        for column in range(area.columns * per_cell):
            if (column + slant * row) % period == 0 or (column - slant * row) % (2 * period) == period // 2:
                x, y = area.x + (column + 0.08) * step, area.y + (row + 0.08) * step
                side = _n(step * 0.84)
                bricks.append(f"M{_n(x)} {_n(y)}h{side}v{side}h-{side}z")
    return Drawing(filled="".join(bricks))


def stars(rng: Random, area: Area) -> Drawing:
    """Eight-pointed stars and crosses, as on the tiled walls of mausolea."""
    outer = area.cell / 2
    inner = outer * rng.choice((0.3, 0.4, 0.5))
    k = outer * 0.2929
    filled, lines = [], []
    for cx, cy in area.centres:
        lines.append(_eight(cx, cy, outer, k))
        filled.append(_eight(cx, cy, inner, inner * 0.2929))
    return Drawing(filled="".join(filled), lines="".join(lines))


def _eight(cx: float, cy: float, r: float, k: float) -> str:
    """The outline of two squares laid across each other."""
    a = r * 0.7071
    return _polygon(
        cx, cy - r, (k, k), (a - k, 0), (0, a - k), (k, k), (-k, k), (0, a - k), (k - a, 0), (-k, k), (-k, -k),
        (k - a, 0), (0, k - a), (-k, -k), (k, -k), (0, k - a), (a - k, 0),
    )  # fmt: skip


def shebeke(rng: Random, area: Area) -> Drawing:
    """Arcs meeting in petals, as in the coloured windows of Sheki."""
    r = area.cell / 2
    bow = rng.choice((0.75, 0.9, 1.1))
    dot = r * rng.choice((0.16, 0.24))
    lines, filled = [], []
    for cx, cy in area.centres:
        radius = _n(r * bow)
        lines.append(f"M{_n(cx - r)} {_n(cy - r)}")
        for dx, dy in ((2 * r, 0), (0, 2 * r), (-2 * r, 0), (0, -2 * r)):
            lines.append(f"a{_n(r * 1.5)} {_n(r * 1.5)} 0 0 0 {_n(dx)} {_n(dy)}")
        lines.append(f"M{_n(cx - r)} {_n(cy)}")
        for dx, dy in ((r, -r), (r, r), (-r, r), (-r, -r)):
            lines.append(f"a{radius} {radius} 0 0 1 {_n(dx)} {_n(dy)}")
        filled.append(_polygon(cx, cy - dot, (dot, dot), (-dot, dot), (-dot, -dot)))
    return Drawing(filled="".join(filled), lines="".join(lines))


def horns(rng: Random, area: Area) -> Drawing:
    """The ram's horn of felt carpets and chests, turned up and down by turns."""
    flip = rng.choice((True, False))
    u = area.cell / 20
    lines, filled = [], []
    for index, (cx, cy) in enumerate(area.centres):
        up = -1 if (index + (index // area.columns if area.columns % 2 == 0 else 0)) % 2 and flip else 1
        for side in (-1, 1):
            sweep = 1 if side * up > 0 else 0
            lines.append(
                f"M{_n(cx)} {_n(cy + 8 * u * up)}"
                f"c{_n(0)} {_n(-6 * u * up)} {_n(side * u)} {_n(-11 * u * up)} {_n(4.5 * u * side)} {_n(-13 * u * up)}"
                f"a{_n(3.2 * u)} {_n(3.2 * u)} 0 1 {sweep} {_n(2 * u * side)} {_n(5.6 * u * up)}"
                f"a{_n(1.6 * u)} {_n(1.6 * u)} 0 0 {sweep} {_n(-1.4 * u * side)} {_n(-2.6 * u * up)}"
            )
        d = 1.5 * u
        filled.append(_polygon(cx, cy - 9.5 * u * up - d, (d, d), (-d, d), (-d, -d)))
    return Drawing(filled="".join(filled), lines="".join(lines))


def weave(rng: Random, area: Area) -> Drawing:
    """Bands passing over and under each other, as in the carved stone of Georgian churches."""
    lanes = rng.choice((2, 3))
    gap = area.cell / (2 * lanes + 2)
    lines = []
    for index, (cx, cy) in enumerate(area.centres):
        across = (index // area.columns + index % area.columns) % 2
        half = area.cell / 2
        for lane in range(lanes + 1):
            offset = (lane - lanes / 2) * gap * 2
            if across:
                lines.append(f"M{_n(cx - half)} {_n(cy + offset)}h{_n(area.cell)}")
            else:
                lines.append(f"M{_n(cx + offset)} {_n(cy - half)}v{_n(area.cell)}")
    return Drawing(lines="".join(lines))


def waves(rng: Random, area: Area) -> Drawing:
    """Zigzags of running water, the plainest border of a kilim."""
    half = area.cell / 2
    per_row = rng.choice((2, 3))
    lines, filled = [], []
    for row in range(area.rows):
        for strand in range(per_row):
            y = area.y + (row + (strand + 0.75) / per_row) * area.cell
            height = area.cell * 0.42 / (1 if per_row == 2 else 1.3)
            zigzag = f"l{_n(half)} {_n(-height)} {_n(half)} {_n(height)}" * area.columns
            lines.append(f"M{_n(area.x)} {_n(y)}{zigzag}")
    d = half * 0.16
    for cx, cy in area.centres[:: rng.choice((1, 2))]:
        filled.append(_polygon(cx, cy + half * 0.45, (d, d), (-d, d), (-d, -d)))
    return Drawing(filled="".join(filled), lines="".join(lines))


def hexagons(rng: Random, area: Area) -> Drawing:
    """Six-pointed stars in hexagons, from the strapwork of Nakhchivan's towers."""
    r = area.cell / 2
    w, h = r * 0.866, r * 0.5
    inner = rng.choice((0.42, 0.6))
    lines, filled = [], []
    for cx, cy in area.centres:
        lines.append(_polygon(cx, cy - r, (w, h), (0, r), (-w, h), (-w, -h), (0, -r)))
        lines.append(_polygon(cx, cy - r, (w, 1.5 * r), (-2 * w, 0)))
        lines.append(_polygon(cx, cy + r, (w, -1.5 * r), (-2 * w, 0)))
        a, b = w * inner * 0.5, h * inner * 0.5
        filled.append(_polygon(cx, cy - 2 * b, (a, b), (0, 2 * b), (-a, b), (-a, -b), (0, -2 * b)))
    return Drawing(filled="".join(filled), lines="".join(lines))


ORNAMENTS: tuple[Callable[[Random, Area], Drawing], ...] = (
    kilim,
    brick,
    stars,
    shebeke,
    horns,
    weave,
    waves,
    hexagons,
)
