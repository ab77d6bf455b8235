"""Writing letters into the queue."""

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Site

from library.models import MailState, OutgoingMail, SystemSettings

LONGEST_SUBJECT = 150
LONGEST_KEY = 200


class MailRefused(ValueError):
    """The letter cannot be queued: its address, subject or key would break it. Says which, in words for staff."""


def queue_mail(
    *, to: str, template: str, context: Mapping[str, Any], language: str, key: str
) -> OutgoingMail:
    """Write a letter in the caller's transaction; the worker sends it once that is committed.

    `template` names templates/mail/<template>.txt (and .html beside it, if there is one), `key` what the letter is
    about: a key that was queued before gives back that letter, whatever became of it. Keys are remembered as long as
    letters are kept (30 days after they were sent). Raises MailRefused.
    """
    if not key or len(key) > LONGEST_KEY:
        raise MailRefused(_("A letter needs a key of at most 200 characters."))
    if known := OutgoingMail.objects.filter(key=key).first():
        return known
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    letter = {"recipient": _checked_address(to), "template": template, "language": language}
    letter |= _render(template, context, language)
    mail, _created = OutgoingMail.objects.get_or_create(
        key=key, defaults=letter | {"message_id": _message_id(key)}
    )
    return mail


def send_again(mail: OutgoingMail) -> bool:
    """Put a letter that was given up or came back into the queue once more; False when it is neither."""
    ended = OutgoingMail.objects.filter(pk=mail.pk, state__in=[MailState.FAILED, MailState.BOUNCED])
    # A number of its own: under the old one a server would take the letter for a double and drop it.
    number = _message_id(f"{mail.key} {timezone.now().isoformat()}")
    return bool(
        ended.update(
            state=MailState.QUEUED, attempts=0, next_try=timezone.now(), handed_at=None, sent_at=None,
            finished_at=None, error="", message_id=number,
        )
    )  # fmt: skip


def _checked_address(to: str) -> str:
    try:
        validate_email(to)
    except ValidationError:
        raise MailRefused(_("This is not an e-mail address: %(address)s") % {"address": repr(to)}) from None
    return to


def _render(name: str, context: Mapping[str, Any], language: str) -> dict[str, str]:
    """Subject and texts in `language`. A template renders its subject and its body in turns (see mail/base.txt)."""
    site = Site.objects.filter(is_default_site=True).first()
    library = SystemSettings.for_site(site) if site else None
    values = {**context, "library": library, "base_url": settings.BASE_URL, "language": language}
    with translation.override(language):
        text = Engine.get_default().get_template(f"mail/{name}.txt")
        subject = text.render(Context(values | {"part": "subject"}, autoescape=False))
        body = text.render(Context(values | {"part": "body"}, autoescape=False))
        try:
            html = get_template(f"mail/{name}.html").render(values)
        except TemplateDoesNotExist:
            html = ""
    return {"subject": _checked_subject(subject), "text": body.strip() + "\n", "html": html}


def _checked_subject(subject: str) -> str:
    subject = subject.strip()
    if not subject or any(ord(letter) < 32 or ord(letter) == 127 for letter in subject):
        raise MailRefused(
            _("The subject of a letter must be one line: %(subject)s") % {"subject": repr(subject)}
        )
    return Truncator(subject).chars(LONGEST_SUBJECT)


def _message_id(key: str) -> str:
    """The same for one key every time; not to be guessed from it, so that nobody can forge a bounce."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{salted_hmac('library.mail', key, algorithm='sha256').hexdigest()[:40]}@{domain}>"
