"""What the pages of the website share."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

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


def footer_page_types() -> list[type[FooterPage]]:
    """Every page type that may stand in the footer."""
    return [model for model in apps.get_models() if issubclass(model, FooterPage)]
