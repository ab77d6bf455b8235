"""Staff forms of the library room."""

from itertools import combinations

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from library.models import Branch


class BranchForm(WagtailAdminModelForm):
    """A branch with its hours; refuses hours that would be in force at the same minute."""

    accessibility = forms.MultipleChoiceField(
        choices=Branch.Accessibility.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        rows = [
            form.instance
            for form in self.formsets["hours"].forms
            if (form.has_changed() or form.instance.pk) and not form.cleaned_data.get("DELETE")
        ]
        for one, other in combinations(rows, 2):
            if one.overlaps(other):
                self.add_error(
                    None,
                    _("These hours overlap: %(first)s and %(second)s. Correct or remove one of them.")
                    % {"first": one, "second": other},
                )
        return not self.errors
