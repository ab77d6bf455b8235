"""What the standing pages of the site share: a place in the tree, a picture, a text to begin with."""

import json
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from home.models.base import FooterPage
from library.models import PortalImage


class StandingPage(FooterPage):
    """A page of a kind of its own, below the home page or a section, with no pages below it. Abstract."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.SectionPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def begin(self, choice: str = "") -> None:
        """Fill the empty form of a new page with a few helpful words, in the active language.

        `choice` is what staff chose beforehand, where the kind of page has several beginnings.
        """


def first_blocks(*blocks: tuple[str, Any]) -> str:
    """Blocks of a new page from (name, value), as they are stored, so that what is left out gets its default."""
    return json.dumps([{"type": name, "value": value} for name, value in blocks])


class WithPicture(models.Model):
    """A page with one picture of its own, shown by sections that want pictures too. Abstract."""

    picture = models.ForeignKey(
        PortalImage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("picture"), help_text=_("May stay empty."),
    )  # fmt: skip
    picture_text = models.CharField(
        _("what is on the picture"),
        max_length=250,
        blank=True,
        help_text=_("For readers who do not see it, in a few words."),
    )

    picture_panel: ClassVar[Any] = MultiFieldPanel(
        [FieldPanel("picture"), FieldPanel("picture_text")], heading=_("Picture")
    )

    class Meta:
        abstract = True


class PictureForm(WagtailAdminPageForm):
    """A picture needs words before the page is published; a draft may wait for them."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation and cleaned.get("picture") and not cleaned.get("picture_text"):
            self.add_error("picture_text", ValidationError(_("Say in a few words what is on the picture.")))
        return cleaned
