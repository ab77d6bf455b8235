"""The form of a record: plain labels with the MARC places beside them, only what its kind of material needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog_pages.cataloguing import checks
from catalog_pages.cataloguing.layout import (
    ORDER,
    PARTS_OF_HOSTS,
    Group,
    Rules,
    Single,
)
from catalog_pages.cataloguing.values import LANGUAGES, Coded, Line, Values
from catalog_pages.models import AgeGroup, ClassScheme, Material, Record
from library.names import language_choices

MOST_LINES = 60
EMPTY_LINES, MORE_LINES = 1, 3
EARLIEST = 100
_WITH_YEAR = "date"
_ON_LABEL = ("title", "language_0", "year", "class_scheme", "class_number")
_NO_WORDS = ("isbns", "issns", "links")


class LineForm(forms.Form):
    """One line of a repeated group. A line without words is none, and takes away what stood there."""

    tag = forms.ChoiceField(required=False)
    text = forms.CharField(required=False, max_length=5000)
    extra = forms.CharField(required=False, max_length=500)
    was = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20_000)

    def __init__(self, *args: Any, group: Group, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        choices = [(choice.tag, choice.label) for choice in group.choices]
        now = str(self.initial.get("tag") or self.data.get(self.add_prefix("was"), "").partition("|")[0])
        if now and now in group.also and now not in rules.added:
            choices.append((now, f"MARC {now}"))
        self.fields["tag"].choices = choices
        if group.long:
            self.fields["text"].widget = forms.Textarea(attrs={"rows": 2})
        if group.suggests:
            self.fields["text"].widget.attrs |= {"data-suggests": group.suggests, "autocomplete": "off"}
        self.group = group

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        if not text or text == self._text_before():
            return text
        try:
            if self.group.name == "isbns":
                return checks.isbn13(text)
            if self.group.name == "issns":
                return checks.issn8(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if self.group.name == "links" and not text.lower().startswith(("http://", "https://", "ftp://")):
            raise forms.ValidationError(_("A link begins with https:// or http://."))
        return text

    def line(self) -> Line:
        """What was typed. The kind of a line that was not changed keeps its tag, be it main or added entry."""
        said = self.cleaned_data
        was = said.get("was", "")
        before, tag = was.partition("|")[0], said.get("tag") or self.group.choices[0].tag
        if before and self.rules.added.get(before, before) == tag:
            tag = before
        elif before in self.rules.added:
            tag = self.rules.main.get(tag, tag)
        extra = " ".join(said.get("extra", "").split())
        return Line(tag, said.get("text", ""), extra if self.group.extra else "", was)

    @property
    def is_new_text(self) -> bool:
        return self.cleaned_data.get("text", "") != self._text_before()

    def _text_before(self) -> str:
        parts = self.cleaned_data.get("was", self.data.get(self.add_prefix("was"), "")).split("|", 1)
        rest = parts[1] if len(parts) > 1 else ""
        return rest.rpartition("|")[0]


@dataclass(frozen=True)
class BoundGroup:
    """A group with its lines, as the page shows it."""

    group: Group
    formset: Any

    @property
    def has_kinds(self) -> bool:
        return len(self.group.choices) > 1


@dataclass(frozen=True)
class BoundSingle:
    """A single value with its place in MARC."""

    field: forms.BoundField
    mark: str


class RecordForm(forms.Form):
    """A record as plain fields. ``values`` are those it has now; ``version`` is the one its editor sees."""

    language_0 = forms.ChoiceField(label=_("Language"), required=False)
    language_1 = forms.ChoiceField(label=_("Second language"), required=False)
    language_2 = forms.ChoiceField(label=_("Third language"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=EARLIEST)
    age_group = forms.ChoiceField(
        label=_("Age group"), required=False, choices=[("", _("Not for children")), *AgeGroup.choices]
    )
    class_scheme = forms.ChoiceField(
        label=_("Class scheme"), required=False, choices=[("", "–"), *ClassScheme.choices]
    )
    class_number = forms.CharField(label=_("Class number"), required=False, max_length=100)
    host_part = forms.CharField(
        label=_("Year, issue, pages"),
        required=False,
        max_length=255,
        help_text=_("For example 2026, № 14, p. 3"),
    )
    material = forms.ChoiceField(label=_("Kind of material"), choices=Material.choices)
    seen_version = forms.CharField(required=False, widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False)

    def __init__(
        self, data: QueryDict | None = None, *, values: Values, rules: Rules, record: Record | None = None,
        has_host: bool = False, version: str = "",
    ) -> None:  # fmt: skip
        self.values, self.record, self.rules = values, record, rules
        initial = _initial(values) | {"seen_version": version}
        super().__init__(data, initial=initial)
        kind = values.coded.material
        choices = [("", "–"), *language_choices()]
        for place in range(LANGUAGES):
            self.fields[f"language_{place}"].choices = _with(choices, initial[f"language_{place}"])
        self.fields["year"].max_value = timezone.localdate().year + 2
        self.fields["year"].widget.attrs["max"] = self.fields["year"].max_value
        self.fields["year"].validators.append(
            forms.fields.validators.MaxValueValidator(self.fields["year"].max_value)
        )
        self.has_host = has_host or kind in PARTS_OF_HOSTS or bool(values.coded.host_part)
        self.shown = [one for one in rules.singles if kind in one.kinds or values.singles.get(one.name)]
        for single in self.shown:
            self.fields[single.name] = _single_field(single)
        self.groups = {
            one.name: BoundGroup(one, _lines(one, values, rules, data))
            for one in rules.groups
            if kind in one.kinds or values.groups.get(one.name)
        }
        # What a UNIMARC record holds embedded is written by the MARC tab alone.
        self.fields["host_part"].disabled = values.coded.has_fixed_host
        self.warnings: list[checks.Warning] = []

    def is_valid(self) -> bool:
        lines = [bound.formset.is_valid() for bound in self.groups.values()]
        return super().is_valid() and all(lines)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        scheme, number = cleaned.get("class_scheme", ""), cleaned.get("class_number", "").strip()
        if bool(scheme) != bool(number):
            self.add_error("class_number", _("Give both the class scheme and the number, or neither."))
        for bound in self.groups.values():
            if not bound.formset.is_valid():
                return cleaned
        if not self.errors:
            self.warnings = self._find_warnings(scheme, number)
            if self.warnings and cleaned.get("confirmed") != checks.token_of(self.warnings):
                raise forms.ValidationError(_("Please look at this again, and confirm it if it is right."))
        return cleaned

    @property
    def warnings_token(self) -> str:
        return checks.token_of(self.warnings)

    def _find_warnings(self, scheme: str, number: str) -> list[checks.Warning]:
        new_lines = {
            name: [one.line().text for one in bound.formset if one.is_new_text and one.line().text]
            for name, bound in self.groups.items()
        }
        texts = [self.cleaned_data[one.name] for one in self.shown if one.name in self.changed_data]
        texts += [
            text
            for name, lines in new_lines.items()
            if name not in ("isbns", "issns", "links")
            for text in lines
        ]
        found = checks.capitals_warnings(texts)
        numbers = [*new_lines.get("isbns", []), *new_lines.get("issns", [])]
        found += checks.duplicate_warnings(numbers, but=self.record.pk if self.record else None)
        if {"class_scheme", "class_number"} & set(self.changed_data):
            found += checks.class_warnings(scheme, number)
        return found

    def wanted(self) -> Values:
        """What was typed, as values of the record. The form must be valid."""
        said = self.cleaned_data
        languages = [code for place in range(LANGUAGES) if (code := said[f"language_{place}"])]
        rest = self.values.coded.languages[LANGUAGES:]
        return Values(
            singles={one.name: " ".join(said[one.name].split()) for one in self.shown},
            groups={name: [one.line() for one in bound.formset] for name, bound in self.groups.items()},
            coded=Coded(
                material=said["material"],
                languages=tuple(dict.fromkeys([*languages, *rest])),
                year=said["year"],
                age_group=said["age_group"],
                class_scheme=said["class_scheme"],
                class_number=said["class_number"].strip(),
                host_part=said["host_part"].strip(),
                has_fixed_host=self.values.coded.has_fixed_host,
            ),
        )

    def as_record(self) -> Record:
        """What the form holds now, right or wrong, as far as the spine label needs it; never to be saved."""
        said = {name: str(self[name].value() or "").strip() for name in _ON_LABEL}
        names = [line["text"].value() or "" for line in self.groups["names"].formset.forms[:1]]
        year = said["year"]
        return Record(
            title=said["title"],
            authors=[name.strip() for name in names if name.strip()],
            material=self.values.coded.material,
            language=said["language_0"],
            year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
            class_scheme=said["class_scheme"],
            class_number=said["class_number"],
        )

    def rows(self) -> Iterator[tuple[str, Any]]:
        """What the page shows, in its order: ("single", …), ("group", …), ("class", …), ("host", …)."""
        shown = {one.name: one for one in self.shown}
        for name in ORDER:
            if name in shown:
                yield "single", BoundSingle(self[name], shown[name].mark)
            elif name in self.groups:
                yield "group", self.groups[name]
            elif name == "class" or (name == "host" and self.has_host):
                yield name, None
            if name == _WITH_YEAR:
                yield "coded", None


def with_more_lines(data: QueryDict, group: str) -> QueryDict:
    """The posted form with room for more lines in a group: for browsers without scripts."""
    data = data.copy()
    name = f"{group}-TOTAL_FORMS"
    total = data.get(name, "")
    if total.isdecimal() and len(total) < 4:
        data[name] = str(min(int(total) + MORE_LINES, 2 * MOST_LINES))
    return data


def _initial(values: Values) -> dict[str, Any]:
    languages = [*values.coded.languages, "", "", ""][:LANGUAGES]
    coded = values.coded
    return {
        **values.singles,
        **{f"language_{place}": code for place, code in enumerate(languages)},
        "material": coded.material, "year": coded.year, "age_group": coded.age_group,
        "class_scheme": coded.class_scheme, "class_number": coded.class_number, "host_part": coded.host_part,
    }  # fmt: skip


def _single_field(single: Single) -> forms.CharField:
    return forms.CharField(
        label=single.label, required=single.name == "title", max_length=5000, help_text=single.help
    )


def _lines(group: Group, values: Values, rules: Rules, data: QueryDict | None) -> Any:
    """The lines there are, and an empty one. What is beyond the longest list stays in the record as it is."""
    lines = list(values.groups.get(group.name, ()))[:MOST_LINES]
    factory = forms.formset_factory(
        LineForm, extra=EMPTY_LINES, max_num=2 * MOST_LINES, absolute_max=2 * MOST_LINES, validate_max=True
    )
    initial = [
        {"tag": rules.added.get(line.tag, line.tag), "text": line.text, "extra": line.extra, "was": line.was}
        for line in lines
    ]
    kwargs: Mapping[str, Any] = {"prefix": group.name, "form_kwargs": {"group": group, "rules": rules}}
    return (
        factory(data, initial=initial, **kwargs) if data is not None else factory(initial=initial, **kwargs)
    )


def _with(choices: list[tuple[str, str]], code: str) -> list[tuple[str, str]]:
    """The choices with a code that no list has, so that it is not lost."""
    known = {value for value, _label in choices}
    return choices if code in known else [*choices, (code, code)]
