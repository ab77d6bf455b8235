"""Letters: queued with what they are about, handed to a real SMTP server, tried again, given up, come back."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from library import mail
from library.mail import sending
from library.models import MailState, OutgoingMail
from tests.library import smtp

pytestmark = pytest.mark.django_db


def queue(key="test-1", to="reader@library.example", template="test", language="en", **context):
    context.setdefault("queued_at", timezone.now())
    return mail.queue_mail(to=to, template=template, context=context, language=language, key=key)


@pytest.fixture
def postbox():
    return smtp.Postbox()


@pytest.fixture
def server(settings, postbox):
    server = smtp.start(postbox)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "Library <library@library.example>"
    settings.BOUNCE_ADDRESS = "bounces@library.example"
    yield server
    if server.loop.is_running():
        server.stop()


@pytest.fixture
def own_template(settings, tmp_path):
    """Write templates/mail/own.txt with this subject line."""

    def write(subject):
        (tmp_path / "mail").mkdir(exist_ok=True)
        text = '{% extends "mail/base.txt" %}{% block subject %}' + subject + "{% endblock %}"
        (tmp_path / "mail" / "own.txt").write_text(text + "{% block body %}{{ body }}{% endblock %}")
        templates = [dict(settings.TEMPLATES[0])]
        templates[0]["DIRS"] = [tmp_path, *templates[0]["DIRS"]]
        settings.TEMPLATES = templates

    return write


def pass_time(monkeypatch, **by):
    now = timezone.now() + timedelta(**by)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_a_letter_reaches_the_server_once(server, postbox):
    letter = queue()
    assert mail.send_due() == 1
    assert mail.send_due() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == (MailState.SENT, 1, "")
    assert letter.sent_at
    (message,) = postbox.messages
    assert message["To"] == "reader@library.example"
    assert message["From"] == "Library <library@library.example>"
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert postbox.senders == ["bounces@library.example"]
    assert "the portal can send mail" in message.get_content()


def test_nothing_is_sent_by_queueing_nor_before_its_reason_is_committed(server, postbox):
    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    assert not OutgoingMail.objects.exists()
    queue()
    assert not postbox.messages


def test_one_key_is_one_letter(server, postbox):
    assert queue("hold-7") == queue("hold-7", to="other@library.example")
    assert mail.send_due() == 1
    assert queue("hold-7").state == MailState.SENT
    assert mail.send_due() == 0


@pytest.mark.parametrize(
    "address",
    [
        "reader@library.example\nBcc: all@library.example",
        "reader@library.example\r\n",
        "Reader <reader@library.example>",
        "a@library.example, b@library.example",
        "nobody",
        "",
    ],
)
def test_addresses_that_are_more_than_one_address_are_refused(address):
    with pytest.raises(mail.MailRefused):
        queue(to=address)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "name", ["Orxan\nBcc: all@library.example", "Orxan\r\nX: y", "a\x00b", "a\x1fb", " \n ", ""]
)
def test_subjects_of_more_than_one_line_are_refused(own_template, name):
    own_template("{{ name }}")
    with pytest.raises(mail.MailRefused):
        queue(template="own", name=name)


def test_a_text_stands_as_it_is(own_template, server, postbox):
    own_template("Kitab: {{ title }}")
    queue(template="own", title="“Əli & Nino” <I>", body=".\n.\nFrom here & there <b>")
    mail.send_due()
    (message,) = postbox.messages
    assert message["Subject"] == "Kitab: “Əli & Nino” <I>"
    assert message.get_content().replace("\r\n", "\n").startswith(".\n.\nFrom here & there <b>\n")


def test_a_long_subject_is_shortened(own_template):
    own_template("{{ title }}")
    assert len(queue(template="own", title="А" * 500).subject) == 150


def test_dates_follow_the_language_of_the_letter():
    letter = queue(language="ru", queued_at=timezone.now().replace(year=2026, month=3, day=1))
    assert "марта" in letter.text


def test_an_unknown_language_becomes_that_of_the_library(settings):
    assert queue(language="xx").language == settings.LANGUAGE_CODE


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_letter_needs_a_key(key):
    with pytest.raises(mail.MailRefused):
        queue(key)


def test_the_number_of_a_letter_cannot_be_guessed_from_its_key():
    assert "hold" not in queue("hold-7").message_id
    assert queue("hold-8").message_id != queue("hold-7").message_id


# --- Trying again ---------------------------------------------------------------------------------


def test_a_letter_the_server_will_never_take_is_given_up_with_its_words(server, postbox):
    postbox.recipient_answer = "550 5.1.1 no such reader here"
    bad = queue("bad")
    mail.send_due()
    bad.refresh_from_db()
    assert bad.state == MailState.FAILED
    assert "no such reader here" in bad.error
    assert mail.send_due() == 0


def test_a_refusal_that_may_pass_makes_pauses_that_grow(server, postbox, monkeypatch):
    postbox.recipient_answer = "451 4.7.1 come back later"
    letter = queue()
    pauses = []
    while letter.state == MailState.QUEUED:
        pass_time(monkeypatch, seconds=max((letter.next_try - timezone.now()).total_seconds(), 0))
        mail.send_due()
        letter.refresh_from_db()
        pauses.append(letter.next_try - timezone.now())
        assert len(pauses) <= sending.MAX_ATTEMPTS
    assert letter.state == MailState.FAILED and letter.attempts == sending.MAX_ATTEMPTS
    assert "come back later" in letter.error
    assert pauses[:-1] == sorted(pauses[:-1]) and pauses[0] < pauses[5]


def test_one_refused_letter_does_not_keep_back_the_others(server, postbox):
    letters = [queue(f"letter-{number}") for number in range(3)]
    OutgoingMail.objects.filter(pk=letters[1].pk).update(recipient="a@b.example\nBcc: all@b.example")
    mail.send_due()
    assert len(postbox.messages) == 2
    letters[1].refresh_from_db()
    assert letters[1].state == MailState.FAILED and letters[1].error


def test_a_server_that_is_down_for_an_hour_loses_no_letter(server, postbox, monkeypatch):
    server.stop()
    letters = [queue(f"letter-{number}") for number in range(5)]
    tries = 0
    for _minute in range(60):
        before = mail.silence()
        assert mail.send_due() == 0
        tries += mail.silence() != before
        pass_time(monkeypatch, minutes=1)
    assert 4 <= tries <= 12, "the server is asked now and then, not all the time"
    for letter in letters:
        letter.refresh_from_db()
        assert (letter.state, letter.attempts) == (MailState.QUEUED, 0)
    back = smtp.start(postbox, port=server.port)
    try:
        pass_time(monkeypatch, seconds=sending.LONGEST_SILENCE_SECONDS)
        assert mail.send_due() == 5
    finally:
        back.stop()
    assert len(set(postbox.ids)) == len(postbox.ids) == 5
    assert mail.silence() is None


def test_staff_send_a_letter_again(server, postbox):
    postbox.recipient_answer = "550 unknown"
    letter = queue()
    assert not mail.send_again(letter), "it still waits"
    mail.send_due()
    postbox.recipient_answer = None
    assert mail.send_again(letter)
    assert not mail.send_again(letter)
    assert mail.send_due() == 1


# --- Coming back ----------------------------------------------------------------------------------

REPORT = """\
From: MAILER-DAEMON@mail.example
To: bounces@library.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; reader@library.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 mailbox
 unavailable
--b
Content-Type: {original}

From: library@library.example
To: reader@library.example
Message-ID: {number}

--b--
"""


def report(number, action="failed", original="message/rfc822"):
    return REPORT.format(number=number, action=action, original=original).encode()


@pytest.fixture
def sent(server):
    letter = queue()
    mail.send_due()
    return letter


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_comes_back_is_marked_with_the_reason(sent, original):
    assert mail.record_bounce(report(sent.message_id, original=original)) == sent
    sent.refresh_from_db()
    assert sent.state == MailState.BOUNCED
    assert "550 5.1.1 mailbox unavailable" in sent.error


@pytest.mark.parametrize(
    "message",
    [
        report("<somebody-elses@library.example>"),
        b"",
        b"\xff\xfe nonsense",
        b"Subject: I am on holiday\n\nBack on Monday.",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n--b--",
        b"Content-Type: message/delivery-status\n\nAction: failed",
    ],
)
def test_other_messages_change_nothing(sent, message):
    assert mail.record_bounce(message) is None
    sent.refresh_from_db()
    assert sent.state == MailState.SENT


def test_a_delay_is_no_bounce(sent):
    assert mail.record_bounce(report(sent.message_id, action="delayed")) is None


class Mailbox:
    """What read_bounces asks of an IMAP server."""

    def __init__(self, *messages):
        self.messages, self.read, self.left = messages, [], False

    def select(self, folder):
        return "OK", [b"1"]

    def search(self, charset, what):
        return "OK", [b" ".join(b"%d" % number for number in range(1, len(self.messages) + 1))]

    def fetch(self, number, what):
        return "OK", [(b"1 (BODY[] {10}", self.messages[int(number) - 1]), b")"]

    def store(self, number, command, flag):
        self.read.append((int(number), flag))

    def logout(self):
        self.left = True


def test_a_mailbox_is_read(sent, monkeypatch):
    box = Mailbox(report(sent.message_id), b"Subject: holiday\n\n")
    monkeypatch.setattr("library.mail.bounces._sign_in", lambda url: (box, "INBOX"))
    assert mail.read_bounces("imaps://user:secret@mail.example") == (2, 1)
    assert box.left and box.read == [(1, r"\Seen"), (2, r"\Seen")]


@pytest.mark.parametrize("url", ["", "http://mail.example", "imaps://mail.example", "imap:"])
def test_an_address_that_is_no_mailbox_is_refused(url):
    with pytest.raises(ValueError, match="imaps://user:password@host"):
        mail.read_bounces(url)
