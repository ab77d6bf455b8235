"""Newspapers and journals: what is subscribed to, which issues are expected and came, what is bound."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_pages.models.items import Item
from catalog_pages.models.records import Record


class Subscription(models.Model):
    """A periodical that a library gets, from one day on until another."""

    class Frequency(models.TextChoices):
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("On certain weekdays")
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        PER_YEAR = "per_year", _("Several times a year")

    record = models.ForeignKey(
        Record, models.PROTECT, related_name="subscriptions", verbose_name=_("periodical")
    )
    branch = models.ForeignKey(
        "library.Branch", models.PROTECT, related_name="subscriptions", verbose_name=_("library")
    )
    supplier = models.CharField(_("publisher or supplier"), max_length=255, blank=True)
    supplier_email = models.EmailField(
        _("e-mail for claims"), blank=True, help_text=_("Letters about issues that did not come go there.")
    )
    frequency = models.CharField(
        _("appears"), max_length=10, choices=Frequency.choices, default=Frequency.MONTHLY
    )
    weekdays = models.JSONField(_("weekdays"), default=list, blank=True)
    per_year = models.PositiveSmallIntegerField(
        _("issues a year"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    skips_holidays = models.BooleanField(
        _("not on public holidays"), default=True, help_text=_("For what appears daily or on weekdays.")
    )
    first_day = models.DateField(_("first issue on"))
    last_day = models.DateField(_("until"))
    first_number = models.PositiveIntegerField(
        _("number of the first issue"), default=1, help_text=_("Each year begins again with 1.")
    )
    copies = models.PositiveSmallIntegerField(
        _("copies"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, null=True, blank=True)
    grace_days = models.PositiveSmallIntegerField(
        _("late after days"), default=7, validators=[MaxValueValidator(365)]
    )
    is_local = models.BooleanField(
        _("local newspaper"), default=False, help_text=_("Local newspapers are kept and bound (A26).")
    )
    lends_issues = models.BooleanField(
        _("older issues are lent"), default=False,
        help_text=_("Issues get barcodes. The newest is read in the library only (A31)."),
    )  # fmt: skip
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="subscription_ends_after_it_begins",
                violation_error_message=_("The last day must not be before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.record} ({self.branch})"


class BoundVolume(models.Model):
    """Issues bound into one volume, which is a copy like any other; by whose decision (A26)."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="bound_volume")
    subscription = models.ForeignKey(
        Subscription, models.SET_NULL, null=True, related_name="volumes", verbose_name=_("subscription")
    )
    label = models.CharField(
        _("years and numbers"), max_length=100, help_text=_("As it stands on the spine: 2025, 1–52")
    )
    first_day = models.DateField(_("first issue"))
    last_day = models.DateField(_("last issue"))
    decision = models.CharField(
        _("binding decision"), max_length=255, help_text=_("Number and date of the decision to bind (A26).")
    )

    class Meta:
        verbose_name = _("bound volume")
        verbose_name_plural = _("bound volumes")
        ordering = ["first_day", "pk"]

    def __str__(self) -> str:
        return self.label


class PeriodicalIssue(models.Model):
    """One issue: expected, received, or known not to come. Late is what is expected and past its day of grace."""

    class State(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        RECEIVED = "received", _("Received")
        INCOMPLETE = "incomplete", _("Incomplete")
        MISSING = "missing", _("Will not come")
        CANCELLED = "cancelled", _("Did not appear")

    HELD = (State.RECEIVED, State.INCOMPLETE)

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="issues", verbose_name=_("subscription"), db_index=False
    )
    number = models.CharField(_("number"), max_length=30)
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.EXPECTED)
    copies = models.PositiveSmallIntegerField(_("copies received"), default=0)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=255, blank=True)
    volume = models.ForeignKey(
        BoundVolume, models.SET_NULL, null=True, blank=True, related_name="issues", verbose_name=_("bound in")
    )

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "day", "number"],
                name="issue_once",
                violation_error_message=_("This issue is on the list already."),
            )
        ]
        indexes = [
            models.Index(fields=["day", "id"], condition=Q(state="expected"), name="issue_expected"),
        ]

    def __str__(self) -> str:
        return f"{self.day.year}/{self.number}"

    @property
    def late_since(self) -> date:
        """The first day on which the issue is late, if it has not come."""
        return self.day + timedelta(days=self.subscription.grace_days + 1)

    @property
    def is_late(self) -> bool:
        return self.state == self.State.EXPECTED and self.late_since <= timezone.localdate()


class IssueCopy(models.Model):
    """A copy of an issue that has a barcode of its own; the newest is not lent (A31)."""

    issue = models.ForeignKey(PeriodicalIssue, models.CASCADE, related_name="issue_copies")
    item = models.OneToOneField(Item, models.CASCADE, related_name="issue_copy")

    class Meta:
        verbose_name = _("copy of an issue")
        verbose_name_plural = _("copies of issues")

    def __str__(self) -> str:
        return f"{self.issue} {self.item}"


class IssueClaim(models.Model):
    """A letter that asked the supplier for an issue that did not come."""

    issue = models.ForeignKey(PeriodicalIssue, models.CASCADE, related_name="claims")
    ordinal = models.PositiveSmallIntegerField(_("which claim"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    address = models.EmailField(_("e-mail"))

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "ordinal"], name="issue_claim_once")]

    def __str__(self) -> str:
        return f"{self.issue}: {self.ordinal}"
