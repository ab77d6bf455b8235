"""What the content of every page is composed of: few blocks, each with one clear job."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.catalogue import EResourcesBlock, RecordsBlock, SavedSearchBlock
from home.blocks.contact import ContactFormBlock
from home.blocks.files import AudioBlock, DocumentBlock, DocumentListBlock, VideoBlock
from home.blocks.groups import FORMS
from home.blocks.links import CallToActionBlock, QuickLinksBlock
from home.blocks.news import CategoryNewsBlock
from home.blocks.pictures import GalleryBlock, PictureBlock
from home.blocks.places import BranchListBlock, MapBlock, PeopleBlock
from home.blocks.policy import PolicyTextBlock
from home.blocks.tables import FactsBlock, TableBlock
from home.blocks.text import AccordionBlock, HeadingBlock, QuoteBlock, SubheadingBlock, TextBlock


class RetentionBlock(blocks.StaticBlock):
    class Meta:
        icon = "time"
        label = _("What we keep and how long")
        group = FORMS
        admin_text = _("A table that the portal fills in by itself.")
        template = "home/blocks/retention.html"
        description = _("For the page on privacy: what is kept of readers, why, and how long.")

    def get_preview_value(self):
        return None


# In the order of the chooser; a group stands where its first block does.
CONTENT_BLOCKS = [
    ("heading", HeadingBlock(max_length=120)),
    ("subheading", SubheadingBlock(max_length=120)),
    ("paragraph", TextBlock()),
    ("quote", QuoteBlock()),
    ("facts", FactsBlock()),
    ("table", TableBlock()),
    ("accordion", AccordionBlock()),
    ("picture", PictureBlock()),
    ("gallery", GalleryBlock()),
    ("video", VideoBlock()),
    ("audio", AudioBlock()),
    ("links", QuickLinksBlock()),
    ("call", CallToActionBlock()),
    ("news", CategoryNewsBlock()),
    ("document", DocumentBlock()),
    ("documents", DocumentListBlock()),
    ("branches", BranchListBlock()),
    ("map", MapBlock()),
    ("people", PeopleBlock()),
    ("records", RecordsBlock()),
    ("saved_search", SavedSearchBlock()),
    ("e_resources", EResourcesBlock()),
    ("form", ContactFormBlock()),
    ("retention", RetentionBlock()),
    ("policy", PolicyTextBlock()),
]
