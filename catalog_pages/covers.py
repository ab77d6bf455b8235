"""Covers: the picture that staff gave a record, or one drawn from the record itself, for the many that have none.

A drawn cover is an inline SVG without inline styles: its colours come from the style sheet
(``data-class`` chooses the class colour, ``data-cloth`` the binding), so that it follows the theme,
the dark scheme and print. The same record always gets the same cover.
"""

import hashlib
from dataclasses import dataclass
from random import Random
from typing import Protocol

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .ornaments import ORNAMENTS, Tile, number

WIDTH, HEIGHT, SPINE = 200, 300, 8
CLOTHS = ("linen", "linen", "paper", "deep")
SIZES = {
    "s": (44, 36, 30, 25, 21, 18, 16),
    "m": (32, 28, 25, 22, 19, 17, 15, 13),
    "l": (30, 27, 24, 21, 19, 17, 15, 13, 12),
}
AUTHOR_SIZES = (13, 12, 11)
LONGEST_TITLE = 300  # far more than a cover holds
LINE_HEIGHT = 1.22
ELLIPSIS = "…"


class Covered(Protocol):
    """What a cover needs to know of a record."""

    pk: int
    title: str
    cover_id: int | None

    @property
    def author(self) -> str: ...

    @property
    def main_class(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the ornament lies and where the words stand."""

    ornament: tuple[tuple[float, float, float, float], ...]  # x, y, width, height in whole cells
    cell: float
    title: tuple[float, float, float, float]  # x, y, width, height
    author_y: float
    centred: bool = False
    label: tuple[float, float, float, float] | None = None


LAYOUTS = (
    Layout(ornament=((8, 0, 192, 128),), cell=32, title=(24, 146, 160, 104), author_y=276),
    Layout(ornament=((8, 204, 192, 96),), cell=32, title=(24, 26, 160, 124), author_y=184),
    Layout(
        ornament=((8, 24, 192, 32), (8, 248, 192, 32)), cell=16, title=(24, 72, 160, 112), author_y=226, centred=True,
    ),
    Layout(
        ornament=((8, -18, 192, 336),), cell=48, title=(44, 62, 120, 112), author_y=204, centred=True,
        label=(32, 44, 144, 182),
    ),
    Layout(ornament=((152, -18, 48, 336),), cell=48, title=(24, 28, 116, 190), author_y=276),
    Layout(
        ornament=((16, 6, 176, 16), (16, 278, 176, 16), (16, 22, 16, 256), (176, 22, 16, 256)),
        cell=16, title=(42, 44, 124, 170), author_y=258, centred=True,
    ),
    Layout(ornament=((56, 36, 96, 96),), cell=48, title=(24, 150, 160, 96), author_y=276, centred=True),
)  # fmt: skip


def cover(record: Covered, *, size: str = "m", decorative: bool = True, alt: str = "") -> SafeString:
    """The cover of a record: its picture, or an SVG. ``decorative`` hides it from screen readers beside a title.

    ``alt`` says what is on a picture. Asks the database nothing, so that a list of covers costs no more than one.
    """
    if record.cover_id:
        return _picture(record.cover_id, size, alt or ("" if decorative else record.title))
    rng = _generator(record.pk)
    layout = LAYOUTS[rng.randrange(len(LAYOUTS))]
    cloth = CLOTHS[rng.randrange(len(CLOTHS))]
    tile = rng.choice(ORNAMENTS)(rng, layout.cell)
    digit = record.main_class
    parts = [
        f'<svg class="cover cover-{escape(size)}" viewBox="0 0 {WIDTH} {HEIGHT}" data-cloth="{cloth}"'
        f' data-class="{"none" if digit is None else digit}" focusable="false" {_role(record, decorative)}>',
        f'<rect class="cover-ground" width="{WIDTH}" height="{HEIGHT}"/>',
        _ornament(tile, layout, f"cover-{size}-{record.pk}"),
        _label(layout),
        f'<rect class="cover-spine" width="{SPINE}" height="{HEIGHT}"/>',
        *_words(record, layout, size),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308  every text in it went through escape()


def _picture(pk: int, size: str, alt: str) -> SafeString:
    """The picture at an address of its own, where catalog_pages.cover_pictures makes it fit when it is asked for."""
    address = reverse("catalogue_out:cover", args=[pk, size if size in SIZES else "m"])
    lazy = mark_safe("" if size == "l" else ' loading="lazy"')  # noqa: S308
    return format_html(
        '<img class="cover cover-{} cover-picture" src="{}" alt="{}" width="{}" height="{}" decoding="async"{}>',
        size, address, alt, WIDTH, HEIGHT, lazy,
    )  # fmt: skip


def _generator(number: int) -> Random:
    """Neighbouring numbers must not look alike, and Python's own hash() differs between runs."""
    return Random(hashlib.blake2b(str(number).encode(), digest_size=8).digest())  # noqa: S311


def _role(record: Covered, decorative: bool) -> str:
    if decorative:
        return 'aria-hidden="true"'
    return f'role="img" aria-label="{escape(record.title)}"'


def _ornament(tile: Tile, layout: Layout, name: str) -> str:
    """The tile as a pattern, and the places filled with it."""
    x, y, *_size = layout.ornament[0]
    side = number(tile.size)
    places = "".join(
        f'<rect fill="url(#{escape(name)})" x="{number(left)}" y="{number(top)}" width="{number(width)}"'
        f' height="{number(height)}"/>'
        for left, top, width, height in layout.ornament
    )
    return (
        f'<pattern id="{escape(name)}" patternUnits="userSpaceOnUse" x="{number(x)}" y="{number(y)}"'
        f' width="{side}" height="{side}"><path class="cover-fill" d="{tile.filled}"/>'
        f'<path class="cover-line" d="{tile.lines}"/></pattern>{places}'
    )


def _label(layout: Layout) -> str:
    if not layout.label:
        return ""
    x, y, width, height = layout.label
    return (
        f'<rect class="cover-ground" x="{x}" y="{y}" width="{width}" height="{height}"/>'
        f'<rect class="cover-rule" x="{x + 4}" y="{y + 4}" width="{width - 8}" height="{height - 8}"/>'
    )


def _words(record: Covered, layout: Layout, size: str) -> list[str]:
    x, y, width, height = layout.title
    if size == "s":
        height = layout.author_y - y
    text_size, lines = fit(
        record.title[:LONGEST_TITLE].rstrip(" /:;,="), width, height, SIZES.get(size, SIZES["m"])
    )
    anchor = x + width / 2 if layout.centred else x
    centred = " cover-centred" if layout.centred else ""
    step = text_size * LINE_HEIGHT
    if layout.centred:
        y += max(0.0, (height - step * len(lines)) / 2)
    spans = "".join(
        f'<tspan x="{anchor:g}" y="{y + text_size + step * index:.1f}">{escape(line)}</tspan>'
        for index, line in enumerate(lines)
    )
    words = [f'<text class="cover-title{centred}" font-size="{text_size}">{spans}</text>']
    if size != "s" and record.author:
        author_size, (line, *_) = fit(
            _author(record.author, width / AUTHOR_SIZES[-1]), width, 18, AUTHOR_SIZES
        )
        words.append(
            f'<text class="cover-author{centred}" x="{anchor:g}" y="{layout.author_y}" font-size="{author_size}">'
            f"{escape(line)}</text>"
        )
    return words


def _author(heading: str, width: float) -> str:
    """The name of a heading as title pages have it: ``Толстой, Лев, 1828-1910`` gives ``Лев Толстой``.

    Where that is too long, given names become initials.
    """
    parts = [part.strip() for part in heading.split(",")]
    family, *given = [part for part in parts if part and not any(c.isdigit() for c in part)] or [heading]
    names = " ".join(given).split()
    full = " ".join([*names, family])
    if text_width(full) <= width or not names:
        return full
    return " ".join([*(f"{name[0]}." for name in names), family])


def fit(text: str, width: float, height: float, sizes: tuple[int, ...]) -> tuple[int, list[str]]:
    """The largest of the sizes at which the words fill at most the box, with the lines; cut at the smallest."""
    words = text.split() or [""]
    for size in sizes:
        rows = max(1, int(height / (size * LINE_HEIGHT)))
        if all(text_width(word) * size <= width for word in words):
            lines = _wrap(words, width / size)
            if len(lines) <= rows:
                return size, lines
    size = sizes[-1]
    rows = max(1, int(height / (size * LINE_HEIGHT)))
    lines = _wrap([piece for word in words for piece in _pieces(word, width / size)], width / size)
    if len(lines) > rows:
        lines = [*lines[: rows - 1], _shorten(lines[rows - 1], width / size)]
    return size, lines


def _wrap(words: list[str], width: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        if text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _pieces(word: str, width: float) -> list[str]:
    """A word too long for a line, in pieces with hyphens."""
    if text_width(word) <= width:
        return [word]
    pieces, piece, used, room = [], "", 0.0, width - text_width("-")
    for letter in word:
        if piece and used + _letter_width(letter) > room:
            pieces.append(f"{piece}-")
            piece, used = "", 0.0
        piece += letter
        used += _letter_width(letter)
    return [*pieces, piece]


def _shorten(line: str, width: float) -> str:
    while line and text_width(line + ELLIPSIS) > width:
        line = line[:-1]
    return line.rstrip(" ,.:;-") + ELLIPSIS


def text_width(text: str) -> float:
    """The width of a text in ems, a little generous: browsers measure letters, servers have no fonts."""
    return sum(_letter_width(letter) for letter in text)


_NARROW = frozenset("iıİlIjftrıії1.,:;!'’ʻʼ|()[]-–\" ІЇ")
_WIDE = frozenset("mwMWQOÖжшщюмыфЖШЩЮМЫФДОЦӨҢҖ@%&—…ლოთფდჯტდმ")


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.86
    if "ა" <= letter <= "ჿ":
        return 0.64
    return 0.7 if letter.isupper() else 0.58
