"""Staff forms of the library room."""

from itertools import combinations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from library.editing import SeenVersionForm
from library.models import Branch, Department
from library.permissions import EVERY_BRANCH, editable_branches


class BranchForm(SeenVersionForm):
    """A branch with its hours; refuses hours that would be in force at the same minute."""

    accessibility = forms.MultipleChoiceField(
        choices=Branch.Accessibility.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    facilities = forms.MultipleChoiceField(
        choices=Branch.Facility.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        self._check_overlaps()
        self._check_past_days()
        return not self.errors

    def _check_overlaps(self) -> None:
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

    def _check_past_days(self) -> None:
        """What was true on a past day stays on record, as in `library.hours.set_day`."""
        today = timezone.localdate()
        for form in self.formsets["dated_hours"].forms:
            days = (form.initial.get("day"), form.cleaned_data.get("day"))
            touched = form.has_changed() or form.cleaned_data.get("DELETE")
            if touched and any(day and day < today for day in days):
                message = _("%(day)s is past; what was true then stays on record.")
                self.add_error(None, message % {"day": next(day for day in days if day and day < today)})


class DepartmentForm(SeenVersionForm):
    """A department of one of one's own libraries; only who edits every library makes one for all of them."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user:
            self.fields["branch"].queryset = editable_branches(self.for_user)
            self.fields["branch"].required = not self.for_user.has_perm(EVERY_BRANCH)


class StaffMemberForm(SeenVersionForm):
    """A person in a department of one of one's own libraries."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user and not self.for_user.has_perm(EVERY_BRANCH):
            own = Department.objects.filter(branch__in=editable_branches(self.for_user))
            self.fields["department"].queryset = own
