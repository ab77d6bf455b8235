"""Blocks of words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.rich_text import RichText

from home.blocks.groups import WORDS

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = gettext_lazy("Heading")
        group = WORDS
        template = "home/blocks/heading.html"
        description = gettext_lazy("Begins a part of the page.")

    def get_preview_value(self):
        return _("Opening hours")


class SubheadingBlock(blocks.CharBlock):
    class Meta:
        icon = "h3"
        label = gettext_lazy("Heading within a part")
        group = WORDS
        template = "home/blocks/subheading.html"
        description = gettext_lazy("Stands below a heading, never without one.")

    def get_preview_value(self):
        return _("Departments and staff")


class TextBlock(blocks.RichTextBlock):
    """Running text; headings have a block of their own so that their order can be checked."""

    class Meta:
        icon = "pilcrow"
        label = gettext_lazy("Text")
        group = WORDS
        template = "home/blocks/text.html"
        description = gettext_lazy("Running text with bold, italic, lists and links.")

    def __init__(self, **kwargs):
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def get_preview_value(self):
        return sample_text()


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=gettext_lazy("Text of the quotation"), rows=3)
    source = blocks.CharBlock(label=gettext_lazy("Whose words"), required=False, max_length=150)

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Quotation")
        group = WORDS
        template = "home/blocks/quote.html"
        description = gettext_lazy("Somebody's words, and whose they are.")

    def get_preview_value(self):
        return self.normalize({"quote": _("We hold readings here on Fridays."), "source": _("A librarian")})


class AccordionBlock(blocks.StructBlock):
    """Questions whose answers open one by one, without a script."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    parts = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("question", blocks.CharBlock(label=gettext_lazy("What opens it"), max_length=200)),
                ("answer", TextBlock(label=gettext_lazy("What is inside"))),
            ],
            label=gettext_lazy("Part"),
        ),
        label=gettext_lazy("Parts"),
        min_num=1,
        max_num=30,
    )

    class Meta:
        icon = "collapse-down"
        label = gettext_lazy("Parts that open")
        group = WORDS
        template = "home/blocks/accordion.html"
        description = gettext_lazy("Questions and answers: readers open what they need.")

    def get_preview_value(self):
        part = {"question": _("What do I need to become a reader?"), "answer": sample_text()}
        return self.normalize({"title": "", "parts": [part]})


def sample_text() -> RichText:
    """What stands in the picture of a block where running text goes."""
    words = _("All libraries with address, opening hours and what readers find there.")
    return RichText(f"<p>{words}</p>")
