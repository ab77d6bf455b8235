"""Two editors on one entry: the second is told before she writes over what the first has saved."""

import hashlib
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm


class SeenVersionForm(WagtailAdminModelForm):
    """A staff form that knows which version of the entry its editor was shown.

    Saving again after the warning replaces what the other editor saved.
    """

    seen_version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["seen_version"] = version_of(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.get("seen_version")
        current = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        if seen and current and seen != (version := version_of(current)):
            self.data = self.data.copy()
            self.data[self.add_prefix("seen_version")] = version
            self.add_error(None, _(
                "Somebody else has changed this entry since you opened it. Your own changes are still here. "
                "Open the entry in another window to compare; if you save again, yours replace the others."
            ))  # fmt: skip
        return cleaned


def version_of(instance: Model) -> str:
    """Changes whenever a field or an inline row of the entry does."""
    has_rows = isinstance(instance, ClusterableModel)
    content = instance.serializable_data() if has_rows else model_to_dict(instance)
    text = repr(sorted((name, str(value)) for name, value in content.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
