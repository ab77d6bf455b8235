"""The link checker against a server of the test's own: what it concludes, and where it never goes."""

import socket
import ssl
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from catalog_pages.e_resources import asking
from catalog_pages.e_resources.asking import ask, is_public


class Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]

    def do_HEAD(self):
        self.asked.append((self.command, self.path))
        status = {"/gone": 404, "/head-refused": 405, "/shut": 403, "/down": 500}.get(self.path, 200)
        if self.path == "/head-refused" and self.command == "GET":
            status = 200
        if self.path.startswith("/to-"):
            status = 302
        self.send_response(status)
        if self.path.startswith("/to-"):
            where = {"/to-inside": "http://10.0.0.1/", "/to-file": "file:///etc/passwd", "/to-ok": "ok"}
            self.send_header("Location", where.get(self.path, self.path))
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@pytest.fixture
def site(monkeypatch):
    """A site on this machine that counts as public; gives its address and what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    monkeypatch.setattr(asking, "PORTS", {80, 443, port})
    monkeypatch.setattr(asking, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "verdict", "status", "reason"),
    [
        ("/", "ok", 200, ""),
        ("/gone", "broken", 404, ""),
        ("/head-refused", "ok", 200, ""),
        ("/shut", "shut", 403, ""),
        ("/down", "broken", 500, ""),
        ("/to-ok", "ok", 200, ""),
        ("/to-itself", "broken", None, "redirects"),
        ("/to-inside", "refused", None, "not_public"),
        ("/to-file", "refused", None, "not_public"),
        ("/kitab/ə b?q=ş", "ok", 200, ""),
    ],
)
def test_what_an_answer_means(site, path, verdict, status, reason):
    answer = ask(site + path)
    assert (answer.verdict, answer.status, answer.reason) == (verdict, status, reason)


def test_head_comes_first_and_get_only_where_it_fails(site):
    ask(f"{site}/ok")
    ask(f"{site}/gone")
    assert Site.asked == [("HEAD", "/ok"), ("HEAD", "/gone"), ("GET", "/gone")]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.1.1/admin",
        "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://0.0.0.0/", "http://2130706433/",
        "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
        "ftp://archive.org/", "file:///etc/passwd", "https://8.8.8.8:9200/", "javascript:alert(1)", "", "//",
        "http://user:secret@127.0.0.1/",
    ],
)  # fmt: skip
def test_nothing_inside_is_ever_asked(address, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *_args: pytest.fail("it connected"))
    assert ask(address).verdict == "refused"


@pytest.mark.parametrize(
    "address", ["http://no\x00host/", "http://[/", "http://a:99999999/", "https://ə" + "b" * 80]
)
def test_nonsense_is_an_answer_too(address, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *_args: pytest.fail("it connected"))
    assert ask(address).verdict in ("broken", "refused")


def test_the_connection_goes_to_the_address_that_was_looked_at(site, monkeypatch):
    """A name that answers differently the second time does not lead inside."""
    answers = iter(["127.0.0.1", "10.0.0.1"])
    seen = []
    connect = socket.create_connection
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "")]
    monkeypatch.setattr(
        asking.socket, "getaddrinfo", lambda host, port, **_kw: [(*found[0], (next(answers), port))]
    )

    def connecting(place, *args):
        seen.append(place[0])
        monkeypatch.undo()  # the connection itself may look up what it likes
        return connect(place, *args)

    monkeypatch.setattr(asking.socket, "create_connection", connecting)
    assert ask(site.replace("127.0.0.1", "name.example") + "/ok").verdict == "ok"
    assert seen == ["127.0.0.1"]


@contextmanager
def listening(answer):
    """A server that does one thing with each connection."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        try:
            while True:
                answer(server.accept()[0])
        except OSError:
            return

    Thread(target=serve, daemon=True).start()
    try:
        yield server.getsockname()[1]
    finally:
        server.close()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda one: one.close(), "no_answer"),
        (lambda one: one.sendall(b"nonsense\r\n\r\n") or one.close(), "no_answer"),
        (lambda one: None, "too_slow"),
    ],
)
def test_sites_that_do_not_answer(monkeypatch, answer, reason):
    kept = []
    monkeypatch.setattr(asking, "STEP_SECONDS", 0.3)
    monkeypatch.setattr(asking, "is_public", lambda _address: True)
    with listening(lambda one: (kept.append(one), answer(one))) as port:
        monkeypatch.setattr(asking, "PORTS", {port})
        assert ask(f"http://127.0.0.1:{port}/").reason == reason


def test_a_site_that_trickles_is_cut_off(monkeypatch):
    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.5)
    monkeypatch.setattr(asking, "is_public", lambda _address: True)

    def trickle(one):
        import time

        try:
            while True:
                one.sendall(b"H")
                time.sleep(0.05)
        except OSError:
            return

    with listening(trickle) as port:
        monkeypatch.setattr(asking, "PORTS", {port})
        assert ask(f"http://127.0.0.1:{port}/").reason == "too_slow"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ssl.SSLCertVerificationError("self-signed"), "certificate"),
        (socket.gaierror("unknown"), "no_host"),
        (ConnectionRefusedError(), "no_answer"),
    ],
)
def test_what_goes_wrong_has_a_name(monkeypatch, error, reason):
    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(asking, "public_address", fail)
    assert ask("https://resource.example/").reason == reason
