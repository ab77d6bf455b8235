"""Letters: queued in the caller's transaction, sent by the worker, never inside a request.

    with transaction.atomic():
        hold.save()
        queue_mail(to=reader.email, template="hold_ready", context={"hold": hold}, language=reader.language,
                   key=f"hold-ready-{hold.pk}")

The text is `templates/mail/hold_ready.txt`, in the language of the letter. A letter is never lost: it stands in the
database from the moment its reason does. It is not doubled either: the key is unique, only one worker sends at a
time, and what a dying worker had certainly not begun to hand over is sent once. One moment remains that no mail
program can close: the server has taken the letter and the worker dies before it can write that down. Then the letter
is sent again under the same Message-ID, by which mail servers and programs recognise a double: a reminder that comes
twice does less harm than one that never comes.
"""

from library.mail.bounces import read_bounces, record_bounce
from library.mail.queue import MailRefused, queue_mail, send_again
from library.mail.sending import Silence, send_due, silence

__all__ = [
    "MailRefused",
    "Silence",
    "queue_mail",
    "read_bounces",
    "record_bounce",
    "send_again",
    "send_due",
    "silence",
]
