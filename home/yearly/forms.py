"""The form of a yearly report: when its figures are taken."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from home.yearly.freezing import day_of, freeze


class YearlyReportForm(WagtailAdminPageForm):
    """Figures are taken when the box is ticked, and with the first saving; only on the page of the source."""

    take_figures = forms.BooleanField(label=_("Take the figures of the year now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "take_figures" not in self.fields:
            return
        if self.instance.source is not self.instance:
            del self.fields["take_figures"]
            return
        day = day_of(self.instance.taken)
        self.fields["take_figures"].initial = day is None
        self.fields["take_figures"].help_text = (
            gettext("They stand as taken on %(day)s. Tick this to take them anew.")
            % {"day": date_format(day, "DATE_FORMAT")}
            if day
            else gettext("They then stand as they were taken, whatever is counted later.")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        year = cleaned.get("year")
        if not year:
            return cleaned
        if year > timezone.localdate().year:
            self.add_error("year", gettext("This year has not begun yet."))
        kept = self.instance.taken.get("year")
        if kept and kept != year and "take_figures" in self.fields and not cleaned.get("take_figures"):
            message = gettext("The figures are those of %(year)s: take them anew for this year.")
            self.add_error("take_figures", message % {"year": kept})
        if self._others().filter(year=year).exists():
            self.add_error("year", gettext("There is a report of this year already."))
        return cleaned

    def _others(self) -> Any:
        parent = self.parent_page or self.instance.get_parent()
        return type(self.instance).objects.child_of(parent).exclude(pk=self.instance.pk)

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("take_figures") and self.cleaned_data.get("year"):
            self.instance.taken = freeze(self.cleaned_data["year"])
        return super().save(commit)
