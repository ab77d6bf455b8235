"""Vacancies, which go by themselves when their deadline is past, and volunteering."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.blocks import ContentStream
from home.blocks.standing import VACANCY_BLOCKS
from home.blocks.streams import BlocksInCode
from home.models.base import FooterPage
from home.models.standing import StandingPage, first_blocks
from library.models import SystemSettings


class JobsPage(StandingPage):
    """Open posts, and how to help as a volunteer."""

    template = "home/jobs_page.html"
    page_description = _("Vacancies, which go by themselves after their deadline, and volunteering.")

    vacancies = BlocksInCode(VACANCY_BLOCKS, blank=True, verbose_name=_("vacancies"))
    volunteering = ContentStream(
        verbose_name=_("volunteering"), help_text=_("How to help without a post. May stay empty.")
    )
    body = ContentStream(verbose_name=_("how it is to work here"))

    content_panels = [
        *FooterPage.content_panels,
        FieldPanel("vacancies"),
        FieldPanel("volunteering"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("jobs and volunteering")

    def begin(self, choice: str = "") -> None:
        self.title = _now("Jobs and volunteering")
        words = _now("Read aloud to children, help at events, put old photographs in order.")
        self.volunteering = first_blocks(("paragraph", f"<p>{words}</p>"))

    def open_vacancies(self, at: date | None = None) -> list[Any]:
        """Those one can still apply for on a day (default: today), the nearest deadline first."""
        day = at or timezone.localdate()
        entries = [block.value for block in self.vacancies]
        running = [entry for entry in entries if entry.get("deadline") is None or entry["deadline"] >= day]
        return sorted(running, key=lambda entry: entry.get("deadline") or date.max)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "open_vacancies": self.open_vacancies()}

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """schema.org JobPosting, one for each open post whose day of announcement is known."""
        system = SystemSettings.for_request(request)
        return [
            self._posting(entry, str(system), str(self.get_full_url(request)))
            for entry in self.open_vacancies()
            if entry.get("posted")
        ]

    @staticmethod
    def _posting(entry: Any, library: str, url: str) -> dict[str, Any]:
        data = {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": entry["title"],
            "url": url,
            "description": strip_tags(entry["text"].source),
            "datePosted": entry["posted"].isoformat(),
            "hiringOrganization": {"@type": "Library", "name": library},
            "jobLocation": {"@type": "Place", "address": entry.get("place") or library},
        }
        if entry.get("deadline"):
            data["validThrough"] = entry["deadline"].isoformat()
        return data
