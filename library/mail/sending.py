"""Handing letters over to the mail server: the worker's part."""

import logging
import smtplib
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from library.models import MailState, OutgoingMail
from search.locks import exclusive

logger = logging.getLogger("library.mail")

# After each refusal that may pass (a full mailbox, greylisting) the letter waits longer: two and a half days in all.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440)]
MAX_ATTEMPTS = len(PAUSES) + 1

# A server that does not answer says nothing about any letter: all wait, none loses an attempt.
SILENCE_KEY = "mail-server-silence"
FIRST_SILENCE_SECONDS = 15
LONGEST_SILENCE_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class Silence:
    """The mail server does not answer: since when, how often it was asked, when it is asked again, what it said."""

    since: datetime
    until: datetime
    failures: int
    reason: str


def send_due(*, seconds: float = 5.0) -> int:
    """Send what is due for about so many seconds; how many letters the server took.

    Does nothing while another worker sends: whoever holds the lock knows that letters still marked as being sent
    belong to a worker that died.
    """
    if not _due_or_left().exists() or ((quiet := silence()) and quiet.until > timezone.now()):
        return 0
    with exclusive("mail") as is_ours:
        if not is_ours:
            return 0
        _take_up_what_was_left()
        return _send_until(time.monotonic() + seconds)


def silence() -> Silence | None:
    """What is known of a mail server that does not answer; None when it does or was not asked yet."""
    return cache.get(SILENCE_KEY)


def _due() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state=MailState.QUEUED, next_try__lte=timezone.now())


def _due_or_left() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(
        Q(state=MailState.SENDING) | Q(state=MailState.QUEUED, next_try__lte=timezone.now())
    )


def _send_until(deadline: float) -> int:
    server: BaseEmailBackend = get_connection()
    sent = 0
    try:
        server.open()
        cache.delete(SILENCE_KEY)
        while time.monotonic() < deadline and (mail := _claim()):
            sent += _send(mail, server)
    except OSError as error:  # every error of smtplib is one
        _note_silence(error)
    finally:
        server.close()
    return sent


def _claim() -> OutgoingMail | None:
    """Mark the next letter as being sent, by one UPDATE that only one worker can win."""
    for mail in _due()[:20]:
        mail.claimed_at = timezone.now()
        taken = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.QUEUED).update(
            state=MailState.SENDING, claimed_at=mail.claimed_at, handed_at=None, attempts=F("attempts") + 1
        )
        if taken:
            mail.attempts += 1
            return mail
    return None


def _send(mail: OutgoingMail, server: BaseEmailBackend) -> bool:
    """Hand one letter over and write down what became of it. Raises OSError when the server went away."""
    mine = OutgoingMail.objects.filter(
        pk=mail.pk, state=MailState.SENDING, claimed_at=mail.claimed_at, handed_at=None
    )
    if not mine.update(handed_at=timezone.now()):
        return False
    try:
        server.send_messages([_message(mail, server)])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        _refused(mail, error)
        return False
    except OSError as error:
        _put_back(mail, _("The connection broke off: %(error)s") % {"error": error})
        raise
    except ValueError as error:
        _give_up(mail, _("The letter cannot be written: %(error)s") % {"error": error})
        return False
    now = timezone.now()
    # It may have come back already, or another worker may have taken it for left behind.
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[MailState.SENDING, MailState.QUEUED]).update(
        state=MailState.SENT, sent_at=now, finished_at=now, error=""
    )
    return True


def _message(mail: OutgoingMail, server: BaseEmailBackend) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.BOUNCE_ADDRESS,  # of the envelope: letters that come back go there
        to=[mail.recipient],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
        connection=server,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _refused(
    mail: OutgoingMail, error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused
) -> None:
    """Give the letter up when the server will never take it, else let it wait."""
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    else:
        code, words = error.smtp_code, error.smtp_error
    answer = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    # A refused sender or an expired sign-in is the server's matter, not the letter's: that may be put right.
    is_final = code >= 500 and isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    reason = _("The mail server refused the letter: %(answer)s") % {"answer": answer}
    if is_final:
        _give_up(mail, reason)
    else:
        _put_back(mail, reason)


def _put_back(mail: OutgoingMail, reason: str, *, at_once: bool = False) -> None:
    if mail.attempts >= MAX_ATTEMPTS:
        _give_up(mail, reason)
        return
    pause = timedelta() if at_once else PAUSES[max(mail.attempts - 1, 0)]
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(
        state=MailState.QUEUED, next_try=timezone.now() + pause, handed_at=None, error=reason
    )


def _give_up(mail: OutgoingMail, reason: str) -> None:
    logger.warning("letter %s is given up after %s attempts", mail.pk, mail.attempts)
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING).update(
        state=MailState.FAILED, finished_at=timezone.now(), error=reason
    )


def _take_up_what_was_left() -> None:
    for mail in OutgoingMail.objects.filter(state=MailState.SENDING):
        if mail.handed_at is None:
            reason = _("The worker was stopped before the letter was handed over.")
        else:
            logger.warning(
                "letter %s may have been sent already; it goes again under the same number", mail.pk
            )
            reason = _(
                "The worker was stopped while the letter was handed over. It goes again under the same number."
            )
        _put_back(mail, reason, at_once=True)


def _note_silence(error: OSError) -> None:
    """Leave the server in peace for a while that doubles with each vain try."""
    now = timezone.now()
    before = silence()
    failures = before.failures + 1 if before else 1
    pause = min(FIRST_SILENCE_SECONDS * 2 ** min(failures - 1, 10), LONGEST_SILENCE_SECONDS)
    quiet = Silence(
        since=before.since if before else now,
        until=now + timedelta(seconds=pause),
        failures=failures,
        reason=str(error),
    )
    cache.set(SILENCE_KEY, quiet, timeout=24 * 60 * 60)
    logger.warning("the mail server does not answer (%s); next try in %s s", error, pause)
