"""What staff compose pages of: few blocks, each with one clear job."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks, hooks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from catalog_pages.models import Record
from home.branch_map import draw_branches
from library.models import Branch
from library.names import language_code

RECENT_RECORDS = 2000


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site or to any address."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=200)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("or an address"), required=False, max_length=300,
        help_text=_("For example /catalogue/ or https://example.org/"),
    )  # fmt: skip

    class Meta:
        icon = "link"
        label = _("Link")

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context=parent_context), "url": link_url(value)}

    def clean(self, value):
        result = super().clean(value)
        address = result.get("address") or ""
        if address and not address.startswith(("/", "https://", "http://", "mailto:", "tel:")):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("Begin with /, https://, mailto: or tel:."))}
            )
        return result


def link_url(value: blocks.StructValue) -> str:
    """Return where a LinkBlock leads: the page wins over the address; "" when neither is given."""
    page = value.get("page")
    return (page.get_url() or "") if page else value.get("address") or ""


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
        template = "home/blocks/search.html"


class QuickLinksBlock(blocks.StructBlock):
    """Four to six ways into the site."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=6)

    class Meta:
        icon = "list-ul"
        label = _("Quick links")
        template = "home/blocks/links.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "links": [(link, link_url(link)) for link in value["links"]]}


class NewBooksBlock(blocks.StructBlock):
    """A shelf of the books added last."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    number = blocks.IntegerBlock(label=_("How many"), default=8, min_value=3, max_value=16)

    class Meta:
        icon = "openquote"
        label = _("New books")
        template = "home/blocks/new_books.html"

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

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=240)

    class Meta:
        icon = "site"
        label = _("Libraries")
        template = "home/blocks/branches.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "map": draw_branches(list(Branch.objects.on_site()))}


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
        template = "home/blocks/figures.html"


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


HOME_BLOCKS = [
    ("search", SearchBlock()),
    ("links", QuickLinksBlock()),
    ("new_books", NewBooksBlock()),
    ("branches", BranchesBlock()),
    ("figures", FiguresBlock()),
    ("text", TextBlock()),
]

CONTENT_BLOCKS = [
    ("heading", HeadingBlock(max_length=120)),
    ("paragraph", TextBlock()),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("facts", FactsBlock()),
    ("links", QuickLinksBlock()),
    ("document", DocumentBlock()),
    ("retention", RetentionBlock()),
]


class RegisteredStreamField(StreamField):
    """A stream that other rooms add blocks to, by the hook `register_home_block` returning (name, block).

    Blocks stand in code, not in migrations: a room that adds or changes one touches no table of ours.
    """

    @cached_property
    def stream_block(self):
        block = super().stream_block
        for register in hooks.get_hooks("register_home_block"):
            name, child = register()
            child.set_name(name)
            block.child_blocks[name] = child
        return block

    def deconstruct(self):
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [[]], kwargs
