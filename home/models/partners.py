"""Those the library works with, and the memoranda signed with them (A5)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.blocks import ContentStream
from home.blocks.standing import PARTNER_BLOCKS, PARTNER_KINDS
from home.blocks.streams import BlocksInCode
from home.models.base import FooterPage
from home.models.standing import StandingPage

FEW = 5  # so few partners need no headings


class PartnersPage(StandingPage):
    """Partners by kind, in the order staff gave them."""

    template = "home/partners_page.html"
    page_description = _("Partners and memoranda: with whom, since when, what was agreed.")

    body = ContentStream()
    partners = BlocksInCode(PARTNER_BLOCKS, blank=True, verbose_name=_("partners"))

    content_panels = [*FooterPage.content_panels, FieldPanel("body"), FieldPanel("partners")]

    class Meta:
        verbose_name = _("partners and memoranda")

    def begin(self, choice: str = "") -> None:
        self.title = _now("Partners")
        self.intro = _now("Schools, institutions and societies we have agreed with to work together.")

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Partners under the name of their kind; under no name where there are few or of one kind only."""
        entries = [block.value for block in self.partners]
        by_kind = {kind: [e for e in entries if e.get("kind") == kind] for kind, _label in PARTNER_KINDS}
        groups = [(str(label), by_kind[kind]) for kind, label in PARTNER_KINDS if by_kind[kind]]
        if len(entries) <= FEW or len(groups) == 1:
            return [("", entries)] if entries else []
        return groups

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "groups": self.groups()}
