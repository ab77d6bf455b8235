"""Facts in order: pairs and tables."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from home.blocks.groups import WORDS
from home.blocks.text import TextBlock


class FactsBlock(blocks.StructBlock):
    """Facts as pairs: who for, where, when, what it costs."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    facts = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("name", blocks.CharBlock(label=gettext_lazy("Fact"), max_length=80)),
                ("value", blocks.TextBlock(label=gettext_lazy("In words"), rows=1)),
            ]
        ),
        label=gettext_lazy("Facts"),
        min_num=1,
    )

    class Meta:
        icon = "table"
        label = gettext_lazy("Facts")
        group = WORDS
        template = "home/blocks/facts.html"
        description = gettext_lazy("Pairs: for whom, where, when, what it costs.")

    def get_preview_value(self):
        pairs = [(_("Opening hours"), "9:00–18:00"), (_("Phone"), "000 00 00")]
        facts = [{"name": name, "value": value} for name, value in pairs]
        return self.normalize({"title": "", "facts": facts})


class TableBlock(blocks.StructBlock):
    """A table with a caption and headings, for those who hear it too."""

    caption = blocks.CharBlock(
        label=gettext_lazy("What the table shows"),
        max_length=160,
        help_text=gettext_lazy("It stands above the table. Screen readers speak it first."),
    )
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=gettext_lazy("Words"), required=False, max_length=500)),
            ("number", blocks.CharBlock(label=gettext_lazy("Number"), required=False, max_length=40)),
            (
                "rich",
                TextBlock(
                    label=gettext_lazy("Words with links"), required=False,
                    features=["bold", "italic", "link", "document-link"],
                ),
            ),
        ],
        label=gettext_lazy("Table"),
    )  # fmt: skip
    rows_have_names = blocks.BooleanBlock(
        label=gettext_lazy("The first column names the rows"), required=False, default=True
    )

    class Meta:
        icon = "table"
        label = gettext_lazy("Table")
        group = WORDS
        template = "home/blocks/table.html"
        description = gettext_lazy("Rows and columns, for what really is a table: prices, hours, figures.")

    def get_context(self, value, parent_context=None):
        """With `headings` and `rows` of (words, kind of the column)."""
        table = value["table"]
        kinds = [column["block"].name for column in table.columns]
        return {
            **super().get_context(value, parent_context=parent_context),
            "headings": [(column["heading"], column["block"].name) for column in table.columns],
            "rows": [list(zip(row, kinds, strict=True)) for row in table.rows],
        }

    def get_preview_value(self):
        columns = [{"type": "text", "heading": _("Library")}, {"type": "number", "heading": _("Books")}]
        rows = [[_("Central library"), "48 200"], [_("Children's library"), "12 750"]]
        table = {"columns": columns, "rows": [{"values": row} for row in rows], "caption": ""}
        return self.to_python({"caption": _("Books in our libraries"), "table": table})
