"""Drawing a card as a picture of 1200 × 630, once; the files are named after what is on them."""

import os
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image

from home.sharing.cards import Card
from library import pdf
from library.models import PortalImage

SIZE = (1200, 630)
BESIDE = 400  # pixels that the page's own picture takes
MOST_FILES = 3_000
COLOURS = 128  # flat colours and letters need no more


def drawn(card: Card) -> Path:
    """Return the file of the card, drawn now if it is not there. Raises `library.pdf.PdfError`."""
    folder = Path(settings.VAR_DIR) / "sharing"
    ending = "jpg" if card.picture else "png"
    path = folder / f"{card.mark}.{ending}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _make_room(folder)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(draw(card))
        draft.replace(path)
    return path


def draw(card: Card) -> bytes:
    """The picture itself: JPEG where a photograph is on it, else PNG."""
    photograph = _photograph(card.picture)
    data = asdict(card) | {"beside": BESIDE if photograph else 0}
    picture = Image.open(BytesIO(pdf.render_picture("sharing", data))).convert("RGB")
    out = BytesIO()
    if photograph:
        picture.paste(photograph, (SIZE[0] - BESIDE, 0))
    if card.picture:
        picture.save(out, "JPEG", quality=82, optimize=True)
    else:
        picture.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _photograph(number: int) -> Image.Image | None:
    found = PortalImage.objects.filter(pk=number).first() if number else None
    if found is None:
        return None
    try:
        rendition = found.get_rendition(f"fill-{BESIDE}x{SIZE[1]}|format-jpeg")
        with rendition.file.open() as file:
            return Image.open(file).convert("RGB").resize((BESIDE, SIZE[1]))
    except OSError:  # the file is gone or broken: the words alone say enough
        return None


def _make_room(folder: Path) -> None:
    """Remove the oldest third when there are too many: whoever wants one again has it drawn again."""
    files = list(folder.iterdir())
    if len(files) >= MOST_FILES:
        for path in sorted(files, key=lambda path: path.stat().st_mtime)[: MOST_FILES // 3]:
            path.unlink(missing_ok=True)
