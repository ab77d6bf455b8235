"""The history of the library as a timeline, with those who led it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.blocks import ContentStream
from home.blocks.streams import BlocksInCode
from home.blocks.timeline import DIRECTOR_BLOCKS, TIMELINE_BLOCKS
from home.models.base import FooterPage
from home.models.standing import StandingPage

MANY_EVENTS = 8  # from so many on, decades can be jumped to
DECADE = 10


class HistoryPage(StandingPage):
    """What happened when, in the order of years."""

    template = "home/history_page.html"
    page_description = _("A timeline of the library, and those who led it.")

    body = ContentStream()
    timeline = BlocksInCode(
        TIMELINE_BLOCKS, blank=True, verbose_name=_("timeline"),
        help_text=_("In any order: the page puts it in order by year."),
    )  # fmt: skip
    directors = BlocksInCode(DIRECTOR_BLOCKS, blank=True, verbose_name=_("heads of the library"))

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("body"),
        FieldPanel("timeline"),
        FieldPanel("directors"),
    ]

    class Meta:
        verbose_name = _("history")

    def begin(self, choice: str = "") -> None:
        self.title = _now("Our history")
        self.intro = _now("From the first reading room to the library of today.")

    def events(self) -> list[dict[str, Any]]:
        """The entries by year, those of one year in the order staff gave them."""
        return sorted((block.value for block in self.timeline), key=lambda entry: entry.get("year") or 0)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        events, seen = [], set()
        for entry in self.events():
            decade = (entry.get("year") or 0) // DECADE * DECADE
            # The first event of a decade is where its link leads.
            events.append((entry, "" if decade in seen else f"y{decade}"))
            seen.add(decade)
        context["events"] = events
        context["decades"] = sorted(seen) if len(events) >= MANY_EVENTS else []
        return context
