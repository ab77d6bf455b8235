"""Forms of weeding lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_pages.models import Item, WeedingEntry, WeedingList
from catalog_pages.stocktaking.rules import clean_barcode
from catalog_pages.weeding.selection import Rule, lending_is_known
from library.models import User
from library.permissions import editable_branches

MOST_CODES = 200


class ListForm(forms.ModelForm):
    """A new list of one of the person's libraries."""

    class Meta:
        model = WeedingList
        fields = ["branch", "name"]
        help_texts = {"name": gettext_lazy("By which you will know the list again.")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = editable_branches(user)  # type: ignore[attr-defined]
        self.fields["branch"].initial = editable_branches(user).first()


class ReasonForm(forms.Form):
    """Why copies go, and their value where it is not that of the register."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=WeedingEntry.Reason.choices)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=255, required=False)
    price = forms.DecimalField(
        label=gettext_lazy("Value"), required=False, min_value=0, max_digits=10, decimal_places=2,
        help_text=gettext_lazy("As the commission sets it. Empty: the price in the register."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == WeedingEntry.Reason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Say which reason."))
        return cleaned


class ScanForm(ReasonForm):
    """Copies by their barcodes or accession numbers, one a line: a scanner writes them one after the other."""

    codes = forms.CharField(
        label=gettext_lazy("Barcodes, one a line"), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True, "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ["codes", "reason", "note", "price"]

    def clean_codes(self) -> list[str]:
        codes = dict.fromkeys(filter(None, map(clean_barcode, self.cleaned_data["codes"].splitlines())))
        if not codes:
            raise ValidationError(_("There is no barcode in it."))
        if len(codes) > MOST_CODES:
            raise ValidationError(_("At most %(count)s at a time.") % {"count": MOST_CODES})
        return list(codes)


class RuleForm(forms.Form):
    """What to look for. All that is filled in must hold."""

    older_than = forms.IntegerField(
        label=gettext_lazy("Published before the year"), required=False, min_value=1000, max_value=2100
    )
    copies_kept = forms.IntegerField(
        label=gettext_lazy("Copies beyond this number"), required=False, min_value=1, max_value=1000
    )
    missing_counts = forms.IntegerField(
        label=gettext_lazy("Missing at so many counts"), required=False, min_value=1, max_value=50
    )
    not_lent_years = forms.IntegerField(
        label=gettext_lazy("Not lent for so many years"), required=False, min_value=1, max_value=100
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    store = forms.ChoiceField(label=gettext_lazy("Store"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses = (Item.Status.MISSING, Item.Status.LOST, Item.Status.REPAIR)
        chosen = [(status.value, status.label) for status in statuses]
        self.fields["status"].choices = [("", "–"), *chosen]  # type: ignore[attr-defined]
        self.fields["store"].choices = [("", "–"), *Item.Store.choices]  # type: ignore[attr-defined]
        if not lending_is_known():
            del self.fields["not_lent_years"]

    def rule(self) -> Rule:
        """What a valid form asks."""
        names = ("older_than", "copies_kept", "missing_counts", "not_lent_years", "status")
        return Rule(**{name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.rule().asks_nothing:
            raise ValidationError(_("Say what to look for."))
        return cleaned


class DecisionForm(forms.Form):
    """What was decided, and why."""

    decision = forms.ChoiceField(
        choices=[("approve", gettext_lazy("Approve")), ("refuse", gettext_lazy("Refuse"))]
    )
    note = forms.CharField(label=gettext_lazy("Reason of the decision"), max_length=1000, required=False)
