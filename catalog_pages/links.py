"""What the links of a record (MARC 856) lead to: the work itself or something about it, where, in what form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FORMATS: Mapping[str, str | Promise] = {
    ".pdf": "PDF", ".epub": "EPUB", ".djvu": "DjVu", ".fb2": "FB2", ".doc": "Word", ".docx": "Word",
    ".txt": _("Text"),
    ".mp3": _("Sound"), ".ogg": _("Sound"), ".mp4": _("Film"), ".webm": _("Film"), ".jpg": _("Picture"),
    ".jpeg": _("Picture"), ".png": _("Picture"), ".tif": _("Picture"), ".zip": "ZIP",
}  # fmt: skip
_WEB_PAGE = _("Web page")


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A link of a record; ``is_work`` says that it leads to the work itself or another copy of it."""

    url: str
    text: str
    host: str
    form: str | Promise
    is_work: bool
    is_elsewhere: bool


def links_of(links: Iterable[Mapping[str, str]]) -> list[LinkTo]:
    """The links that a browser can follow, the work itself first."""
    found = [_link(link) for link in links if link.get("url", "").startswith(("http://", "https://"))]
    return sorted((link for link in found if link is not None), key=lambda link: not link.is_work)


def leads_to_work(link: Mapping[str, str]) -> bool:
    """Whether a link of a record leads to the work and not just to something about it."""
    return link.get("relation") != "related"


def _link(link: Mapping[str, str]) -> LinkTo | None:
    try:
        parts = urlsplit(link["url"])
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # a bracket in it that closes nothing
        return None
    form = _FORMATS.get(PurePosixPath(parts.path).suffix.lower(), _WEB_PAGE)
    own = urlsplit(settings.BASE_URL).hostname or ""
    return LinkTo(
        link["url"],
        link.get("text", ""),
        host,
        form,
        leads_to_work(link),
        host != own.removeprefix("www."),
    )
