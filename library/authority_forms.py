"""Staff forms of the authority file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm

from library.authorities import Contradiction, WithItself, pair_relations
from library.editing import SeenVersionForm
from library.models import Authority
from library.models.authorities import contradiction


class AuthorityForm(SeenVersionForm):
    """An entry with its names, numbers and relations; keeps the other side of the relations in step."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        relations = [
            form.instance
            for form in self.formsets["relations"].forms
            if (form.has_changed() or form.instance.pk) and not form.cleaned_data.get("DELETE")
        ]
        if contradiction(relations):
            self.add_error(None, Contradiction.sentence)
        if self.instance.pk and any(relation.other_id == self.instance.pk for relation in relations):
            self.add_error(None, WithItself.sentence)
        return not self.errors

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
