"""Spine labels of 2.5 × 5 cm and the wall chart of the ten colours (A25), as data for typst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from catalog_pages.classes import class_name
from catalog_pages.models import Item
from library.text import in_language

WIDTH, HEIGHT = 25, 50  # millimetres, by rule
MOST_LABELS = 1000
A4 = (210, 297)
_COLOURS = re.compile(r"--(on-)?class-([0-9]|none): (#[0-9a-f]{6})")


@dataclass(frozen=True, slots=True)
class Sheet:
    """How labels lie on a sheet, in millimetres; ``start`` is the first label that is still there.

    ``is_single`` is a label printer: each label is a page.
    """

    columns: int = 7
    rows: int = 5
    left: float = 17.5
    top: float = 23.5
    gap_x: float = 0
    gap_y: float = 0
    start: int = 1
    is_single: bool = False

    @property
    def fits(self) -> bool:
        """Whether the labels stay on the paper."""
        width = self.left + self.columns * WIDTH + (self.columns - 1) * self.gap_x
        height = self.top + self.rows * HEIGHT + (self.rows - 1) * self.gap_y
        return width <= A4[0] and height <= A4[1]


def paper(items: Iterable[Item], sheet: Sheet, *, with_code: bool) -> dict[str, Any]:
    """What templates/pdf/labels.typ sets: labels of copies, their record and branch loaded."""
    return {
        "title": _("Spine labels"),
        "note": _("The label stands 1 cm above the foot of the spine (A25)."),
        "sheet": {
            "columns": sheet.columns, "rows": sheet.rows, "left": sheet.left, "top": sheet.top,
            "gap_x": sheet.gap_x, "gap_y": sheet.gap_y, "start": sheet.start, "single": sheet.is_single,
        },
        "labels": [_label(item, with_code) for item in items],
    }  # fmt: skip


def chart() -> dict[str, Any]:
    """What templates/pdf/colour_chart.typ sets: ten colours, their numbers and names in the library's languages."""
    languages = [code for code in settings.CONTENT_LANGUAGES if code in dict(settings.LANGUAGES)]
    return {
        "title": _("Colours of the shelves"),
        "classes": [
            {
                "number": f"{digit}00",
                "names": list(dict.fromkeys(_name(digit, language) for language in languages)),
                **_colour(str(digit)),
            }
            for digit in range(10)
        ],
        "note": _("The label stands 1 cm above the foot of the spine (A25)."),
    }


def items_for(
    *, ids: Sequence[int] = (), accession: int | None = None, first: str = "", last: str = ""
) -> QuerySet[Item]:
    """The copies to be labelled: those chosen, those of an entry of the register, or a range of barcodes."""
    rows = Item.objects.select_related("record", "branch")
    if ids:
        return rows.filter(pk__in=ids).order_by("pk")
    if accession:
        return rows.filter(accession=accession).order_by("pk")
    return rows.filter(barcode__gte=first, barcode__lte=last).order_by("barcode")


def _label(item: Item, with_code: bool) -> dict[str, Any]:
    main = item.record.main_class
    colour = _colour("none" if main is None else str(main))
    number, rest = _parts(item)
    return {
        **colour,
        "number": number,
        "lines": rest,
        "branch": in_language(item.branch.name) or item.branch.code,
        "barcode": item.barcode or "",
        "code": _code(item.barcode) if with_code and item.barcode else "",
    }


def _parts(item: Item) -> tuple[str, list[str]]:
    """Class number for the band, then the mark, the year and whatever else the call number has, line by line."""
    words = item.call_number.split()
    number = item.record.class_number
    if words and (words[0] == number or not number):
        return words[0], words[1:]
    return number, words


def _code(barcode: str) -> str:
    """The barcode as a square code: a bar code that scanners read does not fit on 2.5 cm."""
    out = BytesIO()
    segno.make(barcode, micro=False, error="m").save(out, kind="svg", border=1, xmldecl=False, svgns=True)
    return out.getvalue().decode()


def _name(digit: int, language: str) -> str:
    with translation.override(language):
        return class_name(digit)


def _colour(name: str) -> dict[str, str]:
    colours = _colours()
    return {"colour": colours[name], "ink": colours.get(f"on-{name}", "#ffffff")}


def class_colours() -> dict[str, str]:
    """The colour of each main class by its digit, and of "none"."""
    return {name: colour for name, colour in _colours().items() if not name.startswith("on-")}


@cache
def _colours() -> dict[str, str]:
    """The class colours as the site has them: paper and screen must agree."""
    styles = (Path(settings.BASE_DIR) / "static" / "css" / "tokens.css").read_text()
    return {f"{on}{name}": colour for on, name, colour in _COLOURS.findall(styles)}
