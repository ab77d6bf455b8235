"""Branches, their departments and the people readers meet there."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PreviewableMixin

from library.fields import PhonesField, TranslatedField
from library.models.images import PortalImage
from library.previews import branch_preview, language_modes
from library.querysets import BranchQuerySet
from library.text import in_language


class Branch(PreviewableMixin, ClusterableModel):
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

    class Facility(models.TextChoices):
        READING_ROOM = "reading_room", _("Reading room")
        WIFI = "wifi", _("Wireless internet")
        PRINTING = "printing", _("Printing and scanning")
        HALL = "hall", _("Hall for events")
        EXHIBITIONS = "exhibitions", _("Room for exhibitions")
        RETURN_BOX = "return_box", _("Box for returning books at any hour")

    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Short and lasting: it stands in addresses and records."),
    )
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.VILLAGE)
    place = TranslatedField(
        _("town or village"), blank=True, help_text=_("Readers look for the library by it.")
    )
    address = TranslatedField(_("address"), blank=True)
    directions = TranslatedField(
        _("how to get there"), blank=True, multiline=True,
        help_text=_("Bus, stop, what stands near it; where to leave a car."),
    )  # fmt: skip
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    phone = PhonesField()
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web page"), blank=True)
    about = TranslatedField(_("about"), blank=True, multiline=True)
    staff_count = models.PositiveSmallIntegerField(_("number of staff"), null=True, blank=True)
    accessibility = models.JSONField(_("accessibility"), default=list, blank=True)
    has_childrens_room = models.BooleanField(_("children's room"), default=False)
    has_internet = models.BooleanField(_("internet computers"), default=False)
    has_coworking = models.BooleanField(_("co-working space"), default=False)
    facilities = models.JSONField(_("facilities"), default=list, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("shown on the site"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = BranchQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("code"), FieldPanel("kind"), FieldPanel("is_active")]),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("address"), FieldPanel("directions"), FieldPanel("latitude"),
             FieldPanel("longitude"), FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")],
            heading=_("How to get there"),
        ),
        InlinePanel("photographs", heading=_("Photographs"), label=_("Photograph")),
        InlinePanel("hours", heading=_("Weekly hours"), label=_("Hours")),
        InlinePanel("dated_hours", heading=_("Single days: closed or specially open"), label=_("Day")),
        MultiFieldPanel(
            [FieldPanel("about"), FieldPanel("has_childrens_room"), FieldPanel("has_internet"),
             FieldPanel("has_coworking"), FieldPanel("facilities"), FieldPanel("accessibility"),
             FieldPanel("position")],
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

    @property
    def full_url(self) -> str:
        """Where its page stands; previews ask for it."""
        path = self.get_absolute_url() if self.code else f"/{settings.LANGUAGE_CODE}/"
        return f"{settings.BASE_URL}{path}"

    @property
    def preview_modes(self):
        """Its page in each language; nothing before it is saved for the first time."""
        return language_modes() if self.pk else []

    def serve_preview(self, request: HttpRequest, mode_name: str | None) -> HttpResponseBase:
        """The page of a library as readers will see it. Hours and staff are those that are saved."""
        if not self.pk:
            raise Http404
        return branch_preview(request, self, mode_name or "")

    def clean(self):
        for name, choices in (("accessibility", self.Accessibility), ("facilities", self.Facility)):
            unknown = set(getattr(self, name) or []) - set(choices.values)
            if unknown:
                raise ValidationError(
                    {name: _("Unknown: %(values)s") % {"values": ", ".join(sorted(unknown))}}
                )
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both latitude and longitude, or neither.")})

    @property
    def accessibility_labels(self) -> list[str]:
        """The accessibility facts in words, in the order of the choices."""
        return [label for code, label in self.Accessibility.choices if code in (self.accessibility or [])]

    @property
    def is_step_free(self) -> bool:
        return self.Accessibility.STEP_FREE in (self.accessibility or [])

    @property
    def offers_coworking(self) -> bool:
        """Whether one can come to work there: a room of a library, or a centre that is nothing else."""
        return self.has_coworking or self.kind == self.Kind.COWORKING

    @property
    def facility_labels(self) -> list[str]:
        """What readers find there, in words: rooms first, then the facilities in the order of the choices."""
        rooms = [
            (self.has_childrens_room, _("Children's room")),
            (self.has_internet, _("Internet computers")),
            (self.offers_coworking, _("Co-working space")),
        ]
        ticked = [label for code, label in self.Facility.choices if code in (self.facilities or [])]
        return [str(label) for there, label in rooms if there] + ticked


class BranchPhotograph(Orderable):
    """A photograph of a branch, as its page shows it."""

    branch = ParentalKey(Branch, on_delete=models.CASCADE, related_name="photographs")
    picture = models.ForeignKey(
        PortalImage, on_delete=models.CASCADE, related_name="+", verbose_name=_("photograph")
    )
    alternative_text = TranslatedField(
        _("what is on the picture"), help_text=_("For readers who do not see it, in a few words.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")

    def __str__(self) -> str:
        return in_language(self.alternative_text)


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
    phone = PhonesField()
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
    phone = PhonesField()
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
