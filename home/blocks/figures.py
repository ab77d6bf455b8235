"""Figures of a yearly report that staff write themselves."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from library.statistics import published


def _names() -> list[tuple[str, object]]:
    return [(name, one.label) for name, one in published().items()]


class CorrectionBlock(blocks.StructBlock):
    """A figure of the portal that was not right."""

    figure = blocks.ChoiceBlock(label=_("Figure"), choices=_names)
    number = blocks.IntegerBlock(label=_("Right is"), min_value=0)
    reason = blocks.CharBlock(label=_("Why"), max_length=200)
    corrected_on = blocks.DateBlock(label=_("Corrected on"), default=timezone.localdate)

    class Meta:
        icon = "edit"
        label = _("Corrected figure")


class FurtherFigureBlock(blocks.StructBlock):
    """A figure that the portal does not know."""

    label = blocks.CharBlock(label=_("What it counts"), max_length=120)
    number = blocks.IntegerBlock(label=_("Number"), min_value=0)
    source = blocks.CharBlock(label=_("Where it comes from"), max_length=200)
    counted_on = blocks.DateBlock(label=_("As of"), default=timezone.localdate)

    class Meta:
        icon = "plus"
        label = _("Further figure")


FIGURE_BLOCKS = [("correction", CorrectionBlock()), ("further", FurtherFigureBlock())]
