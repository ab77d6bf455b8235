"""Writing posts for Telegram into the queue."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from library.announcements.texts import TELEGRAM, TELEGRAM_WITHOUT_PICTURE, Announced, text_for
from library.models import PostState, TelegramPost


def is_on() -> bool:
    """Whether the library has a channel in Telegram."""
    return bool(settings.TELEGRAM_BOT_TOKEN and settings.TELEGRAM_CHANNEL)


@transaction.atomic
def announce(announced: Announced) -> TelegramPost | None:
    """Have the worker post it, once for its key; None where the library has no channel.

    While the post waits it takes the newest words; what was sent, or given up, stays as it is.
    """
    if not is_on():
        return None
    network = TELEGRAM if announced.picture else TELEGRAM_WITHOUT_PICTURE
    words = {
        "title": Truncator(announced.title).chars(255),
        "text": text_for(announced, network).text,
        "picture": announced.picture,
    }
    post, created = TelegramPost.objects.get_or_create(key=announced.key, defaults=words)
    if created:
        _wake()
    else:
        TelegramPost.objects.filter(pk=post.pk, state=PostState.WAITING).update(**words)
        post.refresh_from_db()
    return post


def withdraw(key: str) -> bool:
    """Forget a post that was not sent, for what it tells of is no longer to be seen; False when there is none."""
    unsent = TelegramPost.objects.filter(key=key, state__in=[PostState.WAITING, PostState.FAILED])
    return bool(unsent.delete()[0])


@transaction.atomic
def send_again(post: TelegramPost) -> bool:
    """Put a post that was given up into the queue once more; False when it is not, or no longer, given up."""
    again = TelegramPost.objects.filter(pk=post.pk, state=PostState.FAILED).update(
        state=PostState.WAITING, attempts=0, next_try=timezone.now(), error=""
    )
    if again:
        _wake()
    return bool(again)


def _wake() -> None:
    from library.announcements.sending import send_posts  # a task, known when the rooms are ready

    send_posts.enqueue()
