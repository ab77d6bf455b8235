"""People, bodies, places and subjects: one row each for the catalogue, the archive and everything else."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from library import identifiers
from library.fields import TranslatedField
from library.headings import KEY_LENGTH, fold_key, match_key
from library.querysets import AuthorityQuerySet
from search.sorting import LONGEST_KEY, sort_key

HEADING_LENGTH = 500


class Authority(ClusterableModel):
    """One person, body, family, place, subject, genre or work, under the heading the library prefers.

    A row that was merged into another stays as a redirect: `merged_into` says where, and is never itself merged.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("Person")
        BODY = "body", _("Organisation")
        FAMILY = "family", _("Family")
        PLACE = "place", _("Place")
        SUBJECT = "subject", _("Subject")
        GENRE = "genre", _("Genre or form")
        WORK = "work", _("Work")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PERSON)
    heading = models.CharField(
        _("heading"),
        max_length=HEADING_LENGTH,
        help_text=_("The preferred form, as lists show it: surname first."),
    )
    dates = models.CharField(
        _("dates"),
        max_length=100,
        blank=True,
        help_text=_("For example 1141–1209. They tell namesakes apart."),
    )
    note = TranslatedField(_("note"), blank=True, multiline=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    is_verified = models.BooleanField(
        _("checked"),
        default=False,
        help_text=_("A librarian has checked this entry. Imports make unchecked ones."),
    )
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="redirects",
        verbose_name=_("merged into"),
    )  # fmt: skip
    match_key = models.CharField(max_length=KEY_LENGTH, editable=False)
    fold_key = models.CharField(max_length=KEY_LENGTH, editable=False, db_index=True)
    sort_key = models.CharField(max_length=LONGEST_KEY, editable=False)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = AuthorityQuerySet.as_manager()

    panels = [
        MultiFieldPanel(["kind", "heading", "dates", "is_verified"], heading=_("Heading")),
        FieldPanel("note"),
        MultiFieldPanel(["latitude", "longitude"], heading=_("Where the place lies")),
        InlinePanel("names", heading=_("Other names and forms"), label=_("Name")),
        InlinePanel("identifiers", heading=_("Numbers elsewhere"), label=_("Number")),
        InlinePanel("relations", heading=_("Related entries"), label=_("Relation")),
    ]

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "match_key"], condition=Q(merged_into=None), name="authority_heading_unique"
            ),
            models.CheckConstraint(condition=~Q(match_key=""), name="authority_heading_given"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="authority_not_into_itself"),
        ]
        indexes = [
            models.Index(fields=["match_key"], name="authority_match"),
            models.Index(fields=["kind", "sort_key", "id"], name="authority_listed"),
        ]

    def __str__(self) -> str:
        return f"{self.heading}, {self.dates}" if self.dates else self.heading

    def set_keys(self) -> None:
        """Work out what the entry is matched, found and sorted by."""
        self.match_key = match_key(self.heading, self.dates)
        self.fold_key = fold_key(self.heading, self.dates)
        self.sort_key = sort_key(str(self), settings.LANGUAGE_CODE)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.set_keys()
        if not self.match_key:
            raise ValidationError({"heading": _("A heading needs at least one letter or digit.")})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both latitude and longitude, or neither.")})
        if self.latitude is not None and self.kind != self.Kind.PLACE:
            raise ValidationError({"latitude": _("Only places have coordinates.")})
        same = Authority.objects.current().filter(kind=self.kind, match_key=self.match_key)
        if self.merged_into_id is None and (other := same.exclude(pk=self.pk).first()):
            raise ValidationError(
                {"heading": _("There is already “%(heading)s”. Add dates to tell the two apart, or merge them.")
                 % {"heading": other}},
            )  # fmt: skip


class AuthorityName(models.Model):
    """Another form of the name: it leads readers and imports to the preferred heading."""

    class Kind(models.TextChoices):
        VARIANT = "variant", _("Other form")
        OTHER_SCRIPT = "other_script", _("In another script")
        ABBREVIATION = "abbreviation", _("Abbreviation")
        FORMER = "former", _("Former name")
        PSEUDONYM = "pseudonym", _("Pseudonym")

    class Script(models.TextChoices):
        LATIN = "Latn", _("Latin")
        CYRILLIC = "Cyrl", _("Cyrillic")
        GEORGIAN = "Geor", _("Georgian")
        ARABIC = "Arab", _("Arabic")
        ARMENIAN = "Armn", _("Armenian")
        GREEK = "Grek", _("Greek")
        HEBREW = "Hebr", _("Hebrew")

    authority = ParentalKey(
        Authority, on_delete=models.CASCADE, related_name="names", verbose_name=_("authority")
    )
    name = models.CharField(_("name"), max_length=HEADING_LENGTH)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.VARIANT)
    language = models.CharField(
        _("language"), max_length=3, blank=True, help_text=_("Three letters as in MARC: aze, kaz, geo, uzb …")
    )
    script = models.CharField(_("script"), max_length=4, choices=Script.choices, blank=True)
    match_key = models.CharField(max_length=KEY_LENGTH, editable=False, db_index=True)
    fold_key = models.CharField(max_length=KEY_LENGTH, editable=False, db_index=True)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"],
                name="authority_name_once",
                violation_error_message=_("This name stands here twice."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def set_keys(self) -> None:
        self.match_key, self.fold_key = match_key(self.name), fold_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_keys()
        super().save(*args, **kwargs)


class AuthorityIdentifier(models.Model):
    """The number of the same thing in another file, such as VIAF or Wikidata."""

    authority = ParentalKey(
        Authority, on_delete=models.CASCADE, related_name="identifiers", verbose_name=_("authority")
    )
    scheme = models.CharField(_("scheme"), max_length=10, choices=identifiers.Scheme.choices)
    value = models.CharField(_("number"), max_length=100)

    class Meta:
        verbose_name = _("number elsewhere")
        verbose_name_plural = _("numbers elsewhere")
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="authority_identifier_unique",
                violation_error_message=_(
                    "Another entry has this number already. Perhaps the two are one: merge them."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()}: {self.value}"

    def clean(self) -> None:
        if self.scheme:
            try:
                self.value = identifiers.normalised(self.scheme, self.value)
            except ValidationError as error:
                raise ValidationError({"value": error}) from None

    @property
    def address(self) -> str:
        """Where the number leads, or nothing."""
        return identifiers.address(self.scheme, self.value)


class AuthorityRelation(models.Model):
    """How one entry stands to another; the other has the row that says the same from its side."""

    class Kind(models.TextChoices):
        SEE_ALSO = "see_also", _("See also")
        BROADER = "broader", _("Broader")
        NARROWER = "narrower", _("Narrower")
        EARLIER = "earlier", _("Earlier name")
        LATER = "later", _("Later name")
        MEMBER_OF = "member_of", _("Member of")
        HAS_MEMBER = "has_member", _("Has as a member")

    OPPOSITES = {
        Kind.SEE_ALSO: Kind.SEE_ALSO,
        Kind.BROADER: Kind.NARROWER,
        Kind.NARROWER: Kind.BROADER,
        Kind.EARLIER: Kind.LATER,
        Kind.LATER: Kind.EARLIER,
        Kind.MEMBER_OF: Kind.HAS_MEMBER,
        Kind.HAS_MEMBER: Kind.MEMBER_OF,
    }

    authority = ParentalKey(
        Authority, on_delete=models.CASCADE, related_name="relations", verbose_name=_("authority")
    )
    kind = models.CharField(_("relation"), max_length=12, choices=Kind.choices, default=Kind.SEE_ALSO)
    other = models.ForeignKey(Authority, models.CASCADE, related_name="+", verbose_name=_("related entry"))

    panels = [FieldPanel("kind"), FieldPanel("other")]

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "other", "kind"],
                name="authority_relation_once",
                violation_error_message=_("This relation stands here twice."),
            ),
            models.CheckConstraint(
                condition=~Q(authority=F("other")),
                name="authority_relation_to_another",
                violation_error_message=_("An entry cannot be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.other}"

    def opposite(self) -> "AuthorityRelation":
        """The same relation as the other entry has it; not saved."""
        kind = self.OPPOSITES[self.Kind(self.kind)]
        return AuthorityRelation(authority_id=self.other_id, kind=kind, other_id=self.authority_id)


def contradiction(relations: Iterable[AuthorityRelation]) -> AuthorityRelation | None:
    """The first relation that says the opposite of another (broader and narrower at once), or None."""
    said = {}
    for relation in relations:
        kind = AuthorityRelation.Kind(relation.kind)
        opposite = AuthorityRelation.OPPOSITES[kind]
        if opposite != kind and opposite in said.setdefault(relation.other_id, set()):
            return relation
        said.setdefault(relation.other_id, set()).add(kind)
    return None
