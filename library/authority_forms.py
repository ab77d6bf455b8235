"""Staff forms of the authority file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm

from library.authorities import Contradiction, WithItself, pair_relations
from library.models import Authority
from library.models.authorities import contradiction


# What makes two rows of an entry the same; the database holds them apart, the form says it in words.
ROW_IDENTITY = {"names": ("name",), "identifiers": ("scheme", "value"), "relations": ("kind", "other_id")}


class AuthorityForm(WagtailAdminModelForm):
    """An entry with its names, numbers and relations; keeps the other side of the relations in step."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        for name, identity in ROW_IDENTITY.items():
            rows = [tuple(getattr(row, field) for field in identity) for row in self._rows(name)]
            if len(set(rows)) < len(rows):
                self.add_error(None, _("The same row stands here twice. Remove one of them."))
        relations = self._rows("relations")
        if contradiction(relations):
            self.add_error(None, Contradiction.sentence)
        if self.instance.pk and any(relation.other_id == self.instance.pk for relation in relations):
            self.add_error(None, WithItself.sentence)
        return not self.errors

    def _rows(self, name: str) -> list[Any]:
        """The rows of a formset that will be there after saving."""
        return [
            form.instance
            for form in self.formsets[name].forms
            if (form.has_changed() or form.instance.pk) and not form.cleaned_data.get("DELETE")
        ]

    def save(self, commit: bool = True) -> Authority:
        authority = super().save(commit)
        if commit:
            pair_relations(authority=authority)
        return authority


class AuthorityFilterForm(BaseFilterForm):
    """What staff choose from: entries that are not merged away, by words of any of their names and by kind."""

    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )
    kind = forms.ChoiceField(
        label=_("kind"),
        required=False,
        choices=[("", _("All kinds")), *Authority.Kind.choices],
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def filter(self, objects: Any) -> Any:
        objects = super().filter(objects).current()
        if kind := self.cleaned_data.get("kind"):
            objects = objects.filter(kind=kind)
        if text := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, text
            objects = objects.like(text)
        return objects
