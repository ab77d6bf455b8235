"""The library system itself: its people, branches, departments, hours and settings."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page

from library.colours import contrast
from library.fields import TranslatedField
from library.querysets import BranchQuerySet
from library.text import in_language


class User(AbstractUser):
    """A member of staff. Accounts are personal and never shared (A29)."""


class PortalImage(AbstractImage):
    """A picture; its alternative text is asked for where it is used, its credit here."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "credit")


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class Branch(ClusterableModel):
    """One library of the system, with an address and hours of its own."""

    class Kind(models.TextChoices):
        CENTRAL = "central", _("Central library")
        TOWN = "town", _("Town library")
        VILLAGE = "village", _("Village library")
        MODEL_VILLAGE = "model_village", _("Model village library")
        CHILDRENS = "childrens", _("Children's library")
        MOBILE = "mobile", _("Mobile library")
        COWORKING = "coworking", _("Co-working centre")

    class Accessibility(models.TextChoices):
        STEP_FREE = "step_free", _("Step-free entrance")
        TOILET = "accessible_toilet", _("Accessible toilet")
        PARKING = "parking", _("Parking for disabled visitors")
        LIFT = "lift", _("Lift")
        MAGNIFIER = "magnifier", _("Magnifier")
        SCREEN_READER = "screen_reader", _("Computer with a screen reader")

    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Short and lasting: it stands in addresses and records."),
    )
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.VILLAGE)
    address = TranslatedField(_("address"), blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web page"), blank=True)
    about = TranslatedField(_("about"), blank=True, multiline=True)
    staff_count = models.PositiveSmallIntegerField(_("number of staff"), null=True, blank=True)
    accessibility = models.JSONField(_("accessibility"), default=list, blank=True)
    has_childrens_room = models.BooleanField(_("children's room"), default=False)
    has_internet = models.BooleanField(_("internet computers"), default=False)
    position = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("shown on the site"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = BranchQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("code"), FieldPanel("kind"), FieldPanel("is_active")]),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("latitude"), FieldPanel("longitude"), FieldPanel("phone"),
             FieldPanel("email"), FieldPanel("website")],
            heading=_("How to get there"),
        ),
        InlinePanel("hours", heading=_("Opening hours"), label=_("Hours")),
        MultiFieldPanel(
            [FieldPanel("about"), FieldPanel("has_childrens_room"), FieldPanel("has_internet"),
             FieldPanel("accessibility"), FieldPanel("position")],
            heading=_("What readers find"),
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return in_language(self.name) or self.code

    def get_absolute_url(self) -> str:
        return reverse("home:branch", args=[self.code])

    def clean(self):
        unknown = set(self.accessibility or []) - set(self.Accessibility.values)
        if unknown:
            raise ValidationError(
                {"accessibility": _("Unknown: %(values)s") % {"values": ", ".join(sorted(unknown))}}
            )
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both latitude and longitude, or neither.")})

    @property
    def accessibility_labels(self) -> list[str]:
        """The accessibility facts in words, in the order of the choices."""
        return [label for code, label in self.Accessibility.choices if code in (self.accessibility or [])]


class OpeningHours(models.Model):
    """A span of a weekday in which a branch is open; a lunch break makes two of them."""

    branch = ParentalKey(Branch, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(
        _("weekday"),
        choices=[
            (0, _("Monday")),
            (1, _("Tuesday")),
            (2, _("Wednesday")),
            (3, _("Thursday")),
            (4, _("Friday")),
            (5, _("Saturday")),
            (6, _("Sunday")),
        ],
    )
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="opens_before_it_closes"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self):
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("The closing time must be after the opening time.")})


class Department(models.Model):
    """A department of a branch, or of the whole system where no branch is named."""

    branch = models.ForeignKey(
        Branch,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="departments",
        verbose_name=_("library"),
    )
    name = TranslatedField(_("name"))
    about = TranslatedField(_("about"), blank=True, multiline=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return in_language(self.name)


class StaffMember(models.Model):
    """A person readers may turn to; shown on the site only where she agreed."""

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="staff", verbose_name=_("department")
    )
    name = models.CharField(_("name"), max_length=200)
    role = TranslatedField(_("role"))
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    photograph = models.ForeignKey(
        PortalImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photograph"),
    )
    show_on_site = models.BooleanField(_("show on site"), default=False)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


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
    phone = models.CharField(_("phone"), max_length=60, blank=True)
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
            ["system_name", "short_name", "founded", "central_branch"], heading=_("Library system")
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


class BasePage(Page):
    """What every page of the site has. Abstract: each page type keeps a table of its own."""

    class Meta:
        abstract = True

    def get_url_parts(self, request=None):
        """Keep the reader's interface language where the library writes no content in it.

        A Kazakh interface on a site written in Azerbaijani shows the Azerbaijani page under /kk/, so that following
        a link does not change the language of everything else.
        """
        parts = super().get_url_parts(request)
        language = get_language()
        if parts is None or not parts[2] or language in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
            return parts
        site_id, root_url, path = parts
        own = f"/{self.locale.language_code}/"
        if self.locale.language_code == settings.LANGUAGE_CODE and path.startswith(own):
            path = f"/{language}/" + path.removeprefix(own)
        return site_id, root_url, path
