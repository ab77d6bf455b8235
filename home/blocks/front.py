"""What the home page is composed of."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalog_pages.models import Record
from home.blocks.catalogue import RecordsBlock, SavedSearchBlock
from home.blocks.groups import CATALOGUE, LIBRARY, WORDS
from home.blocks.links import CallToActionBlock, QuickLinksBlock
from home.blocks.news import NewsBlock
from home.blocks.text import TextBlock
from home.branch_map import draw_branches
from home.today import today_rows
from library.models import Branch
from library.names import language_code

RECENT_RECORDS = 2000


class SearchBlock(blocks.StructBlock):
    """The large search box that opens the home page."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=240)
    examples = blocks.ListBlock(
        blocks.CharBlock(max_length=60),
        label=_("Things people look for"),
        required=False,
        max_num=6,
        default=[],
    )

    class Meta:
        icon = "search"
        label = _("Search box")
        group = CATALOGUE
        template = "home/blocks/search.html"
        description = _("The large search over everything. It stands first.")

    def get_preview_value(self):
        return self.normalize({"title": gettext("Search the whole site"), "text": "", "examples": []})


class NewBooksBlock(blocks.StructBlock):
    """A shelf of the books added last."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    number = blocks.IntegerBlock(label=_("How many"), default=8, min_value=3, max_value=16)

    class Meta:
        icon = "openquote"
        label = _("New books")
        group = CATALOGUE
        template = "home/blocks/new_books.html"
        description = _("The titles added last, those in the page's language first.")

    def get_preview_value(self):
        return self.normalize({"title": gettext("New books"), "number": 4})

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
    """Today at the reader's library and those near it, or the first of them, with a small map of all."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=240)

    class Meta:
        icon = "site"
        label = _("Libraries")
        group = LIBRARY
        template = "home/blocks/branches.html"
        description = _("All libraries on a small map, with today's hours of the first.")

    def get_preview_value(self):
        return self.normalize({"title": gettext("Libraries"), "text": ""})

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        branches = list(Branch.objects.on_site())
        around = parent_context or {}
        frame = around["site"].frame if around.get("site") else None
        rows = today_rows(around.get("request"), branches, frame)
        return {**context, "map": draw_branches(branches), "rows": rows}


class FiguresBlock(blocks.StructBlock):
    """A few large numbers with what they count."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    figures = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("number", blocks.CharBlock(label=_("Number"), max_length=20)),
                ("label", blocks.CharBlock(label=_("What it counts"), max_length=60)),
            ]
        ),
        label=_("Figures"),
        min_num=1,
        max_num=5,
    )

    class Meta:
        icon = "history"
        label = _("Figures")
        group = WORDS
        template = "home/blocks/figures.html"
        description = _("Up to five large numbers with what they count.")

    def get_preview_value(self):
        figures = [{"number": "60 950", "label": gettext("Books in our libraries")}]
        return self.normalize({"title": "", "figures": figures})


HOME_BLOCKS = [
    ("search", SearchBlock()),
    ("links", QuickLinksBlock()),
    ("new_books", NewBooksBlock()),
    ("news", NewsBlock()),
    ("branches", BranchesBlock()),
    ("figures", FiguresBlock()),
    ("records", RecordsBlock()),
    ("saved_search", SavedSearchBlock()),
    ("call", CallToActionBlock()),
    ("text", TextBlock()),
]
