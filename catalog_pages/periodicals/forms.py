"""Staff forms for periodicals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from catalog_pages.items.forms import BarcodesField
from catalog_pages.items.staff import own_branch
from catalog_pages.models import Item, PeriodicalIssue, Subscription
from library.editing import SeenVersionForm
from library.models import Branch, OpeningHours
from library.money import with_currency
from library.permissions import editable_branches

LONGEST = 366 * 10  # days a subscription may run
MOST_COPIES = 100
# A change of these makes other issues to be expected.
RHYTHM = ("frequency", "weekdays", "per_year", "skips_holidays", "first_day", "last_day", "first_number")


class SubscriptionForm(SeenVersionForm):
    """What a library subscribes to; the periodical is chosen before."""

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Weekdays"), choices=OpeningHours.WEEKDAYS, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For what appears daily or on certain weekdays; none: Monday to Friday."),
    )  # fmt: skip

    class Meta:
        model = Subscription
        fields = [
            "branch", "frequency", "weekdays", "per_year", "skips_holidays", "first_day", "last_day", "first_number",
            "copies", "price", "supplier", "supplier_email", "grace_days", "is_local", "lends_issues", "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price"].label = with_currency(_("Price"))
        self.fields["branch"].queryset = editable_branches(self.for_user)
        if self.instance.pk is None:
            self.initial.setdefault("branch", own_branch(self.for_user))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("frequency") == Subscription.Frequency.PER_YEAR and not cleaned.get("per_year"):
            self.add_error("per_year", _("Say how many issues appear in a year."))
        if cleaned.get("frequency") == Subscription.Frequency.WEEKLY and not cleaned.get("weekdays"):
            self.add_error("weekdays", _("Choose at least one weekday."))
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last >= first and (last - first).days > LONGEST:
            self.add_error("last_day", _("A subscription runs for ten years at most."))
        price = cleaned.get("price")
        if price is not None and price < 0:
            self.add_error("price", _("A price cannot be below zero."))
        return cleaned


class CheckInForm(forms.Form):
    """One issue that has come."""

    issue = forms.ModelChoiceField(PeriodicalIssue.objects.all())
    copies = forms.IntegerField(min_value=1, max_value=MOST_COPIES, required=False)
    barcodes = BarcodesField(most=MOST_COPIES, required=False)


class IssueForm(forms.ModelForm):
    """An issue that appears out of turn, or one whose day or number is another."""

    class Meta:
        model = PeriodicalIssue
        fields = ["number", "day", "note"]
        widgets = {"day": AdminDateInput}

    def _get_validation_exclusions(self) -> set[str]:
        """The subscription is known, so that an issue that is on its list already is found."""
        return super()._get_validation_exclusions() - {"subscription"}

    def clean_day(self) -> Any:
        day, subscription = self.cleaned_data["day"], self.instance.subscription
        if not subscription.first_day <= day <= subscription.last_day:
            raise forms.ValidationError(_("This day is outside the subscription."), code="outside")
        return day


class IssuesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: PeriodicalIssue) -> str:
        return f"№ {obj.number}, {date_format(obj.day)}"


class BindForm(forms.Form):
    """Issues that become one volume."""

    issues = IssuesField(PeriodicalIssue.objects.none(), label=gettext_lazy("Issues"))
    label = forms.CharField(
        label=gettext_lazy("Years and numbers"), max_length=100,
        help_text=gettext_lazy("As it stands on the spine: 2025, 1–52"),
    )  # fmt: skip
    decision = forms.CharField(
        label=gettext_lazy("Binding decision"), max_length=255,
        help_text=gettext_lazy("Number and date of the decision to bind (A26)."),
    )  # fmt: skip
    barcode = forms.CharField(
        label=gettext_lazy("Barcode"), max_length=60, required=False,
        help_text=gettext_lazy("Empty: the next free number is given."),
    )  # fmt: skip
    call_number = forms.CharField(label=gettext_lazy("Call number"), max_length=255, required=False)
    shelf = forms.CharField(label=gettext_lazy("Shelf"), max_length=100, required=False)
    store = forms.ChoiceField(label=gettext_lazy("Store"), choices=Item.Store.choices)

    def __init__(self, *args: Any, subscription: Subscription, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issues"].queryset = unbound(subscription).filter(day__year=year)


class BranchChoiceForm(forms.Form):
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Library"), required=False,
        empty_label=gettext_lazy("All libraries"),
    )  # fmt: skip


def unbound(subscription: Subscription) -> Any:
    """Received issues that are not bound yet."""
    rows = PeriodicalIssue.objects.filter(
        subscription=subscription, state__in=PeriodicalIssue.HELD, volume=None
    )
    return rows.order_by("day", "pk")
