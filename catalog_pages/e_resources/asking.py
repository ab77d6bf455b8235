"""Asking a web address whether it still answers: politely, briefly, and never one inside our own network.

The addresses were typed by people, and the server stands where it can reach what readers cannot. So a name is looked
up once, every address it has must be public, and the connection goes to the one that was looked at.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from catalog_pages.models import LinkCheck

STEP_SECONDS = 8.0  # of waiting for the next sign of life
WHOLE_SECONDS = 12.0  # for one request, however slowly it trickles
MOST_REDIRECTS = 5
PORTS = {80, 443, 8080, 8443}
REDIRECTS = {301, 302, 303, 307, 308}
# There is something, but not for a program, or only for those who sign in.
SHUT = {401, 402, 403, 405, 406, 407, 418, 423, 429, 451, 501}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "/%:=&?~+!$,;'@()*[]-._"
Verdict, Reason = LinkCheck.Verdict, LinkCheck.Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: the verdict, and the status or the reason why there is none."""

    verdict: str
    status: int | None = None
    reason: str = ""


class NotPublic(Exception):
    """The address is not one that readers reach over the web, so the server does not go there either."""


class _Redirected(Exception):
    def __init__(self, address: str) -> None:
        self.address = address


def ask(address: str) -> Answer:
    """Ask an address, following its redirects. Never raises: what goes wrong is the answer."""
    try:
        for _step in range(MOST_REDIRECTS + 1):
            try:
                return _verdict(_status(address))
            except _Redirected as redirected:
                address = urljoin(address, redirected.address)
        return Answer(Verdict.BROKEN, reason=Reason.REDIRECTS)
    except NotPublic:
        return Answer(Verdict.REFUSED, reason=Reason.NOT_PUBLIC)
    except (socket.gaierror, UnicodeError):
        return Answer(Verdict.BROKEN, reason=Reason.NO_HOST)
    except TimeoutError:
        return Answer(Verdict.BROKEN, reason=Reason.TOO_SLOW)
    except ssl.SSLCertVerificationError:
        return Answer(Verdict.BROKEN, reason=Reason.CERTIFICATE)
    except (OSError, HTTPException, ValueError):
        return Answer(Verdict.BROKEN, reason=Reason.NO_ANSWER)


def public_address(host: str, port: int) -> str:
    """The first of the network addresses of a host, when all of them are public. Raises NotPublic, gaierror."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_public(address) for address in found):
        raise NotPublic(host)
    return found[0]


def is_public(address: str) -> bool:
    """Whether a network address belongs to the public internet, and what is packed into it, too."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        packed = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            packed = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if packed is not None:
            return is_public(str(packed))
    return ip.is_global and not ip.is_multicast


def _verdict(status: int) -> Answer:
    if 200 <= status < 400:
        return Answer(Verdict.OK, status)
    return Answer(Verdict.SHUT if status in SHUT else Verdict.BROKEN, status)


def _status(address: str) -> int:
    """What the address answers: to HEAD, and where a site does not like that, to GET."""
    status = _request("HEAD", address)
    return status if status < 400 else _request("GET", address)


def _request(method: str, address: str) -> int:
    """The status of one request; the body is not read. Raises _Redirected."""
    parts = urlsplit(address)
    with _connected(parts) as connection:
        connection.request(method, _target(parts), headers={
            "Host": _host(parts),
            "User-Agent": f"Mozilla/5.0 (compatible; library link check; +{settings.BASE_URL})",
            "Accept": "*/*",
            "Connection": "close",
        })  # fmt: skip
        response = connection.getresponse()
        where = response.headers.get("Location", "")
        if response.status in REDIRECTS and where:
            raise _Redirected(where)
        return response.status


@contextmanager
def _connected(parts: SplitResult) -> Iterator[HTTPConnection]:
    """A connection to the very address that was found public; cut off when it takes too long as a whole."""
    host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    if parts.scheme not in ("http", "https") or not host or port not in PORTS:
        raise NotPublic(parts.scheme)
    connection = HTTPConnection(_ascii(host), port, timeout=STEP_SECONDS)
    connection.sock = socket.create_connection((public_address(_ascii(host), port), port), STEP_SECONDS)
    is_late = Event()

    def cut() -> None:
        is_late.set()
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(WHOLE_SECONDS, cut)
    timer.daemon = True
    timer.start()
    try:
        if parts.scheme == "https":
            _secure(connection, _ascii(host))
        yield connection
    except (OSError, HTTPException):
        if is_late.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        connection.close()


def _secure(connection: HTTPConnection, name: str) -> None:
    """Go on encrypted; the handshake comes second, so that it too can be cut off."""
    context = ssl.create_default_context()
    connection.sock = context.wrap_socket(
        connection.sock, server_hostname=name, do_handshake_on_connect=False
    )
    connection.sock.do_handshake()


def _ascii(host: str) -> str:
    """The host as the network knows it: xn--… for names in other letters."""
    return host if host.isascii() else host.encode("idna").decode()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def _host(parts: SplitResult) -> str:
    name = _ascii(parts.hostname or "")
    name = f"[{name}]" if ":" in name else name
    return f"{name}:{parts.port}" if parts.port else name
