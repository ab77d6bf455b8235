"""The form of an electronic resource for staff."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from library.names import language_name
from library.text import capitalised
from search.sorting import sort_key

# What resources of use here are written in; "mul" is several languages.
LANGUAGES = (
    "aze", "kaz", "geo", "uzb", "tur", "rus", "eng", "ara", "arm", "chi", "crh", "fre", "ger", "ita", "kaa", "kir",
    "per", "spa", "tat", "tuk", "ukr", "mul",
)  # fmt: skip


def language_list(text: str) -> list[str]:
    """The codes of a column of codes between blanks."""
    return text.split()


def language_choices() -> list[tuple[str, str]]:
    """Codes and names, by name."""
    language = get_language() or "en"
    named = [(code, capitalised(language_name(code))) for code in LANGUAGES]
    return sorted(named, key=lambda pair: sort_key(pair[1], language, language))


class LanguagesField(forms.MultipleChoiceField):
    """Languages to tick; its value is the text of the column."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=language_choices, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return language_list(value) if isinstance(value, str) else value

    def clean(self, value: Sequence[str]) -> str:
        codes = super().clean(language_list(value) if isinstance(value, str) else value)
        return f" {' '.join(codes)} " if codes else " "

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class EResourceForm(WagtailAdminPageForm):
    """Facts are written on the page they hold for; on its translations they are shown and cannot be changed."""

    languages = LanguagesField(label=_("Languages"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"branches", "subjects"} & set(self.fields):
            self.fields[name].widget = forms.CheckboxSelectMultiple(choices=self.fields[name].choices)
        source = self.instance.source
        if source is self.instance or source.pk is None:
            return
        for name, value in source.facts.items():
            if name in self.fields:
                self.fields[name].disabled = True
                self.initial[name] = value
        if "address" in self.fields:
            self.fields["address"].help_text = _(
                "Facts are changed on the page in %(language)s; they hold for all languages."
            ) % {"language": source.locale.get_display_name()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        use, branches = cleaned.get("use"), cleaned.get("branches")
        if use == "branches" and branches is not None and not branches:
            self.add_error("branches", _("Choose the libraries where it may be used."))
        return cleaned
