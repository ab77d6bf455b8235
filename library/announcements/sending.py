"""Handing posts over to Telegram: the worker's part.

A post that certainly did not arrive is tried again after a growing pause. Where it is not known whether it arrived,
nothing is done by itself: a member of staff looks into the channel and decides.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from library.announcements.queue import is_on
from library.announcements.texts import WIDE
from library.models import PostState, TelegramPost

logger = logging.getLogger("library.telegram")

SECONDS = 20
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
LOST_AFTER = timedelta(minutes=10)
MOST_AT_ONCE = 20


class NotSent(Exception):
    """The post certainly did not arrive; it may be tried again, after so many seconds where Telegram says so."""

    def __init__(self, reason: str, seconds: int = 0) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Refused(Exception):
    """Telegram will never take it like this."""


class Unknown(Exception):
    """The connection broke off behind the question: nobody knows whether the post arrived."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content: Mapping[str, object]

    @property
    def description(self) -> str:
        return str(self.content.get("description") or self.status)[:300]

    @property
    def seconds(self) -> int:
        parameters = self.content.get("parameters")
        wait = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
        return min(wait, 24 * 60 * 60) if isinstance(wait, int) else 0

    @property
    def message(self) -> str:
        result = self.content.get("result")
        return str(result.get("message_id", ""))[:40] if isinstance(result, Mapping) else ""


@task()
def send_posts() -> None:
    """Send what is due (queued with every new post)."""
    send_due()


def send_due() -> int:
    """Send the posts that are due; how many Telegram took. What a dead worker left is marked for staff to look at."""
    if not is_on():
        return 0
    now = timezone.now()
    TelegramPost.objects.filter(state=PostState.SENDING, claimed_at__lt=now - LOST_AFTER).update(
        state=PostState.FAILED, error=_unknown(_("The worker was stopped while it did this."))
    )
    due = TelegramPost.objects.filter(state=PostState.WAITING, next_try__lte=now).order_by("pk")
    return sum(_send(post) for post in due[:MOST_AT_ONCE])


def _send(post: TelegramPost) -> bool:
    """Send one post, unless another worker has taken it, and write down what became of it."""
    claimed = TelegramPost.objects.filter(pk=post.pk, state=PostState.WAITING).update(
        state=PostState.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    post.refresh_from_db()
    try:
        answer = _post(post)
    except NotSent as error:
        _later(post, error)
    except Refused as error:
        _give_up(post, _("Telegram refused the post: %(answer)s") % {"answer": error})
    except Unknown as error:
        _give_up(post, _unknown(str(error)))
    else:
        _settle(post, state=PostState.SENT, sent_at=timezone.now(), message=answer.message, error="")
        return True
    return False


def _later(post: TelegramPost, error: NotSent) -> None:
    if post.attempts > len(PAUSES):
        _give_up(post, str(error))
        return
    pause = max(PAUSES[post.attempts - 1], timedelta(seconds=error.seconds))
    _settle(post, state=PostState.WAITING, next_try=timezone.now() + pause, error=str(error))


def _give_up(post: TelegramPost, reason: str) -> None:
    logger.warning("post %s for Telegram is given up after %s attempts", post.pk, post.attempts)
    _settle(post, state=PostState.FAILED, error=reason)


def _settle(post: TelegramPost, **values: object) -> None:
    TelegramPost.objects.filter(pk=post.pk, state=PostState.SENDING).update(**values)


def _unknown(reason: str) -> str:
    advice = _("It may have arrived: look into the channel before you try again.")
    return f"{reason} {advice}"


def _post(post: TelegramPost) -> _Answer:
    """Send the post. Raises NotSent, Refused, Unknown; the token stands in no error."""
    picture = _picture(post)
    fields = {"chat_id": settings.TELEGRAM_CHANNEL, "caption" if picture else "text": post.text}
    answer = _ask("sendPhoto" if picture else "sendMessage", fields, picture)
    if answer.status == 429:
        raise NotSent(answer.description, answer.seconds)
    if answer.status >= 500:
        raise Unknown(_("Telegram answered: %(answer)s") % {"answer": answer.description})
    if answer.status != 200 or answer.content.get("ok") is not True:
        raise Refused(answer.description)
    return answer


def _picture(post: TelegramPost) -> bytes:
    """The picture as it is sent; nothing where its file is gone."""
    if post.picture:
        with suppress(OSError), post.picture.get_rendition(WIDE).file.open("rb") as file:
            return file.read()
    return b""


def _ask(method: str, fields: Mapping[str, str], picture: bytes) -> _Answer:
    base = urlsplit(settings.TELEGRAM_API_URL)
    kind = HTTPSConnection if base.scheme == "https" else HTTPConnection
    connection = kind(base.hostname or "", base.port, timeout=SECONDS)
    try:
        connection.connect()
    except OSError as error:
        raise NotSent(_("Telegram cannot be reached: %(error)s") % {"error": error}) from None
    try:
        content_type, body = _form(fields, picture)
        connection.request(
            "POST", f"{base.path.rstrip('/')}/bot{settings.TELEGRAM_BOT_TOKEN}/{method}", body,
            {"Content-Type": content_type},
        )  # fmt: skip
        response = connection.getresponse()
        return _Answer(response.status, _json(response.read(1_000_000)))
    except (OSError, HTTPException) as error:
        raise Unknown(_("The connection broke off: %(error)s") % {"error": error}) from None
    finally:
        connection.close()


def _json(content: bytes) -> Mapping[str, object]:
    try:
        read = json.loads(content)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _form(fields: Mapping[str, str], picture: bytes) -> tuple[str, bytes]:
    """The fields and the picture as multipart/form-data."""
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if picture:
        head = 'Content-Disposition: form-data; name="photo"; filename="picture.jpg"'
        parts += [f"--{mark}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode(), picture, b"\r\n"]
    return f"multipart/form-data; boundary={mark}", b"".join([*parts, f"--{mark}--\r\n".encode()])
