"""Staff forms for copies, moves, the register and labels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from catalog_pages.call_numbers import proposed_call_number
from catalog_pages.items import numbers
from catalog_pages.items.finding import NUMBERS, ItemQuestion
from catalog_pages.items.services import MOST_COPIES, NOT_BY_HAND, taken_barcode
from catalog_pages.items.staff import own_branch
from catalog_pages.models import Accession, Item, NumberSeries, Record
from library.editing import SeenVersionForm
from library.models import Branch, User
from library.money import with_currency
from library.permissions import editable_branches

MOST_SCANNED = 500
LATEST = 50  # accessions offered to choose from
LONGEST_BARCODE = Item._meta.get_field("barcode").max_length or 60

BY_HAND = [choice for choice in Item.Status.choices if choice[0] not in NOT_BY_HAND]
BEGINNING = [Item.Status.PROCESSING, Item.Status.AVAILABLE, Item.Status.REFERENCE]


class BarcodesField(forms.CharField):
    """Barcodes, one a line, as a scanner types them; cleaned to a list."""

    widget = forms.Textarea(
        attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
    )
    default_error_messages = {
        "many": gettext_lazy("At most %(most)s barcodes at once."),
        "long": gettext_lazy("“%(barcode)s” is too long for a barcode."),
    }

    def __init__(self, *, most: int = MOST_SCANNED, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**{"label": gettext_lazy("Barcodes, one a line"), "strip": False} | kwargs)

    def clean(self, value: Any) -> list[str]:
        codes = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if self.required and not codes:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(codes) > self.most:
            raise forms.ValidationError(self.error_messages["many"], code="many", params={"most": self.most})
        for code in codes:
            if len(code) > LONGEST_BARCODE:
                raise forms.ValidationError(
                    self.error_messages["long"], code="long", params={"barcode": f"{code[:30]}…"}
                )
        return codes


class ScanForm(forms.Form):
    """Barcodes of copies for which something is to be done."""

    barcodes = BarcodesField()

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["barcodes"].widget.attrs["autofocus"] = True


class SendForm(ScanForm):
    to = forms.ModelChoiceField(Branch.objects.all(), label=gettext_lazy("To which library"))
    field_order = ["to", "barcodes"]


class ReceiveForm(ScanForm):
    at = forms.ModelChoiceField(Branch.objects.none(), label=gettext_lazy("In which library"))
    field_order = ["at", "barcodes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user:
            self.fields["at"].queryset = editable_branches(self.user)
            self.initial.setdefault("at", own_branch(self.user))


class StatusForm(ScanForm):
    status = forms.ChoiceField(label=gettext_lazy("New status"), choices=BY_HAND)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)
    field_order = ["status", "reason", "barcodes"]


class ItemFilterForm(forms.Form):
    """What the list of copies shows. Whatever cannot be read is left out."""

    q = forms.CharField(label=gettext_lazy("Number begins with"), max_length=100, required=False)
    number = forms.ChoiceField(
        label=gettext_lazy("Which number"), required=False,
        choices=[("", gettext_lazy("Any")), *NUMBERS.items()],
    )  # fmt: skip
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Library"), required=False, empty_label=gettext_lazy("All libraries")
    )  # fmt: skip
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("All")), *Item.Status.choices],
    )
    store = forms.ChoiceField(
        label=gettext_lazy("Store"), required=False, choices=[("", gettext_lazy("Both")), *Item.Store.choices]
    )
    record = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)

    def question(self) -> ItemQuestion:
        self.is_valid()
        data = self.cleaned_data
        return ItemQuestion(
            text=data.get("q", "").replace("\0", ""),
            number=data.get("number", ""),
            branch=branch.pk if (branch := data.get("branch")) else None,
            status=data.get("status", ""),
            store=data.get("store", ""),
            record=data.get("record"),
        )


class ItemForm(SeenVersionForm):
    """One copy. The status of a loan or a move is not for this form."""

    class Meta:
        model = Item
        fields = [
            "barcode", "accession_number", "branch", "store", "call_number", "shelf", "status", "loan_class",
            "is_legal_deposit", "price", "accession", "arrived_on", "shelved_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = editable_branches(self.for_user)
        self.fields["branch"].label = _("Library")
        self.fields["accession"].queryset = accessions_for(self.for_user, self.instance.accession_id)
        self.fields["price"].min_value = 0
        self.fields["price"].label = with_currency(_("Price"))
        if self.instance.status in NOT_BY_HAND:
            self.fields["status"].disabled = self.fields["branch"].disabled = True
            self.fields["status"].help_text = _(
                "The status is that of a loan or of a move; it changes at the desk, or when the copy arrives."
            )
        else:
            self.fields["status"].choices = BY_HAND

    def clean_barcode(self) -> str | None:
        barcode = (self.cleaned_data["barcode"] or "").strip() or None
        known = Item.objects.filter(barcode=barcode).exclude(pk=self.instance.pk) if barcode else None
        if known is not None and (first := known.select_related("record", "branch").first()):
            raise forms.ValidationError(taken_barcode(first), code="taken")
        return barcode

    def clean_price(self) -> Any:
        return _not_negative(self.cleaned_data["price"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number, branch = cleaned.get("accession_number"), cleaned.get("branch")
        if number and branch and "accession_number" in self.changed_data:
            kind = NumberSeries.Kind.ITEM
            if numbers.taken(kind, [number], branch=branch, store=cleaned.get("store", "")):
                self.add_error("accession_number", _("Another copy has this accession number."))
        arrived, shelved = cleaned.get("arrived_on"), cleaned.get("shelved_on")
        if arrived and shelved and shelved < arrived:
            self.add_error("shelved_on", _("A copy cannot stand on the shelf before it has arrived."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The columns whose values the form changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self._meta.fields}

    def _post_clean(self) -> None:
        """The instance stays as it is in the database: the service writes, and tells of a barcode by itself."""


class CopiesForm(forms.Form):
    """Several copies of one record at once."""

    branch = forms.ModelChoiceField(Branch.objects.none(), label=gettext_lazy("Library"))
    store = forms.ChoiceField(label=gettext_lazy("Store"), choices=Item.Store.choices)
    how_many = forms.IntegerField(
        label=gettext_lazy("How many copies"), min_value=1, max_value=MOST_COPIES, initial=1
    )
    barcodes = BarcodesField(
        most=MOST_COPIES, required=False,
        help_text=gettext_lazy("Scan them here. Empty: the next free numbers are given."),
    )  # fmt: skip
    accession_number = forms.CharField(
        label=gettext_lazy("First accession number"), max_length=60, required=False,
        help_text=gettext_lazy("The others follow. Empty: the next free numbers are given."),
    )  # fmt: skip
    call_number = forms.CharField(
        label=gettext_lazy("Call number"), max_length=255, required=False,
        help_text=gettext_lazy("By the rule of the library. Copies of the legal deposit get their accession number."),
    )  # fmt: skip
    shelf = forms.CharField(label=gettext_lazy("Shelf"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=[(status.value, status.label) for status in BEGINNING]
    )
    loan_class = forms.ChoiceField(label=gettext_lazy("Loan class"), choices=Item.LoanClass.choices)
    is_legal_deposit = forms.BooleanField(label=gettext_lazy("Legal deposit"), required=False)
    price = forms.DecimalField(
        label=gettext_lazy("Price"), max_digits=10, decimal_places=2, min_value=0, required=False
    )
    accession = forms.ModelChoiceField(
        Accession.objects.none(), label=gettext_lazy("Accession"), required=False,
        help_text=gettext_lazy("The entry of the register by which the copies came."),
    )  # fmt: skip
    arrived_on = forms.DateField(label=gettext_lazy("Arrived on"), required=False, widget=AdminDateInput)

    def __init__(self, *args: Any, user: User, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branch = own_branch(user)
        self.fields["price"].label = with_currency(_("Price"))
        self.fields["branch"].queryset = editable_branches(user)
        self.fields["accession"].queryset = accessions_for(user, number_in(self.initial.get("accession")))
        self.initial |= {
            "branch": self.initial.get("branch") or branch,
            "store": Item.Store.CHILDREN if record.age_group else Item.Store.LIBRARY,
            "arrived_on": timezone.localdate(),
            "call_number": proposed_call_number(record, branch.pk if branch else None),
        }  # fmt: skip
        if branch and not self.is_bound:
            for name, kind in (("barcodes", "barcode"), ("accession_number", "item")):
                proposed = numbers.propose(kind, branch=branch, store=self.initial["store"])[0]
                self.fields[name].help_text += " " + _("Next: %(number)s") % {"number": proposed}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            "call_number" not in self.changed_data
        ):  # only proposed: the library chosen, or the deposit, decides
            cleaned["call_number"] = ""
        codes = cleaned.get("barcodes") or []
        if codes and "how_many" in cleaned:
            if cleaned["how_many"] == 1:
                cleaned["how_many"] = len(codes)
            if len(codes) != cleaned["how_many"]:
                self.add_error("barcodes", _("There must be as many barcodes as copies."))
            elif len(set(codes)) < len(codes):
                self.add_error("barcodes", _("A barcode is there twice."))
        first, branch = cleaned.get("accession_number"), cleaned.get("branch")
        if first and branch and "how_many" in cleaned and "store" in cleaned:
            self._follow(first, branch)
        return cleaned

    def _follow(self, first: str, branch: Branch) -> None:
        """The accession numbers from the one typed on."""
        how_many, store = self.cleaned_data["how_many"], self.cleaned_data["store"]
        head = first.rstrip("0123456789")
        digits = first[len(head) :]
        if how_many > 1 and not digits:
            self.add_error("accession_number", _("Only a number that ends in digits can be counted on."))
            return
        wanted = [first] + [f"{head}{int(digits) + n:0{len(digits)}d}" for n in range(1, how_many)]
        taken = numbers.taken(NumberSeries.Kind.ITEM, wanted, branch=branch, store=store)
        if taken:
            message = _("Other copies have these accession numbers: %(numbers)s")
            self.add_error("accession_number", message % {"numbers": ", ".join(sorted(taken)[:5])})
        self.cleaned_data["accession_numbers"] = wanted


class AccessionForm(SeenVersionForm):
    """An entry of the register."""

    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=60, required=False,
        help_text=gettext_lazy("Empty: the next free number is given."),
    )  # fmt: skip

    class Meta:
        model = Accession
        fields = [
            "branch", "store", "number", "date", "source", "supplier", "document_number", "document_date",
            "commission", "note", "sent_to_accounting_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = editable_branches(self.for_user)
        if self.instance.pk is None:
            self.initial.setdefault("branch", own_branch(self.for_user))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("number") and self.instance.pk:
            self.add_error("number", _("An entry keeps its number."))
        day, sent = cleaned.get("date"), cleaned.get("sent_to_accounting_on")
        if day and day > timezone.localdate():
            self.add_error("date", _("This day has not come yet."))
        if day and sent and sent < day:
            self.add_error("sent_to_accounting_on", _("The receipt cannot be sent before the entry."))
        return cleaned


class PeriodForm(forms.Form):
    """Which part of the register."""

    first = forms.DateField(label=gettext_lazy("From"), widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("Until"), widget=AdminDateInput)
    branch = forms.ModelChoiceField(
        Branch.objects.all(), label=gettext_lazy("Library"), required=False, empty_label=gettext_lazy("All libraries")
    )  # fmt: skip
    store = forms.ChoiceField(
        label=gettext_lazy("Store"), required=False, choices=[("", gettext_lazy("Both")), *Item.Store.choices]
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day must not be before the first."))
        return cleaned


def accessions_for(user: User, chosen: int | None = None) -> Any:
    """The latest entries of one's own libraries, and the one chosen already."""
    own = Accession.objects.filter(branch__in=editable_branches(user)).order_by("-pk")
    latest = list(own.values_list("pk", flat=True)[:LATEST])
    return Accession.objects.filter(pk__in=[*latest, *([chosen] if chosen else [])])


def number_in(value: Any) -> int | None:
    """A primary key among initial values, which may be a row."""
    return getattr(value, "pk", value) or None


def _not_negative(price: Any) -> Any:
    if price is not None and price < 0:
        raise forms.ValidationError(_("A price cannot be below zero."), code="negative")
    return price
