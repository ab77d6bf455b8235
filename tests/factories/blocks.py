"""Content of pages for tests: pictures, documents, and streams as they stand in the database."""

import io
import json

from django.core.files.base import ContentFile
from PIL import Image

from home.blocks.content import CONTENT_BLOCKS
from library.models import Department, PortalDocument, PortalImage, StaffMember

BLOCKS = dict(CONTENT_BLOCKS)
TABLE = {
    "columns": [{"type": "text", "heading": "Library"}, {"type": "number", "heading": "Books"}],
    "rows": [{"values": ["Central", "48 200"]}],
    "caption": "",
}
RECORDING = {"title": "A tour", "file": None, "address": "", "transcript": ""}
VIDEO = {**RECORDING, "captions": None, "poster": {"image": None, "decorative": False, "alt_text": ""}}


def picture_file(form: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, form, **options)
    return stream.getvalue()


def make_picture(title: str = "A reading room", size: tuple[int, int] = (60, 40), **values) -> PortalImage:
    file = ContentFile(picture_file(size=size), name="picture.jpg")
    return PortalImage.objects.create(title=title, file=file, width=size[0], height=size[1], **values)


def make_document(
    title: str = "House rules", name: str = "rules.pdf", content: bytes = b"%PDF"
) -> PortalDocument:
    return PortalDocument.objects.create(
        title=title, file=ContentFile(content, name=name), file_size=len(content)
    )


def items(*values) -> list[dict]:
    """A list within a block."""
    return [{"type": "item", "value": value, "id": f"item-{number}"} for number, value in enumerate(values)]


def shown_picture(picture: PortalImage, alt: str = "Tables under lamps") -> dict:
    """A picture within a block, with its alternative text."""
    return {"image": picture.pk, "decorative": False, "alt_text": alt}


def stream(*blocks: tuple) -> str:
    """A stream of (name, value)."""
    return json.dumps(
        [
            {"type": name, "value": value, "id": f"block-{number}"}
            for number, (name, value) in enumerate(blocks)
        ]
    )


def block_value(name: str, value):
    """What a block holds once its value was read from the database, and the block itself."""
    block = BLOCKS[name]
    return block, block.to_python(value)


def make_person(name="Librarian of the reading room", *, show_on_site=True, **values):
    department = Department.objects.get_or_create(name={"en": "Reading room"})[0]
    return StaffMember.objects.create(
        name=name, department=department, role={"en": "Head"}, show_on_site=show_on_site, **values
    )
