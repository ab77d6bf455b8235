"""The first copies of a record, given with its form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_pages.models import Item
from library.models import Branch, User
from library.permissions import editable_branches

RIGHT = "catalog_pages.add_item"
LINES = 2


class FirstItemForm(forms.Form):
    """One copy; a line without a library is none."""

    branch = forms.ModelChoiceField(Branch.objects.none(), label=_("Library"), required=False)
    barcode = forms.CharField(label=_("Barcode"), required=False, max_length=60)
    accession_number = forms.CharField(label=_("Accession number"), required=False, max_length=60)
    call_number = forms.CharField(
        label=_("Call number"),
        required=False,
        max_length=255,
        help_text=_("Empty: by the rule of the library."),
    )
    price = forms.DecimalField(label=_("Price"), required=False, max_digits=10, decimal_places=2, min_value=0)
    store = forms.ChoiceField(label=_("Store"), required=False, choices=Item.Store.choices)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = editable_branches(user).order_by("position", "code")

    def clean_barcode(self) -> str:
        barcode = self.cleaned_data["barcode"].strip()
        if barcode and Item.objects.filter(barcode=barcode).exists():
            raise forms.ValidationError(_("This barcode belongs to another copy."))
        return barcode

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("branch") and any(
            said.get(name) for name in ("barcode", "accession_number", "price")
        ):
            self.add_error("branch", _("Say in which library the copy is."))
        return said


class FirstItems(forms.BaseFormSet):
    """The lines of copies; no barcode stands in two of them."""

    def clean(self) -> None:
        barcodes = [one.cleaned_data.get("barcode") for one in self.forms if one.is_valid()]
        given = [barcode for barcode in barcodes if barcode]
        if len(given) != len(set(given)):
            raise forms.ValidationError(_("The same barcode stands in two lines."))

    def values(self) -> list[dict[str, Any]]:
        """The fields of the copies, by column."""
        today = timezone.localdate()
        return [
            {
                "branch": said["branch"],
                # What is not typed is the next free number, or for a barcode none.
                "barcodes": [said["barcode"]],
                "accession_numbers": [said["accession_number"].strip()]
                if said["accession_number"].strip()
                else [],
                "call_number": said["call_number"].strip(),
                "price": said["price"],
                "store": said["store"] or Item.Store.LIBRARY,
                "arrived_on": today,
            }
            for said in (one.cleaned_data for one in self.forms)
            if said.get("branch")
        ]


def first_items(user: User, data: Any = None) -> FirstItems | None:
    """The lines for copies, where the person may add them."""
    if not user.has_perm(RIGHT):
        return None
    factory = forms.formset_factory(
        FirstItemForm, formset=FirstItems, extra=LINES, max_num=20, absolute_max=20, validate_max=True
    )
    return factory(data, prefix="items", form_kwargs={"user": user})
