"""Staff pages of labels: what to print and on what, and the chart of colours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_pages.items import spine_labels
from catalog_pages.items.register_views import as_pdf
from catalog_pages.items.staff import ANY_ITEM, StaffPage, number_of
from catalog_pages.items.views import LIST
from catalog_pages.models import Accession

REMEMBERED = "label_sheet"  # in the session: whoever prints uses the same sheets tomorrow
MOST_CHOSEN = 200


class LabelForm(forms.Form):
    """Which labels, and how they lie on the sheet."""

    item = forms.CharField(required=False, widget=forms.MultipleHiddenInput)
    accession = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)
    first = forms.CharField(label=gettext_lazy("From barcode"), max_length=60, required=False)
    last = forms.CharField(label=gettext_lazy("To barcode"), max_length=60, required=False)
    printer = forms.ChoiceField(
        label=gettext_lazy("Printed on"),
        choices=[
            ("sheet", gettext_lazy("A4 sheets of labels")),
            ("single", gettext_lazy("Label printer, one by one")),
        ],
    )  # fmt: skip
    with_code = forms.BooleanField(label=gettext_lazy("With the barcode as a square code"), required=False)
    start = forms.IntegerField(
        label=gettext_lazy("Begin at label"), min_value=1, max_value=500, initial=1, required=False,
        help_text=gettext_lazy("For a sheet from which labels have been used."),
    )  # fmt: skip
    columns = forms.IntegerField(label=gettext_lazy("Labels side by side"), min_value=1, max_value=8)
    rows = forms.IntegerField(label=gettext_lazy("Labels one below the other"), min_value=1, max_value=5)
    left = forms.FloatField(label=gettext_lazy("Left margin, mm"), min_value=0, max_value=180)
    top = forms.FloatField(label=gettext_lazy("Top margin, mm"), min_value=0, max_value=240)
    gap_x = forms.FloatField(label=gettext_lazy("Gap between columns, mm"), min_value=0, max_value=100)
    gap_y = forms.FloatField(label=gettext_lazy("Gap between rows, mm"), min_value=0, max_value=100)

    SHEET = ("columns", "rows", "left", "top", "gap_x", "gap_y")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_range = cleaned.get("first") and cleaned.get("last")
        if not self.ids() and not cleaned.get("accession") and not is_range:
            self.add_error("first", _("Give the first and the last barcode."))
        if all(name in cleaned for name in self.SHEET) and not self.sheet().fits:
            self.add_error("columns", _("So many labels do not fit on A4 with these margins."))
        return cleaned

    def ids(self) -> list[int]:
        """The copies chosen in the list."""
        texts = self.data.getlist("item") if hasattr(self.data, "getlist") else []
        return [key for text in texts[:MOST_CHOSEN] if (key := number_of(text))]

    def sheet(self) -> spine_labels.Sheet:
        data = self.cleaned_data
        return spine_labels.Sheet(
            **{name: data[name] for name in self.SHEET},
            start=min(data.get("start") or 1, data["columns"] * data["rows"]),
            is_single=data.get("printer") == "single",
        )


class LabelsPage(StaffPage):
    """Labels of chosen copies, of an entry of the register, or of a range of barcodes, as PDF."""

    rights = ANY_ITEM
    template_name = "catalog_pages/items/labels.html"
    page_title = gettext_lazy("Spine labels")
    header_icon = "tag"
    parents = (LIST,)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("form") != "pdf":
            return super().get(request, *args, **kwargs)
        form = LabelForm(request.GET)
        if not form.is_valid():
            return self.again(form=form)
        data = form.cleaned_data
        request.session[REMEMBERED] = {
            name: data[name] for name in (*LabelForm.SHEET, "printer", "with_code")
        }
        rows = spine_labels.items_for(
            ids=form.ids(), accession=data["accession"], first=data["first"], last=data["last"]
        )
        items = list(rows[: spine_labels.MOST_LABELS + 1])
        if not items or len(items) > spine_labels.MOST_LABELS:
            few, many = _("No copy has such a barcode."), _("At most %(most)s labels are printed at once.")
            form.add_error("first", many % {"most": spine_labels.MOST_LABELS} if items else few)
            return self.again(form=form)
        return as_pdf(
            request, "labels", "labels",
            spine_labels.paper(items, form.sheet(), with_code=data["with_code"]),
        )  # fmt: skip

    def get_context_data(self, form: LabelForm | None = None, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        pk = number_of(asked.get("accession", ""))
        chosen = [key for text in asked.getlist("item")[:MOST_CHOSEN] if (key := number_of(text))]
        form = form or LabelForm(initial=self._initial() | {"accession": pk})
        entry = Accession.objects.filter(pk=pk).first() if pk else None
        return super().get_context_data(form=form, chosen=chosen, entry=entry, **kwargs)

    def _initial(self) -> dict[str, Any]:
        usual = spine_labels.Sheet()
        sheet = {name: getattr(usual, name) for name in LabelForm.SHEET}
        return sheet | self.request.session.get(REMEMBERED, {}) | {"start": 1}


class ChartPage(StaffPage):
    """The wall chart of the ten colours as PDF."""

    rights = ANY_ITEM

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return as_pdf(request, "colours", "colour_chart", spine_labels.chart())
