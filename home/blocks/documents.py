"""Documents in groups, and rules article by article."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from home.blocks.content import TextBlock
from home.blocks.policy import PolicyTextBlock


class EarlierVersionBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    version = blocks.CharBlock(label=_("Which version"), max_length=80)

    class Meta:
        icon = "history"
        label = _("Earlier version")


class DocumentEntryBlock(blocks.StructBlock):
    """A file with what a reader needs to know before opening it."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        label=_("Title"), required=False, max_length=160,
        help_text=_("Empty: the title that the document has."),
    )  # fmt: skip
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=240)
    language = blocks.ChoiceBlock(
        label=_("Language of the document"), required=False, choices=lambda: settings.LANGUAGES
    )
    version = blocks.CharBlock(
        label=_("Version"),
        required=False,
        max_length=80,
        help_text=_("For example: second edition, order № 14."),
    )
    in_force = blocks.DateBlock(label=_("In force since"), required=False)
    earlier = blocks.ListBlock(
        EarlierVersionBlock(), label=_("Earlier versions"), default=[], required=False, max_num=20
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")


class DocumentGroupBlock(blocks.StructBlock):
    """Documents that belong together, under a heading."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=300)
    documents = blocks.ListBlock(DocumentEntryBlock(), label=_("Documents"), default=[], max_num=100)

    class Meta:
        icon = "folder-open-1"
        label = _("Group of documents")
        template = "home/blocks/document_group.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        languages = dict(settings.LANGUAGES)
        entries = [(entry, languages.get(entry.get("language") or "", "")) for entry in value["documents"]]
        return {**context, "entries": entries}


class RulesBlock(blocks.StructBlock):
    """Rules as numbered articles that can be linked to."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    in_force = blocks.DateBlock(label=_("In force since"), required=False)
    text = blocks.CharBlock(label=_("One sentence"), required=False, max_length=300)
    articles = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("What it is about"), max_length=120)),
                ("text", TextBlock(label=_("Rule"))),
            ],
            icon="list-ol",
            label=_("Rule"),
        ),
        label=_("Rules"),
        min_num=1,
        max_num=60,
    )
    document = DocumentChooserBlock(label=_("The same as a file"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Rules")
        template = "home/blocks/rules.html"


DOCUMENT_BLOCKS = [
    ("rules", RulesBlock()),
    ("policy", PolicyTextBlock()),
    ("documents", DocumentGroupBlock()),
    ("text", TextBlock()),
]
