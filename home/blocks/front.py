"""What the home page is composed of."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail import blocks

from catalog_pages.models import Record
from home.blocks.catalogue import RecordsBlock, SavedSearchBlock
from home.blocks.groups import CATALOGUE, LIBRARY, WORDS
from home.blocks.links import CallToActionBlock, QuickLinksBlock
from home.blocks.text import TextBlock
from home.branch_map import draw_branches
from library.models import Branch
from library.names import language_code

RECENT_RECORDS = 2000


class SearchBlock(blocks.StructBlock):
    """The large search box that opens the home page."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=120)
    text = blocks.CharBlock(label=gettext_lazy("One sentence"), required=False, max_length=240)
    examples = blocks.ListBlock(
        blocks.CharBlock(max_length=60),
        label=gettext_lazy("Things people look for"),
        required=False,
        max_num=6,
        default=[],
    )

    class Meta:
        icon = "search"
        label = gettext_lazy("Search box")
        group = CATALOGUE
        template = "home/blocks/search.html"
        description = gettext_lazy("The large search over everything. It stands first.")

    def get_preview_value(self):
        return self.normalize({"title": _("Search the whole site"), "text": "", "examples": []})


class NewBooksBlock(blocks.StructBlock):
    """A shelf of the books added last."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=120)
    number = blocks.IntegerBlock(label=gettext_lazy("How many"), default=8, min_value=3, max_value=16)

    class Meta:
        icon = "openquote"
        label = gettext_lazy("New books")
        group = CATALOGUE
        template = "home/blocks/new_books.html"
        description = gettext_lazy("The titles added last, those in the page's language first.")

    def get_preview_value(self):
        return self.normalize({"title": _("New books"), "number": 4})

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        newest = _newest(value["number"])
        found = Record.objects.in_bulk(newest)
        return {**context, "records": [found[pk] for pk in newest if pk in found]}


def _newest(number: int) -> list[int]:
    """Keys of the newest records, those in the page's language first, from among the last that came in."""
    language = language_code(get_language() or "")
    recent = Record.objects.order_by("-pk").values_list("pk", "language")[:RECENT_RECORDS]
    own_first = sorted(recent, key=lambda row: row[1] != language)
    return [pk for pk, _language in own_first[:number]]


class BranchesBlock(blocks.StructBlock):
    """The libraries on a small map, with the way to the full list."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=120)
    text = blocks.CharBlock(label=gettext_lazy("One sentence"), required=False, max_length=240)

    class Meta:
        icon = "site"
        label = gettext_lazy("Libraries")
        group = LIBRARY
        template = "home/blocks/branches.html"
        description = gettext_lazy("All libraries on a small map, with today's hours of the first.")

    def get_preview_value(self):
        return self.normalize({"title": _("Libraries"), "text": ""})

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "map": draw_branches(list(Branch.objects.on_site()))}


class FiguresBlock(blocks.StructBlock):
    """A few large numbers with what they count."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    figures = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("number", blocks.CharBlock(label=gettext_lazy("Number"), max_length=20)),
                ("label", blocks.CharBlock(label=gettext_lazy("What it counts"), max_length=60)),
            ]
        ),
        label=gettext_lazy("Figures"),
        min_num=1,
        max_num=5,
    )

    class Meta:
        icon = "history"
        label = gettext_lazy("Figures")
        group = WORDS
        template = "home/blocks/figures.html"
        description = gettext_lazy("Up to five large numbers with what they count.")

    def get_preview_value(self):
        figures = [{"number": "60 950", "label": _("Books in our libraries")}]
        return self.normalize({"title": "", "figures": figures})


HOME_BLOCKS = [
    ("search", SearchBlock()),
    ("links", QuickLinksBlock()),
    ("new_books", NewBooksBlock()),
    ("branches", BranchesBlock()),
    ("figures", FiguresBlock()),
    ("records", RecordsBlock()),
    ("saved_search", SavedSearchBlock()),
    ("call", CallToActionBlock()),
    ("text", TextBlock()),
]
