"""Letters that come back: delivery reports (RFC 3464) that mail servers send to the bounce address."""

import email
import imaplib
import re
from email.message import EmailMessage, Message
from email.policy import default
from urllib.parse import unquote, urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from library.models import MailState, OutgoingMail

MESSAGE_ID = re.compile(r"<[^<>\s]{1,190}>")
LONGEST_REASON = 1000
IMAP_TIMEOUT = 30


def record_bounce(message: bytes | EmailMessage) -> OutgoingMail | None:
    """Mark the letter that this report says came back; None when it reports no final failure of a letter of ours.

    A report is believed only when it names the letter's Message-ID, which nobody but its recipient can know.
    """
    report = email.message_from_bytes(message, policy=default) if isinstance(message, bytes) else message
    reason = _failure(report)
    if reason is None:
        return None
    mail = OutgoingMail.objects.filter(message_id__in=_original_ids(report)).first()
    if mail is None:
        return None
    # A letter may come back before the worker has written down that it was sent; one that was given up stays so.
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[MailState.SENDING, MailState.SENT]).update(
        state=MailState.BOUNCED, finished_at=timezone.now(), error=reason
    )
    mail.refresh_from_db()
    return mail


def read_bounces(url: str) -> tuple[int, int]:
    """Read the unread reports of a mailbox: (how many were read, how many letters had come back).

    `url` is imaps://user:password@host[:port][/folder] or imap://…. Messages stay there, marked as read. Raises
    ValueError for an address of another kind, OSError or imaplib.IMAP4.error when the server does not do its part.
    """
    box, folder = _sign_in(url)
    read = came_back = 0
    try:
        status, detail = box.select(folder)
        if status != "OK":
            raise imaplib.IMAP4.error(_text(detail))
        _status, (numbers, *_rest) = box.search(None, "UNSEEN")
        for number in (numbers or b"").split():
            _status, parts = box.fetch(number.decode(), "(BODY.PEEK[])")
            content = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            came_back += record_bounce(content) is not None
            box.store(
                number.decode(), "+FLAGS", r"\Seen"
            )  # only now: what could not be recorded is read again
            read += 1
    finally:
        box.logout()
    return read, came_back


def _sign_in(url: str) -> tuple[imaplib.IMAP4, str]:
    address = urlsplit(url)
    if address.scheme not in ("imap", "imaps") or not address.hostname or not address.username:
        raise ValueError(_("The mailbox must be written as imaps://user:password@host/folder."))
    if address.scheme == "imaps":
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(address.hostname, address.port or 993, timeout=IMAP_TIMEOUT)
    else:
        box = imaplib.IMAP4(address.hostname, address.port or 143, timeout=IMAP_TIMEOUT)
    try:
        box.login(unquote(address.username), unquote(address.password or ""))
    except imaplib.IMAP4.error:
        box.shutdown()
        raise
    return box, unquote(address.path.strip("/")) or "INBOX"


def _failure(report: Message) -> str | None:
    """What the mail server said when it gave up; None for everything else, delays too."""
    if report.get_content_type() != "multipart/report":
        return None
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _parts(part):
            if str(block.get("Action", "")).strip().lower() == "failed":
                words = block.get("Diagnostic-Code") or block.get("Status") or ""
                return _("Undeliverable: %(words)s") % {
                    "words": " ".join(str(words).split())[:LONGEST_REASON]
                }
    return None


def _original_ids(report: Message) -> set[str]:
    """The Message-ID of the letter that the report returns, whole or only its headers."""
    found: set[str] = set()
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for original in _parts(part):
                found.update(MESSAGE_ID.findall(str(original.get("Message-ID", ""))))
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            headers = email.message_from_string(str(part.get_payload()))
            found.update(MESSAGE_ID.findall(str(headers.get("Message-ID", ""))))
    return found


def _parts(message: Message) -> list[Message]:
    """The messages inside one; none where a damaged report holds plain text."""
    payload = message.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _text(detail: list) -> str:
    return " ".join(part.decode(errors="replace") for part in detail if isinstance(part, bytes))
