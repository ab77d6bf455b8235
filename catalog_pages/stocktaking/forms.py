"""Forms of a count: opening, the commission, scans from a file, the people of a handover."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_pages.models import ClassScheme, Item, Stocktaking
from catalog_pages.stocktaking import rules
from catalog_pages.stocktaking.services import MOST_SCANS, NewScan
from library.files.checks import Rules, check_upload
from library.models import User
from library.permissions import editable_branches

MOST_MEMBERS = 7
MOST_LINES = 20_000
MOST_BYTES = 2_000_000


class MemberForm(forms.Form):
    """One person of a commission; an empty line is nobody."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    office = forms.CharField(label=gettext_lazy("Office"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("office") and not cleaned.get("name"):
            self.add_error("name", _("Whose office is it?"))
        return cleaned


class BaseCommission(forms.BaseFormSet):
    """A commission of at least three (A27)."""

    def clean(self) -> None:
        if any(self.errors):
            return
        try:
            rules.check_commission(self.members())
        except rules.TooFew as error:
            raise ValidationError(_("The commission needs at least three people (A27).")) from error

    def members(self) -> list[dict[str, str]]:
        """Names and offices of those who are named."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return [{"name": row["name"], "office": row["office"]} for row in rows]


CommissionFormSet = forms.formset_factory(
    MemberForm, formset=BaseCommission, extra=MOST_MEMBERS, max_num=MOST_MEMBERS, absolute_max=MOST_MEMBERS
)


def commission(data: Any = None, members: list[dict[str, str]] | None = None) -> Any:
    """The commission's form: filled from what was sent, or beginning with the members of an earlier one."""
    initial = (members or [])[:MOST_MEMBERS]
    made = forms.formset_factory(
        MemberForm, formset=BaseCommission, extra=MOST_MEMBERS - len(initial), max_num=MOST_MEMBERS,
        absolute_max=MOST_MEMBERS,
    )  # fmt: skip
    return made(data, initial=initial, prefix="member")


class OpenForm(forms.ModelForm):
    """What is counted: a store of one of the person's libraries, all of it or a part."""

    class_scheme = forms.ChoiceField(label=gettext_lazy("Class scheme"), required=False)

    class Meta:
        model = Stocktaking
        fields = ["branch", "store", "started_on", "shelf", "class_scheme", "class_from", "class_to"]
        help_texts = {
            "shelf": gettext_lazy("Only copies of this shelf, as it stands in the register. Empty: all."),
            "class_from": gettext_lazy("Only these classes. Empty: all."),
        }
        widgets = {"started_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = editable_branches(user)
        self.fields["branch"].queryset = branches  # type: ignore[attr-defined]
        self.fields["branch"].initial = branches.first()
        self.fields["store"].choices = Item.Store.choices  # type: ignore[attr-defined]
        self.fields["class_scheme"].choices = [("", "–"), *ClassScheme.choices]  # type: ignore[attr-defined]

    def clean_started_on(self) -> Any:
        day = self.cleaned_data["started_on"]
        if abs((day - timezone.localdate()).days) > 366:
            raise ValidationError(_("This day is more than a year away."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            rules.bounds(*(cleaned.get(name) or "" for name in ("class_scheme", "class_from", "class_to")))
        except ValueError:
            self.add_error(
                "class_from",
                _("These class numbers bound no part of the shelves. Choose scheme, first and last number."),
            )
        return cleaned


class ScanForm(forms.Form):
    """One scan by the large field."""

    barcode = forms.CharField(label=gettext_lazy("Barcode"), max_length=200)
    shelf = forms.CharField(
        label=gettext_lazy("Shelf I am at"), max_length=100, required=False,
        help_text=gettext_lazy("To see what was counted where; may stay empty."),
    )  # fmt: skip
    client_id = forms.UUIDField(widget=forms.HiddenInput)


class ScanFileForm(forms.Form):
    """The barcodes that a scanner has collected, pasted or as a text file: one a line."""

    text = forms.CharField(
        label=gettext_lazy("Barcodes, one a line"), required=False, max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("or a text file of the scanner"), required=False)
    shelf = forms.CharField(label=gettext_lazy("Shelf"), max_length=100, required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file:
            check_upload(file, Rules(("txt", "csv"), MOST_BYTES, 0))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        text = cleaned.get("text", "")
        if cleaned.get("file"):
            # Scanners write digits and Latin letters; a sign of another encoding is in no barcode of ours.
            text += "\n" + cleaned["file"].read().decode("utf-8-sig", errors="replace")
        codes = [code for line in text.splitlines() if (code := rules.clean_barcode(_first_column(line)))]
        if not codes:
            raise ValidationError(_("There is no barcode in it."))
        if len(codes) > MOST_LINES:
            raise ValidationError(
                _("These are more than %(count)s barcodes. Divide the file.") % {"count": MOST_LINES}
            )
        cleaned["codes"] = codes
        return cleaned


def _first_column(line: str) -> str:
    """Scanners that keep the time write it behind the barcode, after a comma, a semicolon or a tab."""
    for mark in ("\t", ";", ","):
        line = line.split(mark, 1)[0]
    return line.strip("\"' ")


class HandoverForm(forms.Form):
    """The two people between whom a store changes hands (form 11)."""

    giver = forms.CharField(label=gettext_lazy("Hands over"), max_length=100)
    giver_office = forms.CharField(label=gettext_lazy("Office"), max_length=100, required=False)
    taker = forms.CharField(label=gettext_lazy("Takes over"), max_length=100)
    taker_office = forms.CharField(label=gettext_lazy("Office"), max_length=100, required=False)
    day = forms.DateField(
        label=gettext_lazy("Day"), initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=255, required=False)


def scans_of(body: bytes) -> list[NewScan]:
    """The scans of a list that the page sends: [{"id": …, "barcode": …, "shelf": …}].

    Raises ValueError for anything else.
    """
    try:
        rows = json.loads(body)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(rows, list) or len(rows) > MOST_SCANS:
        raise ValueError("no list of scans")
    return [_scan(row) for row in rows]


def _scan(row: Any) -> NewScan:
    if not isinstance(row, dict):
        raise ValueError("no scan")
    values = [row.get("id"), row.get("barcode"), row.get("shelf", "")]
    if not all(isinstance(value, str) for value in values):
        raise ValueError("no scan")
    for value in values:
        value.encode()  # half a character is no text, and no database takes it
    return NewScan(UUID(values[0]), values[1], values[2])
