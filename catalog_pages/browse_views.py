"""Browsing for readers: authors, subjects and titles from A to Z, and the books side by side on the shelf."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog_pages import browsing, references, shelf
from catalog_pages.keyset import Place, Wanted
from catalog_pages.models import ALPHABETS, ClassScheme, Heading, Record
from catalog_pages.shelf_order import class_key
from library.models import Branch
from library.names import language_name, language_tag

AUTHORS, SUBJECTS, TITLES = "authors", "subjects", "titles"
NAMES: Mapping[str, Promise] = {AUTHORS: _("Authors"), SUBJECTS: _("Subjects"), TITLES: _("Titles")}
HEADINGS = {AUTHORS: Heading.Kind.AUTHOR, SUBJECTS: Heading.Kind.SUBJECT}
SHORTEST_NAME = 3  # letters; what begins with fewer is too much to be named beside the list
FACETS = {AUTHORS: "author", SUBJECTS: "subject"}


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Where browsing begins: three lists with their letters, and the classes of the shelf."""
    language = get_language()
    bars = [
        (kind, name, _list(kind, _own(kind, language), Wanted(), limit=0).bar) for kind, name in NAMES.items()
    ]
    shelves = [(ClassScheme(one).label, one, shelf.main_classes(one)) for one in shelf.schemes_in_use()]
    context = {
        "bars": bars,
        "shelves": shelves,
        "address": browsing.Address({}),
        "shelf_address": browsing.Address({}),
    }
    return render(request, "catalog_pages/browse.html", context)


@require_safe
def browse_list(request: HttpRequest, kind: str) -> HttpResponse:
    """A list from A to Z: ``from`` (how it begins), ``after``, ``before`` (places), ``lang`` (whose alphabet)."""
    if kind not in NAMES:
        raise Http404
    languages = _languages(kind)
    wish = language_tag(request.GET.get("lang", ""))
    language = wish if wish in dict(languages) else _own(kind, get_language(), languages)
    start = _text(request.GET, "from", browsing.LONGEST_START)
    wanted = _wanted(request.GET, browsing.start_key(start, _alphabet(kind, language)))
    if kind == TITLES and (record := _record(request.GET.get("at", ""))):
        wanted = Wanted(record.title_sort if language == browsing.ALL_LANGUAGES else record.title_key)
    page = _list(kind, language, wanted)
    context = {
        "kind": kind,
        "kinds": NAMES.items(),
        "name": NAMES[kind],
        "page": page,
        "start": start,
        "language": language,
        "languages": languages,
        "address": browsing.Address(
            {"lang": language if language != _own(kind, get_language(), languages) else ""}
        ),
        "is_beyond": bool(start) and not page.begins_with(wanted.start),
        **_around(kind, language, start, page),
    }
    return _page(request, "headings" if kind in HEADINGS else "titles", context)


@require_safe
def walk(request: HttpRequest) -> HttpResponse:
    """The shelf: ``class`` and ``scheme``, or ``record`` to stand before it; ``branch``; ``after``, ``before``."""
    schemes = shelf.schemes_in_use()
    number = _text(request.GET, "class", shelf.LONGEST_CLASS)
    branches = list(Branch.objects.on_site().order_by("position", "code"))
    branch = next((one for one in branches if one.code == request.GET.get("branch")), None)
    record = _record(request.GET.get("record", ""))
    scheme = shelf.choose_scheme(schemes, request.GET.get("scheme", ""), number, record)
    wanted = _wanted(request.GET, class_key(scheme, number))
    is_at_record = record is not None and scheme != "" and shelf.scheme_of(record.shelf_key) == scheme
    if record and is_at_record and not (wanted.after or wanted.before or number):
        wanted = shelf.around(record, branch)
    part = shelf.walk_shelf(scheme, wanted, shelf.BOOKS_SHOWN, branch) if scheme else None
    context = {
        "part": part,
        "record": record,
        "scheme": scheme,
        "schemes": [(one, ClassScheme(one).label) for one in schemes],
        "classes": shelf.main_classes(scheme) if scheme else [],
        "current_class": shelf.main_class_of(part.rows[0].shelf_key) if part and part.rows else "",
        "span": [part.rows[end].class_number for end in (0, -1)] if part and part.rows else [],
        "number": number,
        "branch": branch,
        "branches": branches,
        "address": browsing.Address(
            {"scheme": scheme if len(schemes) > 1 else "", "branch": branch.code if branch else ""}
        ),
        "shelf_address": browsing.Address({"branch": branch.code if branch else ""}),
        "kinds": NAMES.items(),
    }
    return _page(request, "shelf", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, f"catalog_pages/{name}.html", context)
    if request.GET:
        # Every place in every list has an address, more than there are records: crawlers find those in the sitemap.
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _list(kind: str, language: str, wanted: Wanted, limit: int = browsing.PER_PAGE) -> browsing.AtoZ:
    if kind in HEADINGS:
        return browsing.headings(HEADINGS[kind], language, wanted, limit)
    return browsing.titles(language, wanted, limit)


def _languages(kind: str) -> list[tuple[str, str | Promise]]:
    """The languages in whose order a list can be shown; for titles those the catalogue has records in."""
    if kind in HEADINGS:
        codes = [code for code, _name in settings.LANGUAGES if code in ALPHABETS]
        return [(code, language_name(code)) for code in codes]
    return [(browsing.ALL_LANGUAGES, _("All languages")), *browsing.title_languages()]


def _own(kind: str, language: str | None, languages: list[tuple[str, str | Promise]] | None = None) -> str:
    """The language a list begins with: that of the page, where there is anything in it."""
    if kind in HEADINGS:
        return language if language in ALPHABETS else "en"
    known = dict(browsing.title_languages() if languages is None else languages)
    return language if language in known else browsing.ALL_LANGUAGES


def _alphabet(kind: str, language: str) -> str:
    if language == browsing.ALL_LANGUAGES:
        return settings.LANGUAGE_CODE
    return language if kind in HEADINGS else browsing.alphabet_of(language)


def _around(kind: str, language: str, start: str, page: browsing.AtoZ) -> dict[str, Any]:
    """What leads from a name as typed, or as it stands in the list, to the one that is used."""
    if kind not in HEADINGS:
        return {}
    heading = HEADINGS[kind]
    is_a_name = sum(letter.isalnum() for letter in start) >= SHORTEST_NAME
    see = references.see(heading, start) if is_a_name else []
    named = {reference.heading.pk for reference in see}
    alike = browsing.spelled_otherwise(heading, language, start) if is_a_name else []
    return {
        "facet": FACETS[kind],
        "see": see,
        "otherwise": [other for other in alike if other.pk not in named],
        "see_also": references.see_also(heading, page.part.rows),
    }


def _record(text: str) -> Record | None:
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    return Record.objects.filter(pk=int(text)).first() if is_number else None


def _text(parameters: QueryDict, name: str, longest: int) -> str:
    """What was typed, without signs that cannot be seen, and not longer than makes sense."""
    text = "".join(
        letter if letter.isprintable() else " " for letter in parameters.get(name, "")[: longest * 2]
    )
    return " ".join(text.split())[:longest]


def _wanted(parameters: QueryDict, start: str) -> Wanted:
    """The part of a list that an address asks for; what it says wrongly is as if it said nothing."""
    after, before = (Place.read(parameters.get(name, "")[:300]) for name in ("after", "before"))
    return Wanted(start, after, before)
