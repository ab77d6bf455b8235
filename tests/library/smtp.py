"""A real SMTP server for tests, which can also be slow, refuse, or be away."""

import email
import time
from email.policy import default

from aiosmtpd.controller import Controller


class Postbox:
    """Keeps what it is sent. `before_mail` and `after_data` are called inside the talk: they may sleep or answer."""

    def __init__(self):
        self.messages = []
        self.senders = []
        self.before_mail = self.recipient_answer = self.after_data = None

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.before_mail:
            await self.before_mail()
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.senders.append(envelope.mail_from)
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        if self.after_data:
            await self.after_data()
        return "250 taken"

    @property
    def ids(self):
        return [message["Message-ID"] for message in self.messages]

    def wait_for(self, count, seconds=20):
        deadline = time.monotonic() + seconds
        while len(self.messages) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(self.messages) >= count, f"only {len(self.messages)} of {count} letters came"


def start(postbox, port=0):
    """Serve `postbox` at a free port, or at this one; stop it with .stop()."""
    server = Controller(postbox, hostname="127.0.0.1", port=port or free_port())
    server.start()
    return server


def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
