"""Press kits, newsletters and yearly reports for tests, and figures to show."""

import io
import json
from datetime import date

import factory
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
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
from library.models import DailyCount, PortalDocument, PortalImage
from tests.factories.home import make_page


class PictureFactory(factory.django.DjangoModelFactory):
    """A small picture in one colour."""

    class Meta:
        model = PortalImage

    title = factory.Sequence(lambda n: f"Picture {n}")
    credit = "Department of local history"

    @factory.lazy_attribute
    def file(self):
        buffer = io.BytesIO()
        Image.new("RGB", (60, 40), "teal").save(buffer, "PNG")
        return ImageFile(io.BytesIO(buffer.getvalue()), name=f"{self.title}.png")


class DocumentFactory(factory.django.DjangoModelFactory):
    """A file that begins like a PDF; nothing here looks inside."""

    class Meta:
        model = PortalDocument

    title = factory.Sequence(lambda n: f"Document {n}")
    file = factory.LazyAttribute(lambda one: ContentFile(b"%PDF-1.4 " + b"x" * 500, name=f"{one.title}.pdf"))


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
