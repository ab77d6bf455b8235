"""The forms of the timetable: one day, the week of the rules, the holidays of a country."""

import hashlib
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from library.countries import COUNTRIES
from library.fields import TranslatedFormField
from library.hours import Span, preset_week
from library.models import Branch, OpeningHours
from library.opening import Spans
from library.timetable.services import PlannedDay, Scope

FEWEST_PAIRS = 2


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=TimeInput())


class DayForm(forms.Form):
    """The hours of one day and how far they reach. `spans()` gives the hours after is_valid()."""

    OPEN, CLOSED = "open", "closed"

    state = forms.ChoiceField(
        label=_("On this day the library is"),
        choices=[(OPEN, _("Open")), (CLOSED, _("Closed"))],
        widget=forms.RadioSelect,
    )
    scope = forms.ChoiceField(label=_("Where this holds"), widget=forms.RadioSelect, initial=Scope.DAY)
    reason = TranslatedFormField(
        label=_("Reason"),
        required=False,
        help_text=_("Readers see it beside the day. Only for a single day."),
    )
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, planned: PlannedDay, data: Any = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        self.pairs = max(FEWEST_PAIRS, len(planned.spans))
        super().__init__(data, initial=_hours_initial(planned.spans) | (initial or {}))
        for number in range(self.pairs):
            again = {"number": number + 1}
            self.fields[f"opens_{number}"] = _time(gettext("Opens (%(number)s)") % again)
            self.fields[f"closes_{number}"] = _time(gettext("Closes (%(number)s)") % again)
        self.fields["scope"].choices = scope_choices(planned.day)  # type: ignore[attr-defined]

    def pairs_of_fields(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The opening and closing time of each span, to be drawn side by side."""
        for number in range(self.pairs):
            yield self[f"opens_{number}"], self[f"closes_{number}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") != self.OPEN:
            return cleaned
        for number in range(self.pairs):
            opens, closes = cleaned.get(f"opens_{number}"), cleaned.get(f"closes_{number}")
            missing = f"closes_{number}" if opens else f"opens_{number}"
            if (opens is None) != (closes is None) and missing not in self.errors:
                self.add_error(missing, gettext("Give both times, or leave both empty."))
        if not self.errors and not self._pairs(cleaned):
            self.add_error("opens_0", gettext("Give the hours, or choose “closed”."))
        return cleaned

    def spans(self) -> list[Span]:
        if self.cleaned_data["state"] == self.CLOSED:
            return []
        return self._pairs(self.cleaned_data)

    def _pairs(self, cleaned: dict[str, Any]) -> list[Span]:
        found = ((cleaned.get(f"opens_{n}"), cleaned.get(f"closes_{n}")) for n in range(self.pairs))
        return [(opens, closes) for opens, closes in found if opens and closes]


def _hours_initial(spans: Spans) -> dict[str, Any]:
    initial: dict[str, Any] = {"state": DayForm.OPEN if spans else DayForm.CLOSED}
    for number, (opens, closes) in enumerate(spans):
        initial |= {f"opens_{number}": opens, f"closes_{number}": closes}
    return initial


def scope_choices(day: date) -> list[tuple[str, str]]:
    """How far a change may reach, naming the weekday."""
    words = {"weekday": OpeningHours.WEEKDAYS[day.weekday()][1]}
    return [
        (Scope.DAY, gettext("Only this day")),
        (Scope.FOLLOWING, gettext("This day and the following weeks: %(weekday)s") % words),
        (Scope.ALL, gettext("All weeks: %(weekday)s") % words),
    ]


class PresetForm(forms.Form):
    """The week of the rules for a number of staff (A15)."""

    staff = forms.IntegerField(
        label=_("Number of staff"),
        min_value=1,
        max_value=999,
        help_text=_("Director and auxiliary staff are not counted."),
    )
    provincial = forms.BooleanField(
        label=_("Provincial library"), required=False, help_text=_("It closes on Sunday only.")
    )
    opens = forms.TimeField(label=_("Opens"), initial=time(9), widget=TimeInput())
    closes = forms.TimeField(label=_("Closes"), initial=time(18), widget=TimeInput())
    lunch_from = _time(_("Lunch break from"))
    lunch_until = _time(_("Lunch break until"))
    from_day = forms.DateField(label=_("From this day on"), widget=DateInput())
    version = forms.CharField(widget=forms.HiddenInput)

    @classmethod
    def for_branch(cls, branch: Branch, version: str) -> "PresetForm":
        initial = {"staff": branch.staff_count, "from_day": timezone.localdate(), "version": version}
        return cls(initial=initial)

    def clean_from_day(self) -> date:
        day: date = self.cleaned_data["from_day"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(gettext("This day is past; choose today or a later day."))
        if day.year > today.year + 10:
            raise forms.ValidationError(gettext("This day is too far ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        begin, end = cleaned.get("lunch_from"), cleaned.get("lunch_until")
        if opens and closes and closes <= opens:
            self.add_error("closes", gettext("The closing time must be after the opening time."))
        elif (begin is None) != (end is None):
            self.add_error("lunch_until", gettext("Give both times, or leave both empty."))
        elif opens and closes and begin and end and not opens < begin < end < closes:
            self.add_error("lunch_until", gettext("The break must lie within the opening hours."))
        return cleaned

    @property
    def lunch(self) -> Span | None:
        begin, end = self.cleaned_data["lunch_from"], self.cleaned_data["lunch_until"]
        return (begin, end) if begin and end else None

    def arguments(self) -> dict[str, Any]:
        """What preset_week() takes."""
        names = ("staff", "opens", "closes", "provincial")
        return {name: self.cleaned_data[name] for name in names} | {"lunch": self.lunch}

    def week(self) -> list[tuple[Any, list[Span]]]:
        """The seven days to look at before they are applied: (name of the weekday, spans)."""
        plan = preset_week(**self.arguments())
        return [(name, plan[weekday]) for weekday, name in OpeningHours.WEEKDAYS]

    def fingerprint(self) -> str:
        """Tells whether what is to be applied is what was looked at."""
        seen = sorted((name, str(self.cleaned_data[name])) for name in self.cleaned_data if name != "version")
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


class HolidaysForm(forms.Form):
    """Which country's holidays of which year are to be entered."""

    country = forms.ChoiceField(label=_("Country"))
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        self.fields["country"].choices = COUNTRIES  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, str(year)) for year in range(this_year, this_year + 4)]  # type: ignore[attr-defined]
