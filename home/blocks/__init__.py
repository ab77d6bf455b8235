"""What staff compose pages of."""

from home.blocks.content import CONTENT_BLOCKS
from home.blocks.front import HOME_BLOCKS
from home.blocks.links import LinkBlock, QuickLinksBlock, link_url
from home.blocks.streams import ContentStream, HomeStream, RelatedStream

__all__ = [
    "CONTENT_BLOCKS",
    "HOME_BLOCKS",
    "ContentStream",
    "HomeStream",
    "LinkBlock",
    "QuickLinksBlock",
    "RelatedStream",
    "link_url",
]
