"""What the content of every page is composed of: few blocks, each with one clear job."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from home.blocks.links import QuickLinksBlock
from home.blocks.policy import PolicyTextBlock


class TextBlock(blocks.RichTextBlock):
    """Running text; headings have a block of their own so that their order can be checked."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "home/blocks/text.html"

    def __init__(self, **kwargs):
        kwargs.setdefault("features", ["bold", "italic", "ol", "ul", "link", "document-link"])
        super().__init__(**kwargs)


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text and a caption."""

    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "home/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Text of the quotation"), rows=3)
    source = blocks.CharBlock(label=_("Whose words"), required=False, max_length=150)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "home/blocks/quote.html"


class FactsBlock(blocks.StructBlock):
    """Facts as pairs: who for, where, when, what it costs."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    facts = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("name", blocks.CharBlock(label=_("Fact"), max_length=80)),
                ("value", blocks.TextBlock(label=_("In words"), rows=1)),
            ]
        ),
        label=_("Facts"),
        min_num=1,
    )

    class Meta:
        icon = "table"
        label = _("Facts")
        template = "home/blocks/facts.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "home/blocks/document.html"


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "home/blocks/heading.html"


class RetentionBlock(blocks.StaticBlock):
    class Meta:
        icon = "time"
        label = _("What we keep and how long")
        admin_text = _("A table that the portal fills in by itself.")
        template = "home/blocks/retention.html"


CONTENT_BLOCKS = [
    ("heading", HeadingBlock(max_length=120)),
    ("paragraph", TextBlock()),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("facts", FactsBlock()),
    ("links", QuickLinksBlock()),
    ("document", DocumentBlock()),
    ("retention", RetentionBlock()),
    ("policy", PolicyTextBlock()),
]
