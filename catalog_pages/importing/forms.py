"""What staff say about the files they import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.utils import label_for_field
from django.core.validators import validate_slug
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_pages.importing.files import TABLE, server_files
from catalog_pages.importing.options import EditedRule, MatchRule, OnMatch
from catalog_pages.importing.report import encoding_name
from catalog_pages.marc.encodings import ENCODINGS
from catalog_pages.marc.files import FORMS
from catalog_pages.marc.formats import FORMATS
from catalog_pages.marc.holdings import item_fields
from catalog_pages.models import Import, Record
from catalog_pages.spreadsheets import COLUMNS
from library.files.access import safe_name
from library.models import Branch

MOST_FILES = 50
FORM_NAMES = {
    "iso2709": "ISO 2709", "marcxml": "MARCXML", "json": "MARC-in-JSON", "aleph": "Aleph", "marcmaker": "MARCMaker",
    "irbis": gettext_lazy("IRBIS, text"), "irbis-master": gettext_lazy("IRBIS, master file"),
    TABLE: gettext_lazy("Spreadsheet (CSV or XLSX)"),
}  # fmt: skip
FORMAT_NAMES = {"marc21": "MARC21", "unimarc": "UNIMARC, RUSMARC", "irbis": "IRBIS"}
_TOLD = ("", gettext_lazy("Told by the file"))
_TAG = re.compile(r"[0-9A-Z]{3}")
# Where a column has no field of a record.
_COLUMN_NAMES = {
    "author": gettext_lazy("author"), "issn": "ISSN", "isbn": "ISBN", "udc": gettext_lazy("class number (UDC)"),
    "bbk": gettext_lazy("class number (BBK)"), "branch": gettext_lazy("library"), "barcode": gettext_lazy("barcode"),
    "call_number": gettext_lazy("call number"), "shelf": gettext_lazy("shelf"), "price": gettext_lazy("price"),
    "accession_number": gettext_lazy("accession number"), "copies": gettext_lazy("number of copies"),
}  # fmt: skip


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several uploaded files; each is checked for its size."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploaded = [super(ManyFilesField, self).clean(one, initial) for one in data or []]
        most = settings.IMPORT_MAX_MB << 20
        for file in uploaded:
            if file.size > most:
                raise forms.ValidationError(
                    _("%(file)s is too big: %(size)s. An uploaded file may have %(limit)s.")
                    % {"file": file.name, "size": filesizeformat(file.size), "limit": filesizeformat(most)}
                )
        return uploaded


class UploadForm(forms.Form):
    """The files, and where the records come from."""

    uploads = ManyFilesField(label=gettext_lazy("Files"), required=False)
    on_server = forms.MultipleChoiceField(
        label=gettext_lazy("Files that are on the server already"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    source = forms.SlugField(
        label=gettext_lazy("Source"),
        initial="local",
        max_length=50,
        help_text=gettext_lazy(
            "Where the records come from, in small letters: control numbers are unique within a source."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = server_files()
        self.fields["uploads"].help_text = _(
            "MARC21, UNIMARC, RUSMARC or IRBIS in any form, plain or .gz; or a spreadsheet. At most %(limit)s each."
        ) % {"limit": filesizeformat(settings.IMPORT_MAX_MB << 20)}
        if here:
            self.fields["on_server"].choices = [(name, name) for name in here]  # type: ignore[attr-defined]
        else:
            del self.fields["on_server"]

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        validate_slug(source)
        if source != source.lower():
            raise forms.ValidationError(_("The source may have small letters, digits and hyphens only."))
        return source

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = len(cleaned.get("uploads") or []) + len(cleaned.get("on_server") or [])
        if not chosen and not self.errors:
            raise forms.ValidationError(_("Choose at least one file."))
        if chosen > MOST_FILES:
            raise forms.ValidationError(_("At most %(number)s files at once.") % {"number": MOST_FILES})
        return cleaned

    def save(self, user: Any) -> Import:
        """The import with its files, not yet looked into."""
        batch = Import.objects.create(source=self.cleaned_data["source"], created_by=user)
        for file in self.cleaned_data["uploads"]:
            name = safe_name(file.name)
            file.name = name
            batch.files.create(name=name[:255], file=file, size=file.size)
        for name in self.cleaned_data.get("on_server") or []:
            batch.files.create(name=name[:255], on_server=name)
        return batch


class OptionsForm(forms.Form):
    """How the files are read, and what becomes of records that are there already."""

    source = forms.SlugField(label=gettext_lazy("Source"), max_length=50)
    match = forms.ChoiceField(
        label=gettext_lazy("A record is there already if it has the same"), choices=MatchRule.choices
    )
    on_match = forms.ChoiceField(
        label=gettext_lazy("A record that is there already"), choices=OnMatch.choices
    )
    add_fields = forms.CharField(
        label=gettext_lazy("Repeated fields to be added"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Tags with blanks between them, X for any sign: 650 6XX 856."),
    )
    edited = forms.ChoiceField(
        label=gettext_lazy("A record that was made or changed by hand"), choices=EditedRule.choices
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Form of the files"),
        required=False,
        choices=[_TOLD, *((name, FORM_NAMES.get(name, name)) for name in (*FORMS, TABLE))],
    )
    format = forms.ChoiceField(
        label=gettext_lazy("What the fields mean"),
        required=False,
        choices=[_TOLD, *((name, FORMAT_NAMES[name]) for name in FORMATS)],
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of the text"),
        required=False,
        choices=[_TOLD, *((name, encoding_name(name)) for name in ENCODINGS)],
    )
    items = forms.CharField(
        label=gettext_lazy("Fields that hold items"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For example 952 or 852,876. Empty: by what the fields mean."),
    )
    branch = forms.ModelChoiceField(
        label=gettext_lazy("Library that has the copies of a spreadsheet, if no column says"),
        queryset=Branch.objects.none(),
        to_field_name="code",
        required=False,
    )

    def __init__(self, *args: Any, batch: Import, **kwargs: Any) -> None:
        initial = {"match": MatchRule.NUMBER, "on_match": OnMatch.REPLACE, "edited": EditedRule.KEEP}
        said = batch.options | {"add_fields": " ".join(batch.options.get("add_fields", []))}
        kwargs["initial"] = initial | said | {"source": batch.source}
        super().__init__(*args, **kwargs)
        self.batch = batch
        self.chosen: dict[str, dict[str, str]] = {}
        self.tables = [file for file in batch.files.all() if file.found.get("header")]
        self.fields["branch"].queryset = Branch.objects.all()  # type: ignore[attr-defined]
        if not self.tables:
            del self.fields["branch"]
        for file in self.tables:
            self._add_columns(file.pk, file.found["header"], file.found.get("columns", {}))

    def _add_columns(self, pk: int, header: Sequence[str], guessed: dict[str, str]) -> None:
        choices = [("", _("Not used")), *((name, column_name(name)) for name in COLUMNS)]
        for at, heading in enumerate(header):
            if heading.strip():
                self.fields[f"column_{pk}_{at}"] = forms.ChoiceField(
                    label=heading[:80], choices=choices, required=False, initial=guessed.get(str(at), "")
                )

    @property
    def rules(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("column_")]

    @property
    def columns(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """For each spreadsheet, its columns."""
        return [
            (file, [field for field in self if field.name.startswith(f"column_{file.pk}_")])
            for file in self.tables
        ]

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        if source != source.lower():
            raise forms.ValidationError(_("The source may have small letters, digits and hyphens only."))
        return source

    def clean_add_fields(self) -> list[str]:
        tags = self.cleaned_data["add_fields"].upper().replace(",", " ").split()
        for tag in tags:
            if not _TAG.fullmatch(tag):
                raise forms.ValidationError(_("%(tag)s is no tag of a field.") % {"tag": tag})
        return tags

    def clean_items(self) -> str:
        said: str = self.cleaned_data["items"].strip()
        if said.endswith(".json"):  # a file of the server is none of the page's business
            raise forms.ValidationError(_("Name fields, not a file."))
        if said:
            try:
                item_fields(said)
            except ValueError as error:
                raise forms.ValidationError(str(error)) from error
        return said

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for file in self.tables:
            self._clean_columns(file, cleaned)
        return cleaned

    def _clean_columns(self, file: Any, cleaned: dict[str, Any]) -> None:
        chosen: dict[str, str] = dict.fromkeys(COLUMNS, "")
        for at, heading in enumerate(file.found["header"]):
            name = cleaned.get(f"column_{file.pk}_{at}")
            if name and chosen[name]:
                self.add_error(
                    f"column_{file.pk}_{at}",
                    _("Two columns cannot both be this: %(name)s.") % {"name": column_name(name)},
                )
            elif name:
                chosen[name] = heading
        if not chosen["title"]:
            self.add_error(None, _("%(file)s: say which column holds the title.") % {"file": file.name})
        self.chosen[str(file.pk)] = chosen

    def save(self) -> Import:
        """Keep what was said."""
        cleaned = self.cleaned_data
        names = ("match", "on_match", "edited", "add_fields", "form", "format", "encoding", "items")
        self.batch.source = cleaned["source"]
        self.batch.options = {name: cleaned[name] for name in names}
        if branch := cleaned.get("branch"):
            self.batch.options["branch"] = branch.code
        if self.tables:
            self.batch.options["columns"] = self.chosen
        self.batch.dry_run = {}  # it was about something else
        self.batch.save(update_fields=["source", "options", "dry_run"])
        return self.batch


def column_name(name: str) -> str:
    """What a column of a spreadsheet is called on the page."""
    if name in _COLUMN_NAMES:
        return str(_COLUMN_NAMES[name])
    return str(label_for_field(name, Record))
