"""Quiet ornaments for generated covers: kilim steps, glazed brick, shebeke lattices, ram's horns, stars.

Each function draws one tile, to be repeated without a seam, as SVG path data in two layers: a filled
one and one of lines. The same random generator gives the same ornament.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile of ``size`` by ``size`` units: ``filled`` is painted, ``lines`` are stroked."""

    size: float
    filled: str = ""
    lines: str = ""


def number(value: float) -> str:
    """A coordinate in as few characters as it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _move(command: str, *values: float) -> str:
    return command + " ".join(number(value) for value in values)


def _polygon(x: float, y: float, *steps: tuple[float, float]) -> str:
    return _move("M", x, y) + "".join(_move("l", *step) for step in steps) + "z"


def _bar(x: float, y: float, width: float, height: float) -> str:
    return f"{_move('M', x, y)}h{number(width)}v{number(height)}h{number(-width)}z"


def _diamond(cx: float, cy: float, r: float) -> str:
    return _polygon(cx, cy - r, (r, r), (-r, r), (-r, -r))


def kilim(rng: Random, cell: float) -> Tile:
    """Stepped diamonds, one inside the other, as on flat-woven rugs."""
    size = rng.choice((3, 4, 5))
    rings = [True] + [rng.random() < 0.55 for _ in range(2 * size)]
    hook = rng.randrange(2, size + 1)
    step = cell / (2 * size + 1)
    bars = []
    for row in range(2 * size + 1):
        cells = [
            _is_woven(rings, abs(column - size), abs(row - size), hook) for column in range(2 * size + 1)
        ]
        bars += [_bar(start * step, row * step, length * step, step) for start, length in _runs(cells)]
    return Tile(cell, filled="".join(bars))


def _is_woven(rings: list[bool], column: int, row: int, hook: int) -> bool:
    if column + row < len(rings) and column != hook:
        return rings[column + row]
    return (column + 2 * row) % 4 == 0


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


def brick(rng: Random, cell: float) -> Tile:
    """Squares in slanting rows, as glazed brick is laid in Central Asia."""
    per_cell = rng.choice((6, 8))
    slant = rng.choice((1, -1))
    step = cell / per_cell
    bricks = [
        _bar((column + 0.1) * step, (row + 0.1) * step, step * 0.8, step * 0.8)
        for row in range(per_cell)
        for column in range(per_cell)
        if (column + slant * row) % per_cell in (0, 1, per_cell // 2)
        or (column - slant * row) % per_cell == 0
    ]
    return Tile(cell, filled="".join(bricks))


def stars(rng: Random, cell: float) -> Tile:
    """Eight-pointed stars and crosses, as on the tiled walls of mausolea."""
    half = cell / 2
    inner = half * rng.choice((0.34, 0.44, 0.54))
    return Tile(cell, filled=_eight(half, half, inner), lines=_eight(half, half, half))


def _eight(cx: float, cy: float, r: float) -> str:
    """The outline of two squares laid across each other."""
    a = r * 0.7071
    k = r - a
    b = a - k
    return _polygon(
        cx, cy - r, (k, k), (b, 0), (0, b), (k, k), (-k, k), (0, b), (-b, 0), (-k, k), (-k, -k),
        (-b, 0), (0, -b), (-k, -k), (k, -k), (0, -b), (b, 0),
    )  # fmt: skip


def shebeke(rng: Random, cell: float) -> Tile:
    """Arcs meeting in petals, as in the coloured windows of Sheki."""
    r = cell / 2
    bow = r * rng.choice((1.1, 1.3, 1.5))
    sides = ((2 * r, 0), (0, 2 * r), (-2 * r, 0), (0, -2 * r))
    petals = _move("M", 0, 0) + "".join(_move("a", bow, bow, 0, 0, 0, *side) for side in sides)
    ring = _move("M", 0, r) + "".join(
        _move("a", r, r, 0, 0, 1, dx, dy) for dx, dy in ((r, -r), (r, r), (-r, r), (-r, -r))
    )
    return Tile(cell, filled=_diamond(r, r, r * rng.choice((0.18, 0.28))), lines=petals + ring)


def horns(rng: Random, cell: float) -> Tile:
    """The ram's horn of felt carpets and chests, back to back."""
    u = cell / 24
    reach = rng.choice((3.4, 3.9))
    lines = []
    for up in (-1, 1):
        for side in (-1, 1):
            sweep = int(side * up < 0)
            lines.append(
                _move("M", 12 * u, 12 * u + 1.2 * u * up)
                + _move("c", 0, 5 * u * up, side * u, 8.6 * u * up, 5 * u * side, 8.6 * u * up)
                + _move("a", reach * u, reach * u, 0, 1, sweep, 0.6 * u * side, -2 * reach * u * up)
                + _move("a", 1.9 * u, 1.9 * u, 0, 0, sweep, -0.6 * u * side, 3.8 * u * up)
            )
    filled = (
        _diamond(12 * u, 12 * u, 1.8 * u) + _diamond(0, 12 * u, 1.5 * u) + _diamond(24 * u, 12 * u, 1.5 * u)
    )
    return Tile(cell, filled=filled, lines="".join(lines))


def weave(rng: Random, cell: float) -> Tile:
    """Bands passing over and under each other, as in the carved stone of Georgian churches."""
    half = cell / 2
    edge = half * rng.choice((0.16, 0.22))
    inside = half - 2 * edge
    lines, filled = [], []
    for column, row in ((0, 0), (1, 0), (0, 1), (1, 1)):
        x, y = column * half, row * half
        if (column + row) % 2:
            lines.append(
                f"{_move('M', x, y + edge)}h{number(half)}{_move('M', x, y + half - edge)}h{number(half)}"
            )
            filled.append(_bar(x, y + edge + inside * 0.38, half, inside * 0.24))
        else:
            lines.append(
                f"{_move('M', x + edge, y)}v{number(half)}{_move('M', x + half - edge, y)}v{number(half)}"
            )
            filled.append(_bar(x + edge + inside * 0.38, y, inside * 0.24, half))
    return Tile(cell, filled="".join(filled), lines="".join(lines))


def waves(rng: Random, cell: float) -> Tile:
    """Zigzags of running water, the plainest border of a kilim."""
    half = cell / 2
    strands = rng.choice((2, 3))
    height = cell * (0.4 if strands == 2 else 0.3)
    lines = []
    for strand in range(strands):
        y = (strand + 0.5) * cell / strands + height / 2
        lines.append(_move("M", 0, y) + _move("l", half, -height) + _move("l", half, height))
    return Tile(
        cell, filled=_diamond(half, cell / strands - height * 0.05, cell * 0.06), lines="".join(lines)
    )


def hexagons(rng: Random, cell: float) -> Tile:
    """Six-pointed stars in hexagons, from the strapwork of Nakhchivan's towers."""
    r = cell / 2
    w, h = r * 0.866, r * 0.5
    inner = rng.choice((0.3, 0.42))
    lines = (
        _polygon(r, 0, (w, h), (0, r), (-w, h), (-w, -h), (0, -r))
        + _polygon(r, 0, (w, 1.5 * r), (-2 * w, 0))
        + _polygon(r, 2 * r, (w, -1.5 * r), (-2 * w, 0))
    )
    a, b = w * inner, h * inner
    return Tile(
        cell, filled=_polygon(r, r - 2 * b, (a, b), (0, 2 * b), (-a, b), (-a, -b), (0, -2 * b)), lines=lines
    )


ORNAMENTS: tuple[Callable[[Random, float], Tile], ...] = (
    kilim,
    brick,
    stars,
    shebeke,
    horns,
    weave,
    waves,
    hexagons,
)
