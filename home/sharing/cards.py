"""What stands on the picture of a page, and the address of that picture."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.template import Context
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from catalog_pages.items.spine_labels import class_colours
from catalog_pages.models import Record
from home.context import Frame, current_frame
from library.models import Branch, PortalImage

LONGEST_TITLE = 150
PICTURE_BLOCKS = ("picture", "image")


@dataclass(frozen=True, slots=True)
class Card:
    """One picture: what is written on it, the colour of its spine, and the picture beside, if there is one."""

    title: str
    above: str
    library: str
    language: str
    spine: str
    ink: str = "#211d18"
    paper: str = "#f9f4ea"
    picture: int = 0

    @property
    def mark(self) -> str:
        """Changes with everything that is drawn: part of the address, and the name of the file."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()[:20]


def card_of(thing: Any) -> Card:
    """The card of a page, library or record; of the whole site for anything else."""
    frame = current_frame()
    if isinstance(thing, Record):
        return _record_card(thing, frame)
    if isinstance(thing, Branch):
        return _card(frame, str(thing), thing.get_kind_display())
    if isinstance(thing, Page) and thing.pk and not _is_home(thing):
        page = thing.specific
        picture = picture_of(page)
        return _card(frame, page.title, _above(page), picture=picture.pk if picture else 0)
    return _card(frame, frame.name, frame.address if frame.address != frame.name else "")


def _card(frame: Frame, title: str, above: str, **more: Any) -> Card:
    title = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
    values = {"spine": frame.accent, "language": get_language() or ""} | more
    return Card(title=title, above=above[:90], library=frame.name[:120], **values)


def _record_card(record: Record, frame: Frame) -> Card:
    colours = class_colours()
    digit = record.main_class
    spine = colours.get(f"{digit}", colours["none"])
    return _card(frame, record.title, record.author or _("Catalogue"), spine=spine)


def _is_home(page: Page) -> bool:
    return page.depth <= 2


def _above(page: Page) -> str:
    """The day of a page that has one, else the section it stands in."""
    day = getattr(page, "date", None) or getattr(page, "published_on", None)
    if day:
        return date_format(day, "DATE_FORMAT")
    parent = page.get_parent() if page.depth > 3 else None
    return parent.title if parent else ""


def picture_of(page: Page) -> PortalImage | None:
    """The picture that a page shows first: its field `picture` or `image`, else the first of its body."""
    for name in ("picture", "image", "photograph"):
        found = getattr(page, name, None)
        if isinstance(found, AbstractImage):
            return found
    for block in getattr(page, "body", None) or ():
        value = block.value
        if block.block_type in PICTURE_BLOCKS:
            found = value if isinstance(value, AbstractImage) else _named_picture(value)
            if found is not None:
                return found
    return None


def _named_picture(value: Any) -> PortalImage | None:
    named = (value.get(name) for name in ("picture", "image")) if hasattr(value, "get") else ()
    return next((found for found in named if isinstance(found, AbstractImage)), None)


def thing_shown(context: Mapping[str, Any] | Context) -> tuple[str, Any]:
    """What the page of a template's context is about, as (kind, object)."""
    record, branch, page = context.get("record"), context.get("branch"), context.get("page")
    if isinstance(page, Page) and page.pk:
        return "page", page
    if isinstance(record, Record) and record.pk:
        return "record", record
    if isinstance(branch, Branch) and branch.pk and "days" in context:
        return "branch", branch
    return "site", None


def picture_address(context: Mapping[str, Any] | Context) -> str:
    """The whole address of the picture by which the page is shown where it is shared."""
    kind, thing = thing_shown(context)
    key = thing.pk if thing is not None else 0
    path = reverse("home:sharing_picture", args=[kind, key, card_of(thing).mark])
    return context["request"].build_absolute_uri(path)
