"""Clubs: where readers meet regularly."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from home.blocks import ContentStream
from home.branch_details import panels
from home.models.base import FooterPage, SitePage
from library.models import Branch, PortalImage, StaffMember

CLUB_PANEL_HOOK = "register_club_panel"


class ClubIndexPage(FooterPage):
    """The list of clubs, narrowed by whom they are for and by library."""

    template = "home/club_index_page.html"
    parent_page_types = ["home.HomePage", "home.SectionPage"]
    subpage_types = ["home.ClubPage"]

    body = ContentStream()
    content_panels = [*FooterPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("list of clubs")
        verbose_name_plural = _("lists of clubs")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`audience` and `branch` of the address narrow the list; what is no such thing is passed over."""
        context = super().get_context(request, *args, **kwargs)
        clubs = list(self.clubs())
        audiences = [choice for choice in ClubPage.Audience if any(c.audience == choice for c in clubs)]
        branches = sorted({c.branch for c in clubs if c.branch}, key=lambda b: (b.position, b.code))
        audience = next((a for a in audiences if a.value == request.GET.get("audience")), None)
        branch = next((b for b in branches if b.code == request.GET.get("branch")), None)
        found = [
            club for club in clubs
            if (audience is None or club.audience == audience) and (branch is None or club.branch == branch)
        ]  # fmt: skip
        return {
            **context,
            "clubs": found,
            "total": len(clubs),
            "audiences": audiences,
            "branches": branches,
            "audience": audience,
            "branch": branch,
        }

    def clubs(self) -> models.QuerySet["ClubPage"]:
        """The published clubs below, in the order of the tree, with what a list shows of them."""
        pages = ClubPage.objects.child_of(self).live().public().defer_streamfields()
        return pages.select_related("branch", "picture").prefetch_related("picture__renditions")


class ClubPage(SitePage):
    """A club: whom it is for, where and when it meets, who leads it, how to join."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        CHILDREN = "children", _("Children")
        TEENAGERS = "teenagers", _("Teenagers")
        ADULTS = "adults", _("Adults")
        SENIORS = "seniors", _("People over 60")
        FAMILIES = "families", _("Families")

    template = "home/club_page.html"
    parent_page_types = ["home.ClubIndexPage"]
    subpage_types: list[str] = []

    audience = models.CharField(
        _("for whom"), max_length=12, choices=Audience.choices, default=Audience.EVERYONE
    )
    for_whom = models.CharField(
        _("for whom, in words"), max_length=200, blank=True,
        help_text=_("Where the choice above does not say enough: age, level, what one should bring along."),
    )  # fmt: skip
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("library"),
        help_text=_("Where it meets. The club then stands on the page of the library, too."),
    )  # fmt: skip
    meets = models.CharField(
        _("when it meets"), max_length=200, help_text=_("For example: every second Thursday at 17:00.")
    )
    leader = models.ForeignKey(
        StaffMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("led by"), help_text=_("Named only if she is shown on the site."),
    )  # fmt: skip
    leader_role = models.CharField(
        _("led by, in words"), max_length=150, blank=True,
        help_text=_("Instead of a name, for example: the librarian of the reading room."),
    )  # fmt: skip
    how_to_join = models.TextField(
        _("how to join"), max_length=600, blank=True, help_text=_("What a newcomer does first.")
    )
    price = models.CharField(
        _("price"), max_length=100, blank=True, help_text=_("Empty: readers see that it is free.")
    )
    picture = models.ForeignKey(
        PortalImage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("picture"),
    )  # fmt: skip
    picture_text = models.CharField(
        _("what is on the picture"), max_length=250, blank=True,
        help_text=_("For readers who do not see it, in a few words."),
    )  # fmt: skip
    body = ContentStream()

    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("for_whom"), FieldPanel("branch"), FieldPanel("meets"),
             FieldPanel("leader"), FieldPanel("leader_role"), FieldPanel("how_to_join"), FieldPanel("price")],
            heading=_("The club at a glance"),
        ),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_text")], heading=_("Picture")),
        FieldPanel("body"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("club")
        verbose_name_plural = _("clubs")

    def __str__(self) -> str:
        return self.title

    @property
    def led_by(self) -> str:
        """The leader's name, where she agreed to be shown, else the role in words."""
        return self.leader.name if self.leader and self.leader.show_on_site else self.leader_role

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["panels"] = panels(CLUB_PANEL_HOOK, request, self)
        return context


def clubs_of(branch: Branch, language: str) -> models.QuerySet[ClubPage]:
    """The published clubs that meet in a library, in the pages of one language."""
    pages = ClubPage.objects.live().public().filter(branch=branch, locale__language_code=language)
    return pages.defer_streamfields().order_by("path")
