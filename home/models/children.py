"""The children's corner: few words, large links, and where a children's room is open today."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from catalog_pages.models import AgeGroup
from home.blocks import ContentStream, LinkBlock, link_url
from home.blocks.streams import BlocksInCode
from home.models.base import FooterPage
from home.models.standing import PictureForm, StandingPage, WithPicture, first_blocks
from library.calendar import hours_today
from library.models import Branch

ROOMS_SHOWN = 8


class ChildrenPage(WithPicture, StandingPage):
    """For children, in simple words; what parents need stands below."""

    template = "home/children_page.html"
    base_form_class = PictureForm
    page_description = _("For children: simple words, large links, children's rooms open today.")

    links = BlocksInCode(
        [("link", LinkBlock())], blank=True, max_num=8, verbose_name=_("large links"),
        help_text=_("Clubs, games, competitions. The way to the books is there by itself."),
    )  # fmt: skip
    body = ContentStream(
        verbose_name=_("for parents"), help_text=_("How children join, how many books, what is on for them.")
    )

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("links"),
        WithPicture.picture_panel,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("children's corner")

    def begin(self, choice: str = "") -> None:
        self.title = _now("For children")
        self.intro = _now("Stories, games and friends: come in!")
        self.body = first_blocks(
            ("heading", _now("How children join")),
            ("paragraph", f"<p>{_now('A parent signs a form. The card is free.')}</p>"),
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        rooms = list(Branch.objects.on_site().filter(has_childrens_room=True)[: ROOMS_SHOWN + 1])
        shown = rooms[:ROOMS_SHOWN]
        hours = hours_today(shown)
        context["ages"] = AgeGroup.choices
        context["rooms"] = [(branch, hours[branch.pk]) for branch in shown]
        context["more_rooms"] = f"{reverse('home:branches')}?children=1" if len(rooms) > ROOMS_SHOWN else ""
        context["large_links"] = [(block.value, link_url(block.value)) for block in self.links]
        return context
