"""Forms of the website."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from home.distances import mentions
from library.calendar import DayHours
from library.models import Branch
from search.analysis import fold


class BranchFilter(forms.Form):
    """Narrows the list of libraries; what cannot be read in the address is left out."""

    CHOICES = ("open", "accessible", "children", "coworking", "internet")

    q = forms.CharField(label=_("Name or place"), required=False, max_length=100)
    near = forms.CharField(label=_("Nearest to"), required=False, max_length=100)
    open = forms.BooleanField(label=_("Open now"), required=False)
    accessible = forms.BooleanField(label=_("Step-free entrance"), required=False)
    children = forms.BooleanField(label=_("Children's room"), required=False)
    coworking = forms.BooleanField(label=_("Co-working space"), required=False)
    internet = forms.BooleanField(label=_("Internet computers"), required=False)

    @cached_property
    def wishes(self) -> dict[str, object]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrows(self) -> bool:
        """Whether any wish leaves libraries out; the place to be near to only sorts them."""
        return bool(self.wishes.keys() - {"near"})

    def apply(self, branches: Iterable[Branch], hours: Mapping[int, DayHours]) -> list[Branch]:
        """Return the branches that fit every wish."""
        return [branch for branch in branches if self._fits(branch, hours, self.wishes.keys())]

    def choices(self, branches: Iterable[Branch], hours: Mapping[int, DayHours]) -> list[dict[str, object]]:
        """The check boxes, ticked as the reader left them, each with the number of libraries it would leave."""
        everything = list(branches)
        return [
            {
                "name": name,
                "label": self.fields[name].label,
                "chosen": name in self.wishes,
                "count": sum(self._fits(b, hours, {*self.wishes, name}) for b in everything),
            }
            for name in self.CHOICES
        ]

    def _fits(self, branch: Branch, hours: Mapping[int, DayHours], wanted: Iterable[str]) -> bool:
        facts = {
            "open": hours[branch.pk].is_open_now,
            "accessible": branch.is_step_free,
            "children": branch.has_childrens_room,
            "coworking": branch.offers_coworking,
            "internet": branch.has_internet,
        }
        return all(facts.get(name, True) for name in wanted) and mentions(branch, self._words)

    @cached_property
    def _words(self) -> list[str]:
        return fold(str(self.wishes.get("q", ""))).split()
