"""The library's history: what happened when, and who led it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from home.blocks.content import TextBlock

FIRST_YEAR, LAST_YEAR = 1000, 2200


class TimelineEntryBlock(blocks.StructBlock):
    """One thing that happened."""

    year = blocks.IntegerBlock(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR,
        help_text=_("The history is put in order by it."),
    )  # fmt: skip
    date = blocks.CharBlock(
        label=_("Date in words"), required=False, max_length=60,
        help_text=_("For example: spring 1949, about 1925. Empty: the year."),
    )  # fmt: skip
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = TextBlock(label=_("Text"), required=False)
    picture = ImageBlock(label=_("Picture"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "date"
        label = _("Event in history")


class DirectorBlock(blocks.StructBlock):
    """Somebody who led the library."""

    years = blocks.CharBlock(label=_("Years"), max_length=40, help_text=_("For example 1949–1962."))
    name = blocks.CharBlock(label=_("Name"), max_length=120)
    note = blocks.CharBlock(label=_("One sentence"), required=False, max_length=240)

    class Meta:
        icon = "user"
        label = _("Head of the library")


TIMELINE_BLOCKS = [("entry", TimelineEntryBlock())]
DIRECTOR_BLOCKS = [("director", DirectorBlock())]
