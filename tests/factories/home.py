"""A small site for tests: a home page per content language under the default site."""

import json

from django.conf import settings
from wagtail.models import Locale, Page, Site

from home.models import (
    AccessibilityStatementPage,
    ChildrenPage,
    ContentPage,
    DocumentsPage,
    FAQPage,
    HistoryPage,
    HomePage,
    JobsPage,
    PartnersPage,
    SectionPage,
    ServicePage,
)


def make_site(languages=("az", "ru", "en")) -> dict[str, HomePage]:
    """Replace Wagtail's welcome page by home pages that are translations of each other; {language: page}."""
    root = Page.objects.get(depth=1)
    homes: dict[str, HomePage] = {}
    for code in languages:
        locale, _created = Locale.objects.get_or_create(language_code=code)
        home = HomePage(title=f"Home {code}", slug=f"home-{code}", locale=locale)
        if homes:
            home.translation_key = next(iter(homes.values())).translation_key
        homes[code] = root.add_child(instance=home)
    site = Site.objects.get(is_default_site=True)
    welcome, site.root_page = site.root_page, homes[settings.LANGUAGE_CODE]
    site.save()
    welcome.specific.delete()
    return homes


def make_page(parent: Page, title: str, *, kind: type = ContentPage, **fields) -> ContentPage | SectionPage:
    """Add a published page below `parent`, in its language."""
    return parent.add_child(instance=kind(title=title, locale=parent.locale, **fields))


def _stream(kind: str, *values: dict) -> str:
    """A stream of blocks of one kind, as it is stored."""
    return json.dumps([{"type": kind, "value": value} for value in values])


def make_service(parent: Page, title: str = "Books brought home", **fields) -> ServicePage:
    """A free service; `branches=[…]` makes it one of these libraries only."""
    branches = fields.pop("branches", [])
    fields = {"kind": "home", "who_for": "Readers at home", "everywhere": not branches} | fields
    fields["facts"] = fields.get("facts") or _stream("fact", {"name": "At most", "value": "5 books"})
    page = parent.add_child(instance=ServicePage(title=title, locale=parent.locale, **fields))
    if branches:
        page.branches.set(branches)
        page.save()
    return page


def make_history(parent: Page, *years: int, **fields) -> HistoryPage:
    """A history with an event for each year."""
    entries = [{"year": year, "title": f"Event of {year}", "text": "<p>What happened.</p>"} for year in years]
    director = _stream("director", {"years": "1949–1962", "name": "First head"})
    fields = {"timeline": _stream("entry", *entries), "directors": director} | fields
    return make_page(parent, "History", kind=HistoryPage, **fields)


def make_vacancies(parent: Page, *posts: dict, **fields) -> JobsPage:
    """A page of jobs; each post needs a title."""
    values = [{"text": "<p>Work with books.</p>"} | post for post in posts]
    return make_page(parent, "Jobs", kind=JobsPage, vacancies=_stream("vacancy", *values), **fields)


def make_faq(parent: Page, groups: dict[str, list[tuple[str, str]]], **fields) -> FAQPage:
    """Questions by subject: {subject: [(question, answer)]}."""
    values = [
        {"title": title, "questions": [{"question": q, "answer": f"<p>{a}</p>"} for q, a in entries]}
        for title, entries in groups.items()
    ]
    return make_page(parent, "Questions", kind=FAQPage, questions=_stream("group", *values), **fields)


def make_partners(parent: Page, *partners: dict, **fields) -> PartnersPage:
    """Partners; each needs a name and a kind."""
    return make_page(parent, "Partners", kind=PartnersPage, partners=_stream("partner", *partners), **fields)


def make_documents(parent: Page, *blocks: tuple[str, dict | None], **fields) -> DocumentsPage:
    """A page of documents from (kind of block, value)."""
    body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    return make_page(parent, "Documents", kind=DocumentsPage, body=body, **fields)


def make_statement(parent: Page, *gaps: dict, **fields) -> AccessibilityStatementPage:
    """An accessibility statement with its gaps."""
    return make_page(
        parent, "Accessibility", kind=AccessibilityStatementPage, gaps=_stream("gap", *gaps), **fields
    )


def make_childrens_corner(parent: Page, *links: dict, **fields) -> ChildrenPage:
    """A children's corner with large links."""
    return make_page(parent, "For children", kind=ChildrenPage, links=_stream("link", *links), **fields)
