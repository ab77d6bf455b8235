"""Addresses of earlier: of the site that the portal follows, and of pages that were moved.

Wagtail keeps them (*Settings › Redirects*) and makes those of moved pages by itself. Here they are also found without
the language that addresses of the portal begin with, and read in by the hundred.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

LONGEST = Redirect._meta.get_field("old_path").max_length
MOST_LINES = 20_000
LANGUAGES = dict(settings.LANGUAGES)


def without_language(path: str) -> str:
    """ "/az/a?b" -> "/a?b"; a path without a language stays as it is."""
    first, _slash, rest = path.lstrip("/").partition("/")
    return f"/{rest}" if first in LANGUAGES else path


def redirect_for(request: HttpRequest) -> HttpResponseBase | None:
    """Return the answer for an address of earlier, asked with its query or without; None where it is none."""
    try:
        whole = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    except ValueError:  # no address at all
        return None
    for path in dict.fromkeys(_spellings(whole)):
        found = get_redirect(request, path)
        link = found.link if found else None
        # A page that was deleted since must not send its readers round and round.
        if link and without_language(urlsplit(link).path) != without_language(request.path):
            answer = HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect
            return answer(link)
    return None


def _spellings(whole: str) -> Iterator[str]:
    for path in (whole, whole.partition("?")[0]):
        yield path
        bare = without_language(path)
        yield bare
        # Pages of the library's own language stand under every language that it writes nothing in.
        yield f"/{settings.LANGUAGE_CODE}{bare}"


class OldAddressMiddleware(RedirectMiddleware):
    """Leads from addresses of earlier to those of today, where the portal has no page of its own."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return (redirect_for(request) or response) if response.status_code == 404 else response


# --- Reading in -------------------------------------------------------------------------------------


class FileRefused(ValueError):
    """The file cannot be read as a list of addresses; str() says why."""


class LineRefused(ValueError):
    """One line is left out; str() says why."""


@dataclass
class Outcome:
    """What became of a file: how many are new, changed and there already, and the lines that were refused."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_addresses(data: bytes, *, dry_run: bool = False, other_hosts: bool = False) -> Outcome:
    """Read lines of old address and new address, and keep those that are right; raises FileRefused.

    A new address is a page or another address of the portal; with `other_hosts` it may be one of another site.
    """
    site = Site.objects.get(is_default_site=True)
    outcome, wanted = Outcome(), {}
    for number, cells in _lines(data):
        try:
            made = _redirect(cells, site, other_hosts=other_hosts)
            if made.old_path in wanted:
                raise LineRefused(_("This old address stands in an earlier line."))
            wanted[made.old_path] = made
        except LineRefused as error:
            outcome.refused.append((number, str(error)))
    there = {row.old_path: row for row in Redirect.objects.filter(site=site)}
    for path, made in wanted.items():
        old = there.get(path)
        same = old and (old.redirect_page_id, old.redirect_link) == (
            made.redirect_page_id,
            made.redirect_link,
        )
        outcome.same += bool(same)
        outcome.changed += bool(old and not same)
        outcome.new += old is None
    if not dry_run:
        with transaction.atomic():
            Redirect.objects.bulk_create(
                wanted.values(),
                batch_size=500,
                update_conflicts=True,
                unique_fields=["old_path", "site"],
                update_fields=["redirect_page", "redirect_link", "is_permanent", "automatically_created"],
            )
    return outcome


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(_("The file is not UTF-8. Save it as “CSV UTF-8”.")) from None
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    rows = csv.reader(StringIO(text), delimiter=mark)
    try:
        for number, row in enumerate(rows, 1):
            cells = [cell.strip() for cell in row]
            is_heading = number == 1 and not cells[:1][0].startswith(("/", "http")) if cells else False
            if number > MOST_LINES:
                raise FileRefused(_("The file has more than %(most)s lines.") % {"most": MOST_LINES})
            if any(cells) and not is_heading:
                yield rows.line_num, cells
    except csv.Error as error:
        raise FileRefused(_("The file is not CSV: %(error)s") % {"error": error}) from None


def _redirect(cells: list[str], site: Site, *, other_hosts: bool) -> Redirect:
    if len(cells) < 2 or not cells[0] or not cells[1]:
        raise LineRefused(_("Two addresses are needed: the old one and the new one."))
    old, new = _old_path(cells[0]), cells[1]
    made = Redirect(old_path=old, site=site, is_permanent=True)
    address = _split(new)
    if address.scheme or address.netloc:
        if address.scheme not in ("http", "https"):
            raise LineRefused(_("This is no address of a web page: %(address)s") % {"address": new[:80]})
        if address.netloc not in (urlsplit(settings.BASE_URL).netloc, site.hostname, *settings.ALLOWED_HOSTS):
            if not other_hosts:
                raise LineRefused(
                    _("The new address is one of another site: %(host)s") % {"host": address.netloc}
                )
            made.redirect_link = _fitting(new)
            return made
    path = uri_to_iri(address.path) or "/"
    if _is_same(old, Redirect.normalise_path(new)):
        raise LineRefused(_("The address leads to itself."))
    found = _found_at(path, site)
    if found is None:
        raise LineRefused(_("The portal has no page at the new address: %(address)s") % {"address": new[:80]})
    if isinstance(found, Page) and not address.query:
        made.redirect_page = Page(pk=found.pk)  # follows when the page is moved
    else:
        query = f"?{address.query}" if address.query else ""
        made.redirect_link = _fitting(path + query)
    return made


def _split(address: str):
    try:
        return urlsplit(address)
    except ValueError:
        raise LineRefused(
            _("This is no address of a web page: %(address)s") % {"address": address[:80]}
        ) from None


def _old_path(address: str) -> str:
    parts = _split(address)
    if parts.scheme not in ("", "http", "https") or "\x00" in address:
        raise LineRefused(_("This is no address of a web page: %(address)s") % {"address": address[:80]})
    query = f"?{parts.query}" if parts.query else ""
    path = Redirect.normalise_path(f"/{parts.path.lstrip('/')}{query}")
    if path == "/":
        raise LineRefused(_("The home page is no old address."))
    site = Site.objects.get(is_default_site=True)
    if not query and _found_at(_with_language(path) + "/", site) is not None:
        raise LineRefused(_("The portal has a page of its own at the old address."))
    return _fitting(path)


def _fitting(address: str) -> str:
    if len(address) > LONGEST:
        raise LineRefused(_("The address is longer than %(most)s letters.") % {"most": LONGEST})
    return address


def _with_language(path: str) -> str:
    return path if without_language(path) != path else f"/{settings.LANGUAGE_CODE}{path}"


def _is_same(one: str, other: str) -> bool:
    return without_language(one) == without_language(other)


def _found_at(path: str, site: Site) -> Page | bool | None:
    """The published page at a path of the portal; True for an address that is none of a page; None for nothing."""
    path = _with_language(path)
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        if match.view_name != "wagtail_serve":
            return True
        return Page.find_for_request(get_dummy_request(site=site), match.args[0])
