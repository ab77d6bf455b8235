"""The pages of the website that staff write. Catalogue, libraries and events have views of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks import CONTENT_BLOCKS, HOME_BLOCKS, RegisteredStreamField
from library.models import BasePage


class SitePage(BasePage):
    """What home, section and content pages share. Abstract."""

    intro = models.TextField(
        _("introduction"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences that say what is here."),
    )

    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["ancestors"] = (
            self.get_ancestors().filter(depth__gt=2).specific(defer=True) if self.depth > 3 else []
        )
        return context


class HomePage(SitePage):
    """The front door, composed of blocks; other rooms add theirs with the hook `register_home_block`."""

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    body = RegisteredStreamField(HOME_BLOCKS, blank=True, verbose_name=_("content"))

    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["has_search"] = any(block.block_type == "search" for block in self.body)
        return context


class FooterPage(SitePage):
    """A page that may stand in the footer. Abstract."""

    show_in_footer = models.BooleanField(
        _("show in the footer"),
        default=False,
        help_text=_("For documents, accessibility, privacy and the like."),
    )

    promote_panels = [*Page.promote_panels, FieldPanel("show_in_footer")]

    class Meta:
        abstract = True


class SectionPage(FooterPage):
    """A page that gathers the pages below it."""

    template = "home/section_page.html"
    body = StreamField(CONTENT_BLOCKS, blank=True, verbose_name=_("content"))
    content_panels = [*FooterPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("section")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["children"] = self.get_children().live().public().defer_streamfields().specific()
        return context


class ContentPage(FooterPage):
    """A plain page: an introduction and content."""

    template = "home/content_page.html"
    body = StreamField(CONTENT_BLOCKS, blank=True, verbose_name=_("content"))
    content_panels = [*FooterPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page")
