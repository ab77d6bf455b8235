"""The pages of no particular kind: home, section, content."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.blocks import ContentStream, HomeStream
from home.models.base import FooterPage, SitePage


class HomePage(SitePage):
    """The front door, composed of blocks; other rooms add theirs with the hook `register_home_block`."""

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    body = HomeStream()

    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["has_search"] = any(block.block_type == "search" for block in self.body)
        return context


class SectionPage(FooterPage):
    """A page that gathers the pages below it."""

    template = "home/section_page.html"
    body = ContentStream()
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
    body = ContentStream()
    content_panels = [*FooterPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page")
