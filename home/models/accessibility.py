"""The accessibility statement, written by the portal from a short form."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from home.blocks import ContentStream
from home.blocks.standing import GAP_BLOCKS
from home.blocks.streams import BlocksInCode
from home.models.base import FooterPage
from home.models.standing import StandingPage
from library.fields import PhonesField
from library.models import SystemSettings

ANSWER_WITHIN = 15


class AccessibilityStatementPage(StandingPage):
    """How far the site is usable for everybody, what is not yet, and whom to tell."""

    class Standard(models.TextChoices):
        WCAG_22_AA = "wcag22aa", "WCAG 2.2 AA"
        WCAG_21_AA = "wcag21aa", "WCAG 2.1 AA"
        EN_301_549 = "en301549", "EN 301 549"

    class Status(models.TextChoices):
        FULL = "full", _("meets it")
        PARTIAL = "partial", _("meets it in part")
        NOT = "not", _("does not meet it yet")

    class Check(models.TextChoices):
        OWN = "own", _("by ourselves")
        OTHERS = "others", _("by others, independently")
        READERS = "readers", _("together with readers with disabilities")

    template = "home/accessibility_page.html"
    page_description = _("How far the site is usable for everybody: a short form writes the statement.")

    standard = models.CharField(
        _("standard"), max_length=20, choices=Standard.choices, default=Standard.WCAG_22_AA
    )
    status = models.CharField(
        _("the site"), max_length=10, choices=Status.choices, default=Status.PARTIAL,
        help_text=_("“In part” is the honest answer while there are known gaps."),
    )  # fmt: skip
    gaps = BlocksInCode(GAP_BLOCKS, blank=True, verbose_name=_("known gaps"))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(
        _("how it was checked"), max_length=10, choices=Check.choices, default=Check.OWN
    )
    contact_email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Empty: that of the library system.")
    )
    contact_phone = PhonesField()
    answer_within = models.PositiveSmallIntegerField(_("answered within days"), default=ANSWER_WITHIN)
    body = ContentStream(
        verbose_name=_("more"),
        help_text=_("For example: accessible parking, equipment, an authority to turn to."),
    )

    content_panels = [
        *FooterPage.content_panels,
        MultiFieldPanel([FieldPanel("standard"), FieldPanel("status")], heading=_("The standard")),
        FieldPanel("gaps"),
        MultiFieldPanel(
            [FieldPanel("checked_on"), FieldPanel("checked_by")], heading=_("How it was checked")
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("answer_within")],
            heading=_("Whom to tell"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")

    def begin(self, choice: str = "") -> None:
        self.title = _now("Accessibility")
        self.show_in_footer = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        system = SystemSettings.for_request(request)
        context["email"] = self.contact_email or system.email
        context["phone"] = self.contact_phone or system.phone
        return context
