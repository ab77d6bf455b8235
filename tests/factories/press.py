"""Press kits, newsletters and yearly reports for tests, and figures to show."""

import json
from datetime import date

from wagtail.models import Page

from home.models import (
    NewsletterIndexPage,
    NewsletterPage,
    PressBrochure,
    PressKitPage,
    PressLogo,
    PressPhotograph,
    StatisticsPage,
    YearlyReportIndexPage,
    YearlyReportPage,
)
from library.models import DailyCount
from tests.factories.home import make_page


def make_press_kit(parent: Page, *, logos=(), photographs=(), brochures=(), **fields) -> PressKitPage:
    """A press kit from dictionaries of the fields of its rows."""
    page = PressKitPage(title="For the press", slug="press", locale=parent.locale, **fields)
    page.logos = [PressLogo(**({"title": "Logo"} | row)) for row in logos]
    page.photographs = [
        PressPhotograph(**({"title": "Reading room", "alternative_text": "Tables by the window"} | row))
        for row in photographs
    ]
    page.brochures = [PressBrochure(**row) for row in brochures]
    return parent.add_child(instance=page)


def make_newsletters(parent: Page, *days: date, **fields) -> NewsletterIndexPage:
    """A list of newsletters with an issue of each day."""
    index = make_page(parent, "Newsletters", kind=NewsletterIndexPage)
    for number, day in enumerate(days, start=1):
        make_page(
            index, f"Letter {number}", kind=NewsletterPage, date=day, issue=f"No. {number}",
            intro=f"Summary {number}", **fields,
        )  # fmt: skip
    return index


def make_statistics(parent: Page) -> StatisticsPage:
    """The page of statistics."""
    return make_page(parent, "Statistics", kind=StatisticsPage)


def make_report(parent: Page, year: int, *figures: tuple[str, dict], **fields) -> YearlyReportPage:
    """A yearly report in a list of its own; `figures` are (kind of block, value)."""
    index = YearlyReportIndexPage.objects.child_of(parent).first() or make_page(
        parent, "Yearly reports", kind=YearlyReportIndexPage
    )
    blocks = json.dumps([{"type": kind, "value": value} for kind, value in figures])
    return make_page(index, f"Report {year}", kind=YearlyReportPage, year=year, figures=blocks, **fields)


def make_counts(name: str, numbers: dict[tuple[date, object], int], kind: str = "") -> None:
    """Counts of days: {(day, branch or None): number}."""
    DailyCount.objects.bulk_create(
        DailyCount(day=day, name=name, branch=branch, kind=kind, count=number)
        for (day, branch), number in numbers.items()
    )
