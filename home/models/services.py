"""Services: what the library does for whom, where, when, how and at what price."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from home.blocks import ContentStream
from home.blocks.standing import FACT_BLOCKS
from home.blocks.streams import BlocksInCode
from home.models.base import FooterPage
from home.models.standing import PictureForm, StandingPage, WithPicture, first_blocks
from home.service_presets import PRESETS, ServiceGroup, ServiceKind
from library.models import Branch, Department, SystemSettings


class ServiceForm(PictureForm):
    """Says plainly where a service is: everywhere, in chosen libraries, or in words."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        everywhere, branches = cleaned.get("everywhere"), cleaned.get("branches")
        if everywhere and branches:
            words = _("Either all libraries or chosen ones: take one of the two away.")
            self.add_error("branches", ValidationError(words))
        elif not (self.is_deferred_validation or everywhere or branches or cleaned.get("place")):
            words = _("Choose the libraries, tick “in all libraries”, or say in words where it is.")
            self.add_error("branches", ValidationError(words))
        return cleaned


class ServicePage(WithPicture, StandingPage):
    """One service, with its facts in a table that can be read at a glance."""

    template = "home/service_page.html"
    base_form_class = ServiceForm
    page_description = _("What the library does: for whom, where, when, how, at what price.")

    kind = models.CharField(
        _("kind"), max_length=20, choices=ServiceKind.choices, default=ServiceKind.OTHER,
        help_text=_("Services of one kind stand together in their section."),
    )  # fmt: skip
    who_for = models.CharField(_("for whom"), max_length=250, blank=True)
    everywhere = models.BooleanField(_("in all libraries"), default=True)
    branches = ParentalManyToManyField(
        Branch, blank=True, related_name="services", verbose_name=_("only in these libraries")
    )
    place = models.CharField(
        _("where, in words"), max_length=250, blank=True,
        help_text=_("Where it is in no library, or where in it: “at your home”, “second floor”."),
    )  # fmt: skip
    when = models.TextField(
        _("when"), max_length=400, blank=True, help_text=_("Empty: during opening hours.")
    )
    how = models.TextField(
        _("how it works"),
        max_length=800,
        blank=True,
        help_text=_("What a reader does, step by step, one a line."),
    )
    price = models.CharField(
        _("price"), max_length=200, blank=True, help_text=_("Leave it empty where the service is free.")
    )
    department = models.ForeignKey(
        Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("whom to ask"), help_text=_("Its telephone and e-mail are shown."),
    )  # fmt: skip
    facts = BlocksInCode(
        FACT_BLOCKS, blank=True, verbose_name=_("more facts"),
        help_text=_("What readers ask: how many, how long, from what age."),
    )  # fmt: skip
    body = ContentStream()

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel(
            [FieldPanel("who_for"), FieldPanel("when"), FieldPanel("how"), FieldPanel("price")],
            heading=_("In short"),
        ),
        MultiFieldPanel(
            [FieldPanel("everywhere"), FieldPanel("branches"), FieldPanel("place")], heading=_("Where")
        ),
        FieldPanel("facts"),
        FieldPanel("department"),
        WithPicture.picture_panel,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def begin(self, choice: str = "") -> None:
        """The preset of the kind that staff chose; an unknown one is left alone."""
        preset = PRESETS.get(choice)
        if preset is None:
            return
        self.kind = choice
        self.title = str(ServiceKind(choice).label)
        for name in ("intro", "who_for", "place", "when", "how"):
            setattr(self, name, str(getattr(preset, name)))
        self.everywhere = not preset.place
        facts = [("fact", {"name": str(name), "value": str(value)}) for name, value in preset.facts]
        self.facts = first_blocks(*facts)

    @property
    def is_free(self) -> bool:
        return not self.price.strip()

    @property
    def shown_price(self) -> str:
        """The price, or “Free” in the reader's language."""
        return self.price.strip() or pgettext("price of a service", "Free")

    @property
    def group(self) -> ServiceGroup:
        return ServiceKind(self.kind).group

    @property
    def steps(self) -> list[str]:
        """How it works, line by line."""
        return [line.strip() for line in self.how.splitlines() if line.strip()]

    def shown_branches(self) -> list[Branch]:
        """The libraries that have it, in the system's order; none where it is everywhere or elsewhere."""
        if self.everywhere:
            return []
        chosen = {branch.pk for branch in self.branches.all()}
        return list(Branch.objects.on_site().filter(pk__in=chosen)) if chosen else []

    def search_texts(self) -> Iterator[str]:
        """What the search finds it by, besides title, introduction and blocks."""
        yield from (self.who_for, self.place, self.when, self.how)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["branches"] = self.shown_branches()
        return context

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """schema.org Service."""
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "Service",
            "name": self.title,
            "url": self.get_full_url(request),
            "serviceType": str(self.get_kind_display()),
            "provider": {"@type": "Library", "name": str(SystemSettings.for_request(request))},
        }
        if description := self.search_description or self.intro:
            data["description"] = description
        if self.who_for:
            data["audience"] = {"@type": "Audience", "audienceType": self.who_for}
        return data


def count_branches(services: Sequence[ServicePage]) -> dict[int, int]:
    """How many libraries on the site have each service, in one query."""
    link = ServicePage.branches.through
    rows = link.objects.filter(servicepage__in=[page.pk for page in services], branch__is_active=True)
    counted = rows.values_list("servicepage").annotate(models.Count("branch"))
    return dict(counted)


def in_groups(services: Iterable[ServicePage]) -> list[tuple[ServiceGroup, list[ServicePage]]]:
    """Services by group, the groups in their order, those without services left out."""
    found: dict[ServiceGroup, list[ServicePage]] = {group: [] for group in ServiceGroup}
    for page in services:
        found[page.group].append(page)
    return [(group, pages) for group, pages in found.items() if pages]
