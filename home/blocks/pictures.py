"""Pictures."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

from home.blocks.groups import PICTURES

TOP_OF_PAGE = 2  # blocks that a reader sees before she scrolls


class ChosenPictureBlock(ImageBlock):
    """A picture with words for those who do not see it, or a tick that it only decorates.

    The copies of all pictures on a page are read in one query, not in one for each picture.
    """

    def bulk_to_python(self, values: Any) -> list[Any]:
        pictures = super().bulk_to_python(values)
        prefetch_related_objects([picture for picture in pictures if picture], "renditions")
        return pictures


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text and a caption."""

    picture = ChosenPictureBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        group = PICTURES
        template = "home/blocks/picture.html"
        description = _("One picture with a caption, across the column.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With `is_early`: a picture that is seen at once must not wait until it is scrolled to."""
        loop = (parent_context or {}).get("forloop") or {}
        is_early = loop.get("counter0", TOP_OF_PAGE) < TOP_OF_PAGE
        return {**super().get_context(value, parent_context=parent_context), "is_early": is_early}

    def get_preview_value(self) -> Any:
        return self.normalize({"picture": next(iter(newest_pictures(1)), None), "caption": ""})


class GalleryBlock(blocks.StructBlock):
    """Several pictures; each leads to its large copy, a script opens it on the page."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pictures = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("picture", ChosenPictureBlock(label=_("Picture"))),
                ("caption", blocks.CharBlock(label=_("Caption"), required=False, max_length=250)),
            ]
        ),
        label=_("Pictures"),
        min_num=2,
        max_num=30,
    )

    class Meta:
        icon = "grid"
        label = _("Gallery")
        group = PICTURES
        template = "home/blocks/gallery.html"
        description = _("Several pictures side by side, each opens large.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        shown = [entry for entry in value["pictures"] if entry.get("picture")]
        return {**super().get_context(value, parent_context=parent_context), "shown": shown}

    def get_preview_value(self) -> Any:
        pictures = [{"picture": picture, "caption": picture.title} for picture in newest_pictures(3)]
        return self.normalize({"title": "", "pictures": pictures})


def newest_pictures(number: int) -> list[Any]:
    """Pictures of the library's own for the preview of a block, as a block holds them."""
    pictures = list(get_image_model().objects.order_by("-pk")[:number])
    for picture in pictures:
        picture.decorative, picture.contextual_alt_text = False, picture.title
    return pictures
