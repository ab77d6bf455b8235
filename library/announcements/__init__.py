"""Texts that tell of something elsewhere: to be copied by staff, or posted in the library's channel in Telegram.

A room says what it announces by an `Announced`, shows the texts on a staff page with `announcement_page`, and posts
with `announce`, in the transaction that publishes.
"""

from library.announcements.queue import announce, is_on, send_again, withdraw
from library.announcements.texts import NETWORKS, Announced, Network, Text, hashtag, texts_of

__all__ = [
    "NETWORKS",
    "Announced",
    "Network",
    "Text",
    "announce",
    "hashtag",
    "is_on",
    "send_again",
    "texts_of",
    "withdraw",
]
