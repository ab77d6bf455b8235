"""Forms of the website."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from library.calendar import DayHours
from library.models import Branch
from search.analysis import fold


class BranchFilter(forms.Form):
    """Narrows the list of libraries; what cannot be read in the address is left out."""

    q = forms.CharField(label=_("Name or place"), required=False, max_length=100)
    open = forms.BooleanField(label=_("Open now"), required=False)
    accessible = forms.BooleanField(label=_("Step-free entrance"), required=False)
    children = forms.BooleanField(label=_("Children's room"), required=False)
    internet = forms.BooleanField(label=_("Internet computers"), required=False)

    @property
    def choices(self) -> list[dict[str, object]]:
        """The check boxes, ticked as the reader left them."""
        return [
            {"name": name, "label": self.fields[name].label, "chosen": name in self.wishes}
            for name in ("open", "accessible", "children", "internet")
        ]

    @cached_property
    def wishes(self) -> dict[str, object]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self, branches: Iterable[Branch], hours: Mapping[int, DayHours]) -> list[Branch]:
        """Return the branches that fit every wish."""
        wishes = self.wishes
        words = fold(str(wishes.get("q", ""))).split()
        return [
            branch
            for branch in branches
            if ("open" not in wishes or hours[branch.pk].is_open_now)
            and ("accessible" not in wishes or Branch.Accessibility.STEP_FREE in branch.accessibility)
            and ("children" not in wishes or branch.has_childrens_room)
            and ("internet" not in wishes or branch.has_internet)
            and _mentions(branch, words)
        ]


def _mentions(branch: Branch, words: list[str]) -> bool:
    """Whether every word stands in the branch's names or address, in whatever language."""
    texts = fold(" ".join([*branch.name.values(), *(branch.address or {}).values(), branch.code]))
    return all(word in texts for word in words)
