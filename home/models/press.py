"""The press kit: logos, photographs, brochures, whom to ask, a few words to copy (A41)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable

from home.blocks import ContentStream
from home.models.base import FooterPage
from library.fields import PhonesField
from library.models import PortalDocument, PortalImage


class PressKitPage(RoutablePageMixin, FooterPage):
    """What reporters need, to be taken one by one or all at once."""

    about = models.TextField(
        _("the library in a few words"),
        blank=True,
        max_length=2000,
        help_text=_("Reporters copy it as it stands: who we are, since when, how many libraries."),
    )
    contact_role = models.CharField(
        _("whom to ask"),
        max_length=120,
        blank=True,
        help_text=_("A department or a role, such as: public relations."),
    )
    contact_phone = PhonesField()
    contact_email = models.EmailField(_("e-mail"), blank=True)
    body = ContentStream()

    template = "home/press_kit_page.html"
    page_description = _("Logos, photographs and brochures for reporters, and whom they can ask.")
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("about"),
        MultiFieldPanel(
            ["contact_role", "contact_phone", "contact_email"], heading=_("Contact for the press")
        ),
        InlinePanel("logos", heading=_("Logos"), label=_("Logo"), max_num=12),
        InlinePanel("photographs", heading=_("Photographs"), label=_("Photograph"), max_num=40),
        InlinePanel("brochures", heading=_("Brochures"), label=_("Brochure"), max_num=20),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("press kit")
        verbose_name_plural = _("press kits")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.press_kit import Kit

        return {**super().get_context(request, *args, **kwargs), "kit": Kit.of(self), "address": self.url}

    def prepare_files(self) -> None:
        """Make the large copies before anybody asks for them; called by the worker after publishing."""
        from home.press_kit import Kit

        Kit.of(self, make=True)

    @path("picture/<int:picture>/", name="picture")
    @method_decorator(require_safe)
    def picture(self, request: HttpRequest, picture: int) -> HttpResponseBase:
        """One picture of the kit in full size; 404 for pictures that are none of it or not for everybody."""
        from home.press_kit import send_picture

        return send_picture(self, picture, request)

    @path("zip/", name="zip")
    @method_decorator(require_safe)
    def zip(self, request: HttpRequest) -> HttpResponseBase:
        """All files in one, with their credits and licences."""
        from home.press_kit import send_all

        return send_all(self, request)


class Licence(models.TextChoices):
    """What may be done with a photograph."""

    PRESS = "press", _("Free for reports about the library, with the credit")
    CC_BY = "cc-by", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "cc-by-sa", _("Creative Commons Attribution-ShareAlike 4.0")
    CC0 = "cc0", _("Free for everything (CC0)")

    @property
    def address(self) -> str:
        """Where the licence stands in full."""
        return {
            "cc-by": "https://creativecommons.org/licenses/by/4.0/",
            "cc-by-sa": "https://creativecommons.org/licenses/by-sa/4.0/",
            "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
        }.get(self.value, "")


class PressLogo(Orderable):
    """A logo, as a picture and for printers."""

    page = ParentalKey(PressKitPage, on_delete=models.CASCADE, related_name="logos")
    title = models.CharField(_("title"), max_length=120, help_text=_("For example: Logo, on dark ground"))
    picture = models.ForeignKey(PortalImage, models.CASCADE, related_name="+", verbose_name=_("picture"))
    document = models.ForeignKey(
        PortalDocument, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("file for printers"), help_text=_("The same logo as PDF, where there is one."),
    )  # fmt: skip

    panels = ["title", "picture", "document"]

    class Meta(Orderable.Meta):
        verbose_name = _("logo")
        verbose_name_plural = _("logos")


class PressPhotograph(Orderable):
    """A photograph for the press: never without its credit and licence."""

    page = ParentalKey(PressKitPage, on_delete=models.CASCADE, related_name="photographs")
    picture = models.ForeignKey(PortalImage, models.CASCADE, related_name="+", verbose_name=_("photograph"))
    title = models.CharField(_("title"), max_length=120)
    alternative_text = models.CharField(
        _("what is on the picture"),
        max_length=250,
        help_text=_("For readers who do not see it, in a few words."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it. Left empty, the credit of the picture itself is taken."),
    )
    licence = models.CharField(_("licence"), max_length=10, choices=Licence.choices, default=Licence.PRESS)

    panels = ["picture", "title", "alternative_text", "credit", "licence"]

    class Meta(Orderable.Meta):
        verbose_name = _("photograph for the press")
        verbose_name_plural = _("photographs for the press")

    def clean(self) -> None:
        super().clean()
        if not self.credit and self.picture_id:
            self.credit = self.picture.credit[:200]
            if not self.credit:
                raise ValidationError({"credit": _("Say who made the photograph.")})

    @property
    def licence_address(self) -> str:
        return Licence(self.licence).address


class PressBrochure(Orderable):
    """A brochure or another paper to download."""

    page = ParentalKey(PressKitPage, on_delete=models.CASCADE, related_name="brochures")
    document = models.ForeignKey(PortalDocument, models.CASCADE, related_name="+", verbose_name=_("document"))
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text=_("Left empty, that of the document is taken.")
    )

    panels = ["document", "title"]

    class Meta(Orderable.Meta):
        verbose_name = _("brochure")
        verbose_name_plural = _("brochures")
