"""Rate limits: so many requests a minute for each address or member of staff, in token buckets.

The buckets lie in the shared cache, and each process keeps an account of its own until a tenth of a bucket is used:
a reader who asks now and then costs no cache operation at all, and who asks without end two in every so many
requests. What the processes have not yet told each other is let through.

Addresses are kept in memory and cache only, as a code that changes every day.
"""

import functools
import hashlib
import hmac
import ipaddress
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import loader
from django.utils import timezone, translation

from library.addresses import client_address, parsed
from library.statistics import count

logger = logging.getLogger("library.limits")

LIMITED = "limited"
MOST_ACCOUNTS = 20_000
MIN_WAIT = 0.1


@dataclass(frozen=True, slots=True)
class Limit:
    """A bucket that holds `burst` requests and is filled again at `per_minute`."""

    name: str
    per_minute: int
    burst: int

    @property
    def per_second(self) -> float:
        return self.per_minute / 60

    @property
    def unreported(self) -> int:
        """How many requests a process lets through before it tells the others."""
        return max(1, self.burst // 10)

    @property
    def lifetime(self) -> int:
        """Seconds after which an untouched bucket is full anyway."""
        return int(self.burst / self.per_second) + 60


@dataclass(slots=True)
class Account:
    """What one process knows about one visitor: requests it has not told the others, and until when to refuse."""

    unreported: int = 0
    since: float = 0.0
    refused_until: float = 0.0


class Buckets:
    """The accounts of this process and the buckets in the cache."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.accounts: OrderedDict[str, Account] = OrderedDict()
        self.lock = threading.Lock()

    def take(self, limit: Limit, visitor: str) -> tuple[float, bool]:
        """Take one token. Returns the seconds to wait (0: go ahead), and whether the pause begins only now."""
        key = f"library:limit:{limit.name}:{visitor}"
        now = self.clock()
        with self.lock:
            account = self._account(key, now, limit)
            if now < account.refused_until:
                return account.refused_until - now, False
            account.unreported += 1
            if account.unreported < limit.unreported:
                return 0.0, False
            spent, account.unreported = account.unreported, 0
        wait = self._report(limit, key, spent, now)
        if wait:
            with self.lock:
                account.refused_until = now + wait
        return wait, bool(wait)

    def _account(self, key: str, now: float, limit: Limit) -> Account:
        account = self.accounts.get(key)
        if account is None or now - account.since > limit.lifetime:
            account = self.accounts[key] = Account(since=now)
            while len(self.accounts) > MOST_ACCOUNTS:
                self.accounts.popitem(last=False)
        self.accounts.move_to_end(key)
        return account

    def _report(self, limit: Limit, key: str, spent: int, now: float) -> float:
        """Take from the shared bucket what was spent here; returns how long to wait when it was not there."""
        tokens, filled_at = cache.get(key, (float(limit.burst), now))
        tokens = min(float(limit.burst), tokens + max(0.0, now - filled_at) * limit.per_second)
        refused = tokens < spent
        # The last of them is the one refused; the others were let through already and are owed.
        tokens = max(tokens - spent + refused, -float(limit.burst))
        cache.set(key, (tokens, now), limit.lifetime)
        return max((1 - tokens) / limit.per_second, MIN_WAIT) if refused else 0.0


buckets = Buckets()


class RateLimitMiddleware:
    """Applies settings.RATE_LIMITS: {name of an address: (requests a minute, how many at once)}."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in settings.RATE_LIMITS:
            return None
        return check(request, Limit(name, *settings.RATE_LIMITS[name]))


def rate_limited(name: str, *, per_minute: int, burst: int) -> Callable[[Any], Any]:
    """Decorate a view of any room; views that share a name share a bucket."""
    limit = Limit(name, per_minute, burst)

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return check(request, limit) or view(request, *args, **kwargs)

        return guarded

    return decorate


def check(request: HttpRequest, limit: Limit) -> HttpResponseBase | None:
    """Return the answer that refuses the request; None where it may go on."""
    if settings.RATE_LIMIT_MODE == "off":
        return None
    address = client_address(request)
    if is_allowed(address):
        return None
    wait, begins = buckets.take(limit, _visitor(request, address))
    if not wait:
        return None
    reporting = settings.RATE_LIMIT_MODE == "report"
    if begins:
        logger.warning("rate limit reached%s: %s", " (only reported)" if reporting else "", limit.name)
        count(LIMITED, kind=limit.name)
    return None if reporting else refusal(request, wait)


def is_allowed(address: str) -> bool:
    """Whether the address is one of RATE_LIMIT_ALLOW, such as the library's own reading rooms."""
    if not settings.RATE_LIMIT_ALLOW:
        return False
    place = parsed(address)
    return place is not None and any(place in network for network in settings.RATE_LIMIT_ALLOW)


def refusal(request: HttpRequest, wait: float) -> HttpResponseBase:
    """The answer 429, with the seconds to wait; a small page that asks neither database nor cache."""
    seconds = int(wait) + 1
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if "application/json" in request.headers.get("Accept", "") or getattr(request, "htmx", False):
        return JsonResponse({"error": "too many requests"}, status=429, headers=headers)
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = {"LANGUAGE_CODE": language, "seconds": seconds, "address": request.get_full_path()}
    page = loader.get_template("errors/429.html").render(context)
    return HttpResponse(page, status=429, headers=headers)


def _visitor(request: HttpRequest, address: str) -> str:
    # Only who carries a session can be somebody: others are not looked up.
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return f"user-{request.user.pk}"
    return _code(_network(address))


def _network(address: str) -> str:
    """One household has a whole /64 of IPv6, so that is what is counted."""
    place = parsed(address)
    if isinstance(place, ipaddress.IPv6Address):
        if place.ipv4_mapped:
            return str(place.ipv4_mapped)
        return str(ipaddress.ip_network((place, 64), strict=False))
    return address


def _code(address: str) -> str:
    key = f"{settings.SECRET_KEY}:limits:{timezone.localdate().isoformat()}"
    return hmac.new(key.encode(), address.encode(), hashlib.sha256).hexdigest()[:24]
