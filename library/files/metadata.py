"""Where a photograph was taken, and by which camera, stays with us: public renditions carry neither."""

from typing import Any

from PIL import ExifTags, Image
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import Filter

# Who made a picture must stay with it.
KEPT = (ExifTags.Base.Artist, ExifTags.Base.Copyright)
REMOVED = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment")


class StripMetadata(FilterOperation):
    """The last operation of every rendition: everything goes but author and copyright."""

    def construct(self) -> None:
        pass

    def run(self, willow: Any, image: Any, env: dict[str, Any]) -> Any:
        picture = getattr(willow, "image", None)
        if isinstance(picture, Image.Image):
            strip(picture)
        return willow


class PublicFilter(Filter):
    """A filter whose result tells no place."""

    @property
    def filter_operations(self) -> list[Any]:
        return [*super().filter_operations, StripMetadata("strip")]


def strip(picture: Image.Image) -> None:
    """Take from an opened picture what it would carry into files saved from it."""
    kept = Image.Exif()
    try:
        kept.update({tag: value for tag, value in picture.getexif().items() if tag in KEPT})
        data = kept.tobytes() if len(kept) else b""
    except Exception:  # noqa: BLE001 - what is unreadable is not worth keeping
        data = b""
    for key in REMOVED:
        picture.info.pop(key, None)
    for key in [key for key in picture.info if isinstance(key, str) and key.startswith("Raw profile type")]:
        picture.info.pop(key)
    picture.getexif().clear()
    if data:
        picture.info["exif"] = data
