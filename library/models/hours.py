"""When branches are open: weekly series, single days, public holidays and moved working days."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from library.fields import TranslatedField
from library.models.branches import Branch
from library.text import in_language


class OpeningHours(models.Model):
    """A weekly series: the span of a weekday in which a branch is open; a lunch break makes two of them.

    `first_day` and `last_day` bound the series, so that "this and following" keeps what was true before.
    """

    WEEKDAYS = [
        (0, _("Monday")),
        (1, _("Tuesday")),
        (2, _("Wednesday")),
        (3, _("Thursday")),
        (4, _("Friday")),
        (5, _("Saturday")),
        (6, _("Sunday")),
    ]

    branch = ParentalKey(Branch, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    first_day = models.DateField(_("from"), null=True, blank=True, help_text=_("Empty: has always been so."))
    last_day = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Empty: until further notice.")
    )

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="opens_before_it_closes"
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True)
                | models.Q(first_day__isnull=True)
                | models.Q(last_day__gte=models.F("first_day")),
                name="weekly_hours_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def clean(self):
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("The closing time must be after the opening time.")})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day must not be before the first.")})

    def overlaps(self, other: "OpeningHours") -> bool:
        """Whether both would be in force at the same minute of some day."""
        return (
            self.weekday == other.weekday
            and self.opens < other.closes
            and other.opens < self.closes
            and (not self.last_day or not other.first_day or other.first_day <= self.last_day)
            and (not other.last_day or not self.first_day or self.first_day <= other.last_day)
        )


class DatedHours(models.Model):
    """The hours of a branch on one day, instead of all others; without times it is closed that day."""

    branch = ParentalKey(Branch, on_delete=models.CASCADE, related_name="dated_hours")
    day = models.DateField(_("day"))
    opens = models.TimeField(_("opens"), null=True, blank=True, help_text=_("Empty: closed all day."))
    closes = models.TimeField(_("closes"), null=True, blank=True)
    reason = TranslatedField(_("reason"), blank=True, help_text=_("Readers see it beside the day."))

    class Meta:
        verbose_name = _("single day")
        verbose_name_plural = _("single days")
        ordering = ["day", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__isnull=True, closes__isnull=True)
                | models.Q(closes__gt=models.F("opens")),
                name="dated_hours_open_or_closed",
            ),
            models.UniqueConstraint(fields=["branch", "day", "opens"], name="dated_hours_once"),
        ]

    def __str__(self) -> str:
        hours = f"{self.opens:%H:%M}–{self.closes:%H:%M}" if self.opens and self.closes else str(_("closed"))
        return f"{self.day:%Y-%m-%d} {hours}"

    def clean(self):
        if (self.opens is None) != (self.closes is None):
            raise ValidationError({"closes": _("Give both times, or neither for a closed day.")})
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": _("The closing time must be after the opening time.")})


class PublicHoliday(models.Model):
    """Days on which every branch is closed by law; a branch may still open by an entry of its own.

    Moon-dated holidays are entered year by year as the state announces them (`proposed` until then).
    """

    name = TranslatedField(_("name"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    every_year = models.BooleanField(_("every year"), default=False)
    is_proposed = models.BooleanField(
        _("date not yet confirmed"),
        default=False,
        help_text=_("Calculated; the state may announce another day."),
    )

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="holiday_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return in_language(self.name)

    def clean(self):
        if self.first_day and self.last_day:
            length = (self.last_day - self.first_day).days
            if length < 0:
                raise ValidationError({"last_day": _("The last day must not be before the first.")})
            if length > 30:
                raise ValidationError({"last_day": _("A holiday may last 31 days at most.")})


class MovedWorkingDay(models.Model):
    """A working day moved by decree: one day is free and another is worked with its hours."""

    day_off = models.DateField(_("free day"), unique=True)
    day_worked = models.DateField(_("worked instead"), unique=True)
    reason = TranslatedField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("moved working day")
        verbose_name_plural = _("moved working days")
        ordering = ["day_off"]

    def __str__(self) -> str:
        return f"{self.day_off:%Y-%m-%d} → {self.day_worked:%Y-%m-%d}"

    def clean(self):
        if self.day_off and self.day_off == self.day_worked:
            raise ValidationError({"day_worked": _("The two days must differ.")})
