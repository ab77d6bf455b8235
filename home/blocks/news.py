"""The newest news on the home page, and those of one category on any page."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Locale
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks.groups import LIBRARY


class NewsBlock(blocks.StructBlock):
    """The newest news in the language of the page, those kept at the top first."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    number = blocks.IntegerBlock(label=_("How many"), default=4, min_value=1, max_value=8)

    class Meta:
        icon = "doc-full-inverse"
        label = _("News")
        group = LIBRARY
        template = "home/blocks/news.html"
        description = _("The newest news, those kept at the top first.")

    def get_preview_value(self) -> Any:
        return self.normalize({"title": gettext("News"), "number": 3})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        from home.news.lists import latest  # news are composed of blocks themselves

        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        locale = page.locale if page is not None else Locale.get_active()
        index, news = latest(locale, value["number"], value.get("category"))
        return {**context, "index": index, "news": news, "category": value.get("category")}


class CategoryNewsBlock(NewsBlock):
    """The newest news of one category."""

    category = SnippetChooserBlock("home.NewsCategory", label=_("Category"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("News of a category")
        group = LIBRARY
        description = _("The newest news of the category that you choose.")
        template = "home/blocks/news.html"
