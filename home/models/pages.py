"""The pages of no particular kind: home, section, content."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from home.blocks import ContentStream, HomeStream
from home.models.base import FooterPage, SitePage
from home.models.sections import grouped_children
from home.models.standing import PictureForm, WithPicture


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


class SectionPage(WithPicture, FooterPage):
    """A page that gathers the pages below it, services by what they are for."""

    template = "home/section_page.html"
    base_form_class = PictureForm
    show_pictures = models.BooleanField(
        _("show the pictures of the pages"),
        default=False,
        help_text=_("Looks best where every page below has a picture."),
    )
    body = ContentStream()
    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("body"),
        FieldPanel("show_pictures"),
        WithPicture.picture_panel,
    ]

    class Meta:
        verbose_name = _("section")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        children = self.get_children().live().public().defer_streamfields().specific()
        context["groups"] = grouped_children(children, with_pictures=self.show_pictures)
        return context


class ContentPage(FooterPage):
    """A plain page: an introduction and content."""

    template = "home/content_page.html"
    body = ContentStream()
    content_panels = [*FooterPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page")
