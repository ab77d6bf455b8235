"""Announcements in the length that each network takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from library.models import PortalImage

SHORTEST_BODY = 40  # below that a beginning of the text says nothing
_SENTENCE = re.compile(r"[.!?…](?=[\s»”\"')]|$)")
_NOT_IN_TAGS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What is announced, whatever it is.

    `key` names it for ever ("page:123"); `address` is absolute; `facts` are single lines such as when and where;
    `text` goes on where the summary ends.
    """

    key: str
    title: str
    address: str
    summary: str = ""
    text: str = ""
    facts: Sequence[str] = ()
    tags: Sequence[str] = ()
    picture: PortalImage | None = None
    picture_text: str = ""
    language: str = ""
    is_published: bool = True


@dataclass(frozen=True, slots=True)
class Network:
    """Where it is announced: the letters a text may have, and the picture that fits."""

    code: str
    name: str
    limit: int
    tags: int
    picture: str
    note: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to be copied; `length` as the network counts."""

    network: Network
    text: str
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", length_of(self.text))


WIDE, SQUARE = "fill-1200x630|format-jpeg", "fill-1080x1080|format-jpeg"
TELEGRAM = Network(
    "telegram", "Telegram", 1024, 5, WIDE, _("The longest text that Telegram puts below a picture.")
)
TELEGRAM_WITHOUT_PICTURE = Network("telegram", "Telegram", 4096, 5, WIDE)
NETWORKS = (
    Network(
        "facebook", "Facebook", 480, 3, WIDE,
        _("So much is read at once; the rest of a longer text hides behind “See more”."),
    ),
    Network(
        "instagram", "Instagram", 2200, 10, SQUARE,
        _("Addresses are not links there: put the page also into your profile."),
    ),
    TELEGRAM,
)  # fmt: skip


def texts_of(announced: Announced) -> list[Text]:
    """The announcement for every network."""
    return [text_for(announced, network) for network in NETWORKS]


def text_for(announced: Announced, network: Network) -> Text:
    """Title, facts, as much of the words as there is room for, address and hashtags.

    A title or facts too long for the network are cut; the address never is.
    """
    tags = " ".join(dict.fromkeys(filter(None, map(hashtag, announced.tags[: network.tags]))))
    tail = [announced.address, tags]
    room = network.limit - sum(length_of(part) + 2 for part in tail if part)
    head = [shortened(announced.title, max(room, 0)), *announced.facts]
    room -= sum(length_of(part) + 1 for part in head) + 1
    body = shortened(_words(announced), room) if room >= SHORTEST_BODY else ""
    if room < 0:
        head = head[:1]
    parts = ["\n".join(part for part in head if part), body, *tail]
    return Text(network, "\n\n".join(part for part in parts if part))


def shortened(text: str, limit: int) -> str:
    """The text up to a limit: whole, else to the end of a sentence past its middle, else of a word with "…"."""
    if length_of(text) <= limit:
        return text
    cut = text[: max(limit - 1, 0)]
    while length_of(cut) > limit - 1 and cut:
        cut = cut[:-1]
    ends = [match.end() for match in _SENTENCE.finditer(cut) if match.end() > len(cut) // 2]
    if ends:
        return cut[: ends[-1]].rstrip()
    ends_a_word = text[len(cut) : len(cut) + 1].isspace() or cut[-1:].isspace()
    at_word = cut if ends_a_word or len(cut.split()) < 2 else cut.rsplit(None, 1)[0]
    at_word = at_word.rstrip(" \n,;:–-")
    return f"{at_word}…" if at_word else ""


def length_of(text: str) -> int:
    """Letters as Telegram and the other networks count them: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def hashtag(words: str) -> str:
    """Words as one hashtag, in their own letters: "New books" -> "#New_books"; "" where nothing is left."""
    tag = _NOT_IN_TAGS.sub("_", words.replace("ʻ", "").replace("’", "").replace("'", "")).strip("_")
    return f"#{tag}" if tag and not tag.isdigit() else ""


def _words(announced: Announced) -> str:
    """Summary and text, without saying the beginning twice."""
    summary, text = announced.summary.strip(), announced.text.strip()
    if not summary or text.startswith(summary.rstrip("…")):
        return text or summary
    return f"{summary}\n\n{text}" if text else summary
