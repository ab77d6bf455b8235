"""Links by which readers share a page: plain addresses, nothing of other sites on ours."""

from dataclasses import dataclass
from urllib.parse import quote

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()

# In these languages many readers have a page there.
VK_LANGUAGES = ("kk", "uz", "ru")


@dataclass(frozen=True, slots=True)
class ShareLink:
    name: str | Promise
    address: str


@register.simple_tag
def share_links(title: str, address: str) -> list[ShareLink]:
    """Where the page with this title and absolute address can be shared."""
    words, page, both = (quote(text, safe="") for text in (title, address, f"{title}\n{address}"))
    links = [
        ShareLink("Telegram", f"https://t.me/share/url?url={page}&text={words}"),
        ShareLink("WhatsApp", f"https://wa.me/?text={both}"),
        ShareLink("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={page}"),
    ]
    if get_language() in VK_LANGUAGES:
        links.append(ShareLink("VK", f"https://vk.com/share.php?url={page}&title={words}"))
    return [*links, ShareLink(_("E-mail"), f"mailto:?subject={words}&body={both}")]
