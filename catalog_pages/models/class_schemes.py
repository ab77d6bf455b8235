"""Class schemes with the colours of their classes, tables of author marks, and how call numbers are made (A25)."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog_pages.class_schemes.tables import plain_beginning
from catalog_pages.classes import CLASS_NAMES
from catalog_pages.models.records import ClassScheme
from library.fields import TranslatedField
from library.text import in_language
from search.sorting import LONGEST_KEY

BEGINNING_LENGTH = 20
MARK_LENGTH = 20


class Classification(models.Model):
    """A class scheme in use, with its ranges. The order of its numbers on the shelf is in `shelf_order`."""

    code = models.CharField(_("scheme"), max_length=8, choices=ClassScheme.choices, unique=True)
    name = TranslatedField(
        _("name"), blank=True, help_text=_("As readers see it; empty for the usual name of the scheme.")
    )

    class Meta:
        verbose_name = _("class scheme")
        verbose_name_plural = _("class schemes")
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.name) or str(self.get_code_display())


class ClassRange(models.Model):
    """All class numbers that begin alike: one colour of label, one name. The longest beginning decides."""

    scheme = models.ForeignKey(
        Classification, models.CASCADE, related_name="ranges", db_index=False, verbose_name=_("scheme")
    )
    beginning = models.CharField(
        _("numbers that begin with"),
        max_length=BEGINNING_LENGTH,
        help_text=_("Digits or letters, points do not matter: 63.3 or Ш1."),
    )
    colour = models.PositiveSmallIntegerField(_("label colour"), choices=list(enumerate(CLASS_NAMES)))
    name = TranslatedField(_("name of the class"), blank=True)

    class Meta:
        verbose_name = _("range of a class scheme")
        verbose_name_plural = _("ranges of a class scheme")
        ordering = ["scheme__code", "beginning"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "beginning"], name="class_range_once"),
            models.CheckConstraint(condition=Q(colour__lte=9), name="class_range_colour"),
        ]

    def __str__(self) -> str:
        return self.beginning

    def clean(self) -> None:
        if self.scheme_id is None:
            return
        self.beginning = plain_beginning(self.scheme.code, self.beginning) or self.beginning
        if not plain_beginning(self.scheme.code, self.beginning):
            raise ValidationError({"beginning": _("Numbers of this scheme do not begin so.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.beginning = plain_beginning(self.scheme.code, self.beginning) or self.beginning
        super().save(*args, **kwargs)


class AuthorMarkTable(models.Model):
    """A table of author marks, loaded by `load_author_marks` from a file the library has the right to use."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(
        _("alphabet"), max_length=3, help_text=_("The language in whose alphabet the table is ordered.")
    )

    class Meta:
        verbose_name = _("table of author marks")
        verbose_name_plural = _("tables of author marks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AuthorMark(models.Model):
    """One line of a table: names from here on, up to the next line, get this mark."""

    table = models.ForeignKey(AuthorMarkTable, models.CASCADE, related_name="marks", db_index=False)
    beginning = models.CharField(_("beginning"), max_length=60)
    mark = models.CharField(_("author mark"), max_length=MARK_LENGTH)
    sort_key = models.CharField(max_length=LONGEST_KEY, editable=False)

    class Meta:
        verbose_name = _("author mark")
        verbose_name_plural = _("author marks")
        constraints = [models.UniqueConstraint(fields=["table", "sort_key"], name="author_mark_once")]

    def __str__(self) -> str:
        return f"{self.beginning} {self.mark}"


class CallNumberRule(models.Model):
    """How call numbers are proposed: for one library, or for all that have no rule of their own."""

    PARTS = ("class", "mark", "year")

    branch = models.OneToOneField(
        "library.Branch", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("library"),
        help_text=_("Empty: the rule for all libraries that have none of their own."),
    )  # fmt: skip
    pattern = models.CharField(
        _("pattern"),
        max_length=100,
        default="{class} {mark} {year}",
        help_text=_("{class}, {mark} and {year} in their order, with what stands between them."),
    )
    marks = models.ForeignKey(
        AuthorMarkTable, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("author mark"),
        help_text=_("Empty: the first three letters of the author's surname or of the title."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("rule for call numbers")
        verbose_name_plural = _("rules for call numbers")
        ordering = ["branch__position", "branch__code"]

    def __str__(self) -> str:
        return str(self.branch) if self.branch_id else str(_("All libraries"))

    def clean(self) -> None:
        parts = re.findall(r"\{([^{}]*)\}", self.pattern)
        rest = re.sub(r"\{[^{}]*\}", "", self.pattern)
        if not parts or set(parts) - set(self.PARTS) or "{" in rest or "}" in rest:
            raise ValidationError(
                {"pattern": _("Use {class}, {mark} and {year} and nothing else in braces.")}
            )
        general = CallNumberRule.objects.filter(branch=None).exclude(pk=self.pk)
        if self.branch_id is None and general.exists():
            raise ValidationError({"branch": _("There is a rule for all libraries already.")})
