"""How many pages of the website one process serves in a second: made anew, kept, and unchanged (304).

Beside it Wagtail's bakerydemo on the same server, where BAKERYDEMO names a checkout that is set up (its packages
in this environment, its database and its data loaded).
"""

import gzip
import http.client
import os
import re
import time
from pathlib import Path

from benchmarks.pages import fetch, one_web_process

ADDRESSES = ("/az/", "/az/about/", "/az/branches/", "/az/branches/central/")
BAKERY = ("/", "/breads/", "/blog/", "/locations/")
SECONDS = 4
LINKED = re.compile(r'<(?:link rel="(?:stylesheet|preload)"|script)[^>]*?(?:href|src)="([^"]+)"')


def measure_website(base_dir: Path, rows: dict[str, str]) -> None:
    """Add requests a second to `rows`; the demo library is in the database."""
    with one_web_process(base_dir, PAGE_CACHE="false") as (port, _pid):
        anew = requests_a_second(port, there(port, ADDRESSES))
        rows["pages a second, made anew"] = f"{anew:.0f}"
        rows["first visit without pictures, KB"] = f"{first_visit(port, ADDRESSES[0]) / 1024:.0f}"
    with one_web_process(base_dir, PAGE_CACHE="true") as (port, _pid):
        addresses = there(port, ADDRESSES)
        rows["pages a second, kept"] = f"{requests_a_second(port, addresses):.0f}"
        rows["pages a second, unchanged (304)"] = f"{requests_a_second(port, addresses, asks=True):.0f}"
    if bakery := os.environ.get("BAKERYDEMO", ""):
        settings = os.environ.get("BAKERYDEMO_SETTINGS", "bakerydemo.settings.production")
        environment = {
            "DJANGO_SETTINGS_MODULE": settings,
            "SECRET_KEY": "bench",
            "ALLOWED_HOSTS": "localhost",
        }
        with one_web_process(bakery, "bakerydemo.wsgi:application", "/", **environment) as (port, _pid):
            other = requests_a_second(port, there(port, BAKERY))
        rows["bakerydemo's pages a second"] = f"{other:.0f}"
        rows["pages made anew, × bakerydemo"] = f"{anew / other:.1f}"


def there(port: int, addresses: tuple[str, ...]) -> list[str]:
    """Those of the addresses that the site has."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = [address for address in addresses if fetch(connection, address)[0] == 200]
    if not found:
        raise RuntimeError(f"none of {addresses} answered 200")
    return found


def requests_a_second(port: int, addresses: list[str], *, asks: bool = False) -> float:
    """Requests a second over one connection; `asks`: with the ETag of each page, so that 304 is the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {address: {"Host": "localhost", "Accept-Encoding": "gzip"} for address in addresses}
    for address in addresses * 2:
        answer = _get(connection, address, headers[address])
        if asks and answer.headers.get("ETag"):
            headers[address]["If-None-Match"] = answer.headers["ETag"]
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        address = addresses[done % len(addresses)]
        status = _get(connection, address, headers[address]).status
        if status != (304 if asks else 200):
            raise RuntimeError(f"{address} answered {status}")
        done += 1
    return done / (time.perf_counter() - started)


def _get(
    connection: http.client.HTTPConnection, address: str, headers: dict[str, str]
) -> http.client.HTTPResponse:
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    return answer


def first_visit(port: int, address: str) -> int:
    """Bytes of a page with its styles, scripts and the fonts that it asks for at once, as they are transferred."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Host": "localhost", "Accept-Encoding": "gzip"}
    page = _get(connection, address, headers)
    size = len(page.body)  # type: ignore[attr-defined]
    text = gzip.decompress(page.body) if page.headers.get("Content-Encoding") == "gzip" else page.body  # type: ignore[attr-defined]
    for linked in sorted(set(LINKED.findall(text.decode()))):
        if linked.startswith("/"):
            size += len(_get(connection, linked, headers).body)  # type: ignore[attr-defined]
    return size
