"""Electronic resources as pages, the subjects they are listed under, and what the link checker last saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from catalog_pages.classes import CLASS_NAMES
from catalog_pages.e_resources.forms import EResourceForm, language_list
from library.fields import TranslatedField
from library.models import BasePage
from library.text import in_language
from search.sorting import LONGEST_KEY, filing_key

LONGEST_ADDRESS = 500
WEB_ADDRESS = URLValidator(["http", "https"])


class EResourceSubject(models.Model):
    """A subject under which electronic resources are listed, in the colour of a class where it belongs to one."""

    name = TranslatedField(_("name"))
    main_class = models.PositiveSmallIntegerField(
        _("class colour"), choices=list(enumerate(CLASS_NAMES)), null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("subject of electronic resources")
        verbose_name_plural = _("subjects of electronic resources")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return in_language(self.name)


class EResourceIndexPage(BasePage):
    """The list of electronic resources; the resources are the pages below it."""

    intro = models.TextField(_("introduction"), blank=True, max_length=400)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    template = "catalog_pages/e_resources/list.html"
    max_count_per_parent = 1
    subpage_types = ["catalog_pages.EResourcePage"]

    class Meta:
        verbose_name = _("list of electronic resources")
        verbose_name_plural = _("lists of electronic resources")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from catalog_pages.e_resources.lists import context_of

        return {**super().get_context(request, *args, **kwargs), **context_of(self, request.GET)}


class EResourceQuerySet(PageQuerySet):
    def listed(self, at: date | None = None) -> EResourceQuerySet:
        """Published and not a trial that has ended."""
        today = at or timezone.localdate()
        return self.live().exclude(access=EResourcePage.Access.TRIAL, trial_until__lt=today)

    def ended(self, at: date | None = None) -> EResourceQuerySet:
        """Trials whose last day has passed."""
        return self.filter(access=EResourcePage.Access.TRIAL, trial_until__lt=at or timezone.localdate())

    def ending(self, first: date, last: date) -> EResourceQuerySet:
        """Trials whose last day lies between two days, both included."""
        return self.filter(access=EResourcePage.Access.TRIAL, trial_until__range=(first, last))


class EResourcePage(BasePage):
    """One electronic resource. Its facts (FACTS) are the same in all languages; words are translated."""

    class Kind(models.TextChoices):
        DATABASE = "database", _("Database")
        LIBRARY = "library", _("Digital library")
        BOOKS = "books", _("Electronic books")
        JOURNALS = "journals", _("Journals and newspapers")
        ARTICLES = "articles", _("Articles")
        BIBLIOGRAPHY = "bibliography", _("Bibliography")
        REFERENCE = "reference", _("Encyclopaedia or dictionary")
        MAPS = "maps", _("Maps and pictures")
        LEARNING = "learning", _("Courses")

    class Access(models.TextChoices):
        FREE = "free", _("Free")
        FREE_CONTENT = "free_content", _("With free content")
        TRIAL = "trial", _("On trial")
        SUBSCRIPTION = "subscription", _("By subscription")

    class Use(models.TextChoices):
        ANYWHERE = "anywhere", _("Everywhere, from home too")
        LIBRARIES = "libraries", _("In all our libraries")
        BRANCHES = "branches", _("In certain libraries")

    # Kept alike in all languages by catalog_pages.e_resources.services.
    FACTS = (
        "address", "kind", "access", "trial_until", "provider", "languages", "use", "branches", "subjects",
    )  # fmt: skip

    intro = models.CharField(
        _("in one sentence"), max_length=300, blank=True, help_text=_("What a reader finds there.")
    )
    description = RichTextField(_("description"), blank=True, features=["bold", "italic", "ul", "ol", "link"])
    remote_note = models.TextField(
        _("how to use it from home"),
        blank=True,
        max_length=1000,
        help_text=_("For example: sign in with the number of your library card."),
    )
    address = models.CharField(
        _("web address"), max_length=LONGEST_ADDRESS, validators=[WEB_ADDRESS],
        help_text=_("Begins with https:// or http://"),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.DATABASE)
    access = models.CharField(_("access"), max_length=12, choices=Access.choices, default=Access.FREE)
    trial_until = models.DateField(
        _("trial until"),
        null=True,
        blank=True,
        help_text=_("The last day; then it leaves the list by itself."),
    )
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    # Codes of ISO 639-2/B between blanks, so that one is found whole on every database.
    languages = models.CharField(_("languages"), max_length=100, blank=True, default=" ")
    use = models.CharField(_("where it may be used"), max_length=9, choices=Use.choices, default=Use.ANYWHERE)
    branches = ParentalManyToManyField(
        "library.Branch", blank=True, related_name="+", verbose_name=_("libraries")
    )
    subjects = ParentalManyToManyField(
        EResourceSubject, blank=True, related_name="pages", verbose_name=_("subjects")
    )
    # By the alphabet of the list it stands in.
    title_key = models.CharField(max_length=LONGEST_KEY, editable=False, blank=True, default="")

    objects = PageManager.from_queryset(EResourceQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("description"),
        FieldPanel("remote_note"),
        MultiFieldPanel(["address", "kind", "provider", "languages", "subjects"], heading=_("What it is")),
        MultiFieldPanel(["access", "trial_until", "use", "branches"], heading=_("Who may use it")),
    ]
    base_form_class = EResourceForm
    template = "catalog_pages/e_resources/page.html"
    parent_page_types = ["catalog_pages.EResourceIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("electronic resource")
        verbose_name_plural = _("electronic resources")
        indexes = [
            models.Index(fields=["title_key"], name="e_resource_title"),
            models.Index(fields=["address"], name="e_resource_address"),
            models.Index(fields=["access", "trial_until"], name="e_resource_trial"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(access="trial") | Q(trial_until__isnull=False), name="e_resource_trial_ends"
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.access == self.Access.TRIAL and self.trial_until is None:
            raise ValidationError({"trial_until": _("Say until when the trial runs.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.access != self.Access.TRIAL:
            self.trial_until = None
        if kwargs.get("update_fields") is None:
            self.title_key = filing_key(self.title, self.content_language, self.locale.language_code)
            self._take_facts()
        super().save(*args, **kwargs)

    def _take_facts(self) -> None:
        """A translation has the facts of its source. (Aliases are kept by Wagtail.)"""
        source = None if self.alias_of_id else self.source
        if source is not None and source.pk != self.pk:
            for name, value in source.facts.items():
                setattr(self, name, value)

    @property
    def facts(self) -> Mapping[str, Any]:
        """The values of FACTS."""
        many = ("branches", "subjects")
        values = {name: getattr(self, name) for name in self.FACTS if name not in many}
        return values | {name: list(getattr(self, name).all()) for name in many}

    @property
    def source(self) -> EResourcePage:
        """The page whose facts hold in all languages: that in the library's language, else the oldest."""
        if self.alias_of_id:
            return self.alias_of.specific.source
        versions = {
            page.locale.language_code: page
            for page in EResourcePage.objects.filter(translation_key=self.translation_key, alias_of=None)
            .select_related("locale").order_by("-pk")
        }  # fmt: skip
        oldest = list(versions.values())[-1] if versions else self
        found = versions.get(settings.LANGUAGE_CODE, oldest)
        return self if found.pk == self.pk else found

    @property
    def language_codes(self) -> list[str]:
        return language_list(self.languages)

    @property
    def has_ended(self) -> bool:
        """Whether it was a trial whose last day has passed."""
        return bool(
            self.access == self.Access.TRIAL and self.trial_until and self.trial_until < timezone.localdate()
        )

    @property
    def way(self) -> str:
        """The address here that leads there and counts the use."""
        return reverse("catalog_pages:e_resource_go", args=[self.pk])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from catalog_pages.e_resources.lists import index_address

        context = super().get_context(request, *args, **kwargs)
        return {**context, "list_address": index_address(self.get_parent())}


class LinkCheck(models.Model):
    """What an address answered when it was last asked; one row for each address that a page leads to."""

    class Verdict(models.TextChoices):
        OK = "ok", _("Works")
        SHUT = "shut", _("Asks for sign-in or refuses programs")
        BROKEN = "broken", _("Does not work")
        REFUSED = "refused", _("Is not asked")

    class Reason(models.TextChoices):
        NO_HOST = "no_host", _("There is no such site")
        NO_ANSWER = "no_answer", _("No answer")
        TOO_SLOW = "too_slow", _("Took too long")
        CERTIFICATE = "certificate", _("Its certificate is not valid")
        REDIRECTS = "redirects", _("Leads in a circle")
        NOT_PUBLIC = "not_public", _("Not a public address of the web")

    FAULTS = (Verdict.BROKEN, Verdict.REFUSED)

    address = models.CharField(_("web address"), max_length=LONGEST_ADDRESS, unique=True)
    verdict = models.CharField(_("state of the link"), max_length=7, choices=Verdict.choices)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=11, choices=Reason.choices, blank=True)
    checked_at = models.DateTimeField(_("checked"))
    broken_since = models.DateTimeField(_("broken since"), null=True, blank=True)

    class Meta:
        verbose_name = _("link check")
        verbose_name_plural = _("link checks")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address
