"""The library system's name, contacts and look."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from library.colours import contrast
from library.countries import COUNTRIES, CURRENCIES
from library.fields import PhonesField, TranslatedField
from library.models.branches import Branch
from library.models.images import PortalImage
from library.text import in_language

hex_colour = RegexValidator(
    r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits, for example #1F5C57.")
)


@register_setting(icon="site")
class SystemSettings(BaseSiteSetting):
    """The library system's name, contacts and look: everything on the site derives from it."""

    HEADING_FONTS = [("sans", _("Sans serif")), ("serif", _("Serif"))]

    system_name = TranslatedField(_("name of the library system"), blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    central_branch = models.ForeignKey(
        Branch,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("central library"),
    )
    address = TranslatedField(_("address"), blank=True)
    phone = PhonesField()
    country = models.CharField(
        _("country"),
        max_length=2,
        choices=COUNTRIES,
        blank=True,
        help_text=_("Its public holidays are proposed every year, for you to confirm."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        choices=[(code, code) for code in sorted([*CURRENCIES.values(), "EUR", "USD"])],
        blank=True,
        help_text=_("The currency of prices. Empty: that of the country."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, default="#1f5c57", validators=[hex_colour])
    second = models.CharField(_("second colour"), max_length=7, default="#8c3b2a", validators=[hex_colour])
    logo = models.ForeignKey(
        PortalImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
    )
    header_picture = models.ForeignKey(
        PortalImage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("header picture"),
    )  # fmt: skip
    radius = models.PositiveSmallIntegerField(
        _("corner radius in pixels"), default=6, validators=[MaxValueValidator(24)]
    )
    heading_font = models.CharField(_("headings"), max_length=10, choices=HEADING_FONTS, default="serif")
    demo_notice = TranslatedField(_("demo notice"), blank=True, multiline=True)

    panels = [
        MultiFieldPanel(
            ["system_name", "short_name", "founded", "central_branch", "country", "currency"],
            heading=_("Library system"),
        ),
        MultiFieldPanel(["address", "phone", "email"], heading=_("Contacts")),
        MultiFieldPanel(
            ["logo", "header_picture", "accent", "second", "radius", "heading_font"], heading=_("Look")
        ),
        "demo_notice",
    ]

    class Meta:
        verbose_name = _("Library system and look")

    def __str__(self) -> str:
        return in_language(self.system_name) or self.short_name or settings.WAGTAIL_SITE_NAME

    def clean(self):
        """Refuse colours that cannot be read on the page's paper (WCAG 2.2, 1.4.3: 4.5 to 1)."""
        unreadable = {
            name: _("This colour is too pale to read on a light page: choose a darker one.")
            for name in ("accent", "second")
            if contrast(getattr(self, name), "#faf7f1") < 4.5
        }
        if unreadable:
            raise ValidationError(unreadable)
