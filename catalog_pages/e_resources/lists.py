"""The list of electronic resources as readers see it: from A to Z or by subject, narrowed by what they need."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber, Substr
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from catalog_pages.browsing import PER_PAGE, Address, AtoZ
from catalog_pages.keyset import Place, Walk, Wanted
from catalog_pages.letter_bar import CODE_LENGTH, OTHER_LENGTH, beginning, letter_groups
from catalog_pages.models import EResourceIndexPage, EResourcePage, EResourceSubject
from catalog_pages.models.e_resources import EResourceQuerySet
from library.models import Branch
from library.names import language_name
from search.sorting import OTHER_LETTERS, filing_key, sort_key

BY_SUBJECT = "subject"
HOME = "home"  # what may be used from anywhere
IN_A_SUBJECT = 8  # resources named under each subject
LONGEST_START = 40
Choice = tuple[str, str | Promise]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to see; unknown values are left out. Stands in the address."""

    kind: str = ""
    access: str = ""
    language: str = ""
    subject: str = ""
    where: str = ""
    by: str = ""

    NAMES = ("kind", "access", "language", "subject", "where", "by")

    @classmethod
    def read(cls, parameters: QueryDict, options: "Options") -> "Wish":
        values = {name: parameters.get(name, "") for name in cls.NAMES}
        known = {name: {value for value, _label in choices} for name, choices in options.choices.items()}
        return cls(
            **{name: value for name, value in values.items() if value in known.get(name, {BY_SUBJECT})}
        )

    @property
    def values(self) -> dict[str, str]:
        return {name: value for name in self.NAMES if (value := getattr(self, name))}

    @property
    def is_bare(self) -> bool:
        """Whether nothing is left out of the list."""
        return not set(self.values) - {"by"}

    def without(self, name: str) -> str:
        values = replace(self, **{name: ""}).values
        return f"?{urlencode(values)}" if values else "."

    def having(self, **values: str) -> str:
        values = replace(self, **values).values
        return f"?{urlencode(values)}" if values else "."

    def narrow(self, pages: EResourceQuerySet) -> EResourceQuerySet:
        """The pages that are wanted."""
        if self.kind:
            pages = pages.filter(kind=self.kind)
        if self.access:
            pages = pages.filter(access=self.access)
        if self.language:
            pages = pages.filter(languages__contains=f" {self.language} ")
        if self.subject:
            pages = pages.filter(pk__in=EResourcePage.subjects.through.objects.filter(
                eresourcesubject=int(self.subject)).values("eresourcepage"))  # fmt: skip
        if self.where == HOME:
            pages = pages.filter(use=EResourcePage.Use.ANYWHERE)
        elif self.where:
            here = EResourcePage.branches.through.objects.filter(branch__code=self.where)
            pages = pages.filter(~Q(use=EResourcePage.Use.BRANCHES) | Q(pk__in=here.values("eresourcepage")))
        return pages


@dataclass(frozen=True, slots=True)
class Options:
    """What the list can be narrowed by: only what narrows it, in the order of the reader's alphabet."""

    choices: Mapping[str, list[Choice]] = field(default_factory=dict)

    LABELS = {
        "kind": _("Kind"), "access": _("Access"), "subject": _("Subject"), "language": _("Language"),
        "where": _("Where"),
    }  # fmt: skip

    @classmethod
    def of(cls, pages: EResourceQuerySet) -> "Options":
        rows = list(pages.values_list("kind", "access", "languages", "use").distinct())
        kinds, accesses = {row[0] for row in rows}, {row[1] for row in rows}
        codes = {code for row in rows for code in row[2].split()}
        choices: dict[str, list[Choice]] = {
            "kind": [choice for choice in EResourcePage.Kind.choices if choice[0] in kinds],
            "access": [choice for choice in EResourcePage.Access.choices if choice[0] in accesses],
            "subject": [(str(subject.pk), str(subject)) for subject in subjects_of(pages)],
            "language": _by_name((code, language_name(code)) for code in codes),
            "where": _places(pages, {row[3] for row in rows}),
        }
        return cls({name: found for name, found in choices.items() if found})

    def label(self, name: str, value: str) -> str | Promise:
        return dict(self.choices[name])[value]


@dataclass(frozen=True, slots=True)
class SubjectGroup:
    """A subject with the first of its resources."""

    subject: EResourceSubject
    total: int
    pages: list[EResourcePage]

    @property
    def has_more(self) -> bool:
        return self.total > len(self.pages)


def index_page() -> EResourceIndexPage | None:
    """The published list in the reader's language, or in the library's own; None where staff have made none."""
    found = EResourceIndexPage.objects.live().public().select_related("locale").order_by("depth", "path")
    by_language = {page.locale.language_code: page for page in reversed(found)}
    return by_language.get(get_language() or "") or by_language.get(
        Locale.get_default().language_code, next(iter(by_language.values()), None)
    )


def index_address(index: Page) -> str:
    """The address of the list."""
    return index.get_url() or reverse("catalog_pages:e_resources")


def listed_below(index: Page) -> EResourceQuerySet:
    """The resources of a list that readers see."""
    return EResourcePage.objects.child_of(index).listed().public()


def subjects_of(pages: EResourceQuerySet) -> list[EResourceSubject]:
    """The subjects in use, in their order."""
    used = EResourcePage.subjects.through.objects.filter(eresourcepage__in=pages.order_by().values("pk"))
    return list(EResourceSubject.objects.filter(pk__in=used.values("eresourcesubject")))


def context_of(index: EResourceIndexPage, parameters: QueryDict) -> dict[str, Any]:
    """What the page of the list shows: filters, chips, and the list from A to Z or by subject."""
    pages = listed_below(index)
    options = Options.of(pages)
    wish = Wish.read(parameters, options)
    wanted = wish.narrow(pages)
    context: dict[str, Any] = {
        "list_url": index_address(index),
        "wish": wish,
        "is_empty": not options.choices,
        "filters": [(name, Options.LABELS[name], choices, getattr(wish, name))
                    for name, choices in options.choices.items()],
        "chips": [(Options.LABELS[name], options.label(name, value), wish.without(name))
                  for name, value in wish.values.items() if name in options.choices],
        "from_a_to_z": wish.having(by=""),
        "by_subject": wish.having(by=BY_SUBJECT),
        "address": Address(wish.values),
    }  # fmt: skip
    if wish.by == BY_SUBJECT:
        return context | {"groups": by_subject(wanted), "without_subject": _without_subject(wanted)}
    return context | {"listing": from_a_to_z(wanted, index.locale.language_code, _wanted(parameters, index))}


def from_a_to_z(pages: EResourceQuerySet, alphabet: str, wanted: Wanted) -> AtoZ:
    """A part of the list in the order of one alphabet."""
    part = Walk(pages.order_by(), "title_key").part(wanted, PER_PAGE)
    current = beginning(part.rows[0].title_key) if part.rows else ""
    return AtoZ(alphabet, part, "title_key", letter_groups(alphabet, _beginnings(pages), current))


def by_subject(pages: EResourceQuerySet) -> list[SubjectGroup]:
    """Every subject with how many resources it has and the first of them: three queries for any number."""
    through = EResourcePage.subjects.through.objects.filter(eresourcepage__in=pages.order_by().values("pk"))
    totals = dict(through.values_list("eresourcesubject").annotate(Count("pk")))
    placed = through.annotate(
        place=Window(
            RowNumber(), partition_by=F("eresourcesubject"),
            order_by=["eresourcepage__title_key", "eresourcepage_id"],
        )
    )  # fmt: skip
    pairs = list(
        placed.filter(place__lte=IN_A_SUBJECT).order_by("eresourcesubject", "place")
        .values_list("eresourcesubject", "eresourcepage")
    )  # fmt: skip
    found = EResourcePage.objects.in_bulk({page for _subject, page in pairs})
    named = {
        subject: [found[page] for _one, page in rows]
        for subject, rows in groupby(pairs, key=lambda pair: pair[0])
    }
    subjects = EResourceSubject.objects.filter(pk__in=totals)
    return [SubjectGroup(subject, totals[subject.pk], named.get(subject.pk, [])) for subject in subjects]


def _without_subject(pages: EResourceQuerySet) -> list[EResourcePage]:
    return list(pages.filter(subjects=None).order_by("title_key", "pk")[:PER_PAGE])


def _wanted(parameters: QueryDict, index: EResourceIndexPage) -> Wanted:
    language = index.locale.language_code
    start = filing_key(parameters.get("from", "")[:LONGEST_START], language, language)
    after, before = (Place.read(parameters.get(name, "")) for name in ("after", "before"))
    return Wanted(start, after, before)


def _beginnings(pages: EResourceQuerySet) -> list[str]:
    """The letters that resources begin with."""
    keys = pages.order_by().annotate(start=Substr("title_key", 1, OTHER_LENGTH))
    found = {_cut(key) for key in keys.values_list("start", flat=True).distinct() if key}
    return sorted(found)


def _cut(key: str) -> str:
    return key if key.startswith(OTHER_LETTERS) else key[:CODE_LENGTH]


def _by_name(choices: Any) -> list[Choice]:
    language = get_language() or "en"
    return sorted(choices, key=lambda choice: sort_key(str(choice[1]), language, language))


def _places(pages: EResourceQuerySet, uses: set[str]) -> list[Choice]:
    """From anywhere, and the libraries that have something of their own."""
    if uses <= {EResourcePage.Use.ANYWHERE}:
        return []
    through = EResourcePage.branches.through.objects.filter(eresourcepage__in=pages.order_by().values("pk"))
    branches = Branch.objects.on_site().filter(pk__in=through.values("branch")).order_by("position", "code")
    return [(HOME, _("Everywhere, from home too")), *((branch.code, str(branch)) for branch in branches)]
