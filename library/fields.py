"""A text in several languages, kept in one column and edited as one line per language."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = dict(settings.LANGUAGES)
FEWEST_DIGITS = 2  # the shortest extension


class TranslatedWidget(forms.MultiWidget):
    """One input per interface language, each labelled with the language's own name."""

    template_name = "library/widgets/translated.html"

    def __init__(self, multiline: bool = False, attrs=None):
        widget = forms.Textarea if multiline else forms.TextInput
        extra = {"rows": 3} if multiline else {}
        super().__init__({code: widget(attrs={**extra, "lang": code}) for code in LANGUAGES}, attrs)

    def decompress(self, value):
        return [(value or {}).get(code, "") for code in LANGUAGES]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        subwidgets = context["widget"]["subwidgets"]
        for subwidget, (code, label) in zip(subwidgets, LANGUAGES.items(), strict=True):
            subwidget["language"] = label
            subwidget["is_everyday"] = code in settings.CONTENT_LANGUAGES or bool(subwidget["value"])
        return context


class TranslatedFormField(forms.MultiValueField):
    """Reads the inputs into {language: text}, leaving out empty ones; required means at least one language."""

    def __init__(self, *, multiline: bool = False, **kwargs):
        kwargs.pop("encoder", None), kwargs.pop("decoder", None)
        kwargs.setdefault("widget", TranslatedWidget(multiline=multiline))
        fields = [forms.CharField(required=False) for _code in LANGUAGES]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, values):
        return {
            code: text.strip() for code, text in zip(LANGUAGES, values, strict=False) if text and text.strip()
        }

    def clean(self, value):
        result = super().clean(value) or {}
        if self.required and not result:
            raise forms.ValidationError(_("Fill this in for at least one language."), code="required")
        return result


class TranslatedField(models.JSONField):
    """A mapping of language code to text, e.g. {"az": "Mərkəzi kitabxana", "ru": "Центральная библиотека"}."""

    def __init__(self, *args, multiline: bool = False, **kwargs):
        self.multiline = multiline
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.multiline:
            kwargs["multiline"] = True
        return name, path, args, kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, dict) or not all(
            code in LANGUAGES and isinstance(text, str) for code, text in value.items()
        ):
            raise forms.ValidationError(_("This must map language codes to texts."), code="invalid")

    def formfield(self, **kwargs):
        options = {
            "label": kwargs.get("label", self.verbose_name.capitalize() if self.verbose_name else None),
            "required": not self.blank,
            "help_text": self.help_text,
        }
        return TranslatedFormField(multiline=self.multiline, **options)


class PhonesField(models.CharField):
    """One or several telephone numbers, parted by commas, as they are to be read: "+994 22 305-00-00, 305-00-01"."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("verbose_name", _("phone"))
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", _("Several numbers: with commas between them."))
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        for number in phones(value):
            if sum(c.isdigit() for c in number) < FEWEST_DIGITS:
                raise forms.ValidationError(
                    _("%(number)s is not a telephone number."), code="invalid", params={"number": number}
                )


def phones(text: str) -> list[str]:
    """The telephone numbers of a PhonesField, one by one."""
    return [number.strip() for number in (text or "").replace(";", ",").split(",") if number.strip()]
