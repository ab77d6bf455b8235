"""Pictures of a demo library, drawn by code in the spirit of kilims and tiles, in the colours of its theme."""

from collections.abc import Callable, Mapping
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageColor, ImageDraw

from library.models import PortalImage

CELL = 40
WIDTH, HEIGHT = 32, 20  # in cells
PAPER, SAND = "#f7f1e3", "#dcc79c"
BOOKS = (
    (2, 13),
    (1, 11),
    (3, 14),
    (2, 12),
    (2, 15),
    (1, 13),
    (2, 11),
    (3, 12),
    (2, 14),
    (1, 12),
    (2, 13),
    (3, 15),
    (2, 12),
)
STEP = 4  # cells from one star to the next

Colours = Mapping[str, str]


def load_pictures(motifs: Mapping[str, str], colours: Colours) -> None:
    """Draw the pictures that are missing: {title: motif}; `colours` are the theme's "accent" and "second"."""
    there = set(PortalImage.objects.filter(title__in=motifs).values_list("title", flat=True))
    for title in motifs.keys() - there:
        image = draw(motifs[title], colours)
        file = BytesIO()
        image.save(file, "PNG", optimize=True)
        name = f"{motifs[title]}.png"
        PortalImage.objects.create(
            title=title, file=ImageFile(file, name=name), width=image.width, height=image.height
        )


def draw(motif: str, colours: Colours) -> Image.Image:
    """The picture of a motif; raises KeyError for one that is not known."""
    image = Image.new("RGB", (WIDTH * CELL, HEIGHT * CELL), PAPER)
    dark = {
        "deep": _mixed(colours["accent"], "#000000", 0.35),
        "light": _mixed(colours["accent"], PAPER, 0.55),
    }
    MOTIFS[motif](ImageDraw.Draw(image), {**dark, "accent": colours["accent"], "second": colours["second"]})
    return image


def _kilim(pen: ImageDraw.ImageDraw, colours: Colours) -> None:
    """Stepped diamonds within each other."""
    rings = (colours["second"], PAPER, colours["accent"], SAND, colours["deep"])
    for x in range(WIDTH):
        for y in range(HEIGHT):
            ring = int(abs(x % 16 - 7.5) + abs(y - 9.5)) // 2
            _box(pen, x, y, 1, 1, rings[ring % len(rings)])


def _tiles(pen: ImageDraw.ImageDraw, colours: Colours) -> None:
    """Stars with eight points, a diamond between each four."""
    _box(pen, 0, 0, WIDTH, HEIGHT, SAND)
    for column in range(WIDTH // STEP + 1):
        for row in range(HEIGHT // STEP + 1):
            x, y = column * STEP, row * STEP
            _diamond(pen, x, y, 0.9, colours["second"])
            main = colours["accent"] if (column + row) % 2 else colours["deep"]
            for size, colour in ((1.5, main), (0.9, PAPER), (0.5, colours["second"])):
                _box(pen, x + 2 - size, y + 2 - size, 2 * size, 2 * size, colour)
                _diamond(pen, x + 2, y + 2, size * 1.4, colour)


def _shelf(pen: ImageDraw.ImageDraw, colours: Colours) -> None:
    """Books on a shelf, a row of diamonds on each broad spine."""
    shades = (colours["accent"], colours["second"], SAND, colours["deep"], colours["light"])
    x, floor = 2, HEIGHT - 3
    for number, (width, height) in enumerate(BOOKS):
        colour = shades[number % len(shades)]
        _box(pen, x, floor - height, width, height, colour)
        for band in (1, height - 2):
            _box(pen, x, floor - height + band, width, 0.3, PAPER)
        for step in range(3, height - 3, 2) if width > 1 else ():
            _diamond(pen, x + width / 2, floor - height + step + 0.5, 0.5, PAPER)
        x += width
    _box(pen, 0, floor, WIDTH, 0.6, colours["deep"])
    for step in range(WIDTH):
        _diamond(pen, step + 0.5, floor + 1.6, 0.5, colours["second"])


def _road(pen: ImageDraw.ImageDraw, colours: Colours) -> None:
    """The library on wheels before stepped mountains."""
    pen.ellipse([22 * CELL, 2 * CELL, 26 * CELL, 6 * CELL], fill=SAND)
    for middle, top, colour in (
        (8, 4, colours["light"]),
        (27, 6, colours["light"]),
        (17, 7, colours["accent"]),
    ):
        for y in range(top, 16):
            _box(pen, middle - (y - top) - 1, y, 2 * (y - top) + 2, 1, colour)
    _box(pen, 0, 15, WIDTH, 5, colours["deep"])
    for x in range(0, WIDTH, 4):
        _box(pen, x, 18, 2, 0.3, SAND)
    _box(pen, 8, 9, 12, 6.5, colours["second"])
    _box(pen, 20, 11, 3, 4.5, colours["second"])
    _box(pen, 20.5, 11.5, 1.8, 1.8, PAPER)
    _box(pen, 9, 10, 10, 2.2, PAPER)
    for book in range(10):
        shade = (colours["accent"], SAND, colours["deep"])[book % 3]
        _box(pen, 9.2 + book, 10.4 + book % 2 * 0.3, 0.7, 1.8 - book % 2 * 0.3, shade)
    for step in range(11):
        _diamond(pen, 9 + step, 13.6, 0.5, SAND)
    for x in (10, 18.5):
        pen.ellipse(
            [x * CELL, 14 * CELL, (x + 2.6) * CELL, 16.6 * CELL], fill="#2b2620", outline=PAPER, width=6
        )


MOTIFS: dict[str, Callable[[ImageDraw.ImageDraw, Colours], None]] = {
    "kilim": _kilim,
    "tiles": _tiles,
    "shelf": _shelf,
    "road": _road,
}


def _box(pen: ImageDraw.ImageDraw, x: float, y: float, width: float, height: float, colour: str) -> None:
    pen.rectangle([x * CELL, y * CELL, (x + width) * CELL - 1, (y + height) * CELL - 1], fill=colour)


def _diamond(pen: ImageDraw.ImageDraw, x: float, y: float, size: float, colour: str) -> None:
    corners = [(x - size, y), (x, y - size), (x + size, y), (x, y + size)]
    pen.polygon([(left * CELL, top * CELL) for left, top in corners], fill=colour)


def _mixed(colour: str, other: str, share: float) -> str:
    """The colour with a share of another in it."""
    pairs = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
