"""The streams of blocks that pages hold."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks, hooks
from wagtail.fields import StreamField

from catalog_pages.choosers import RecordChooserBlock
from home.blocks.content import CONTENT_BLOCKS
from home.blocks.front import HOME_BLOCKS


class BlocksInCode(StreamField):
    """A stream whose blocks stand in code, not in migrations (decision 0011)."""

    def deconstruct(self):
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [[]], kwargs


class HomeStream(BlocksInCode):
    """The home page's blocks, with those that rooms add by the hook `register_home_block` as (name, block)."""

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(HOME_BLOCKS, **({"blank": True, "verbose_name": _("content")} | kwargs))

    @cached_property
    def stream_block(self):
        block = super().stream_block
        for register in hooks.get_hooks("register_home_block"):
            name, child = register()
            child.set_name(name)
            block.child_blocks[name] = child
        return block


class ContentStream(BlocksInCode):
    """The blocks of every other page."""

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(CONTENT_BLOCKS, **({"blank": True, "verbose_name": _("content")} | kwargs))


class RelatedStream(BlocksInCode):
    """Pages and records that belong to a page."""

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        chosen = [
            ("page", blocks.PageChooserBlock(label=_("Page"))),
            ("record", RecordChooserBlock(label=_("Record"))),
        ]
        super().__init__(chosen, **({"blank": True, "verbose_name": _("related")} | kwargs))
