"""Loading a demo library: its branches, hours and departments, from the profile's tables."""

import csv
import json
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from library.holidays import propose_holidays
from library.models import Branch, Department, OpeningHours, PublicHoliday, SystemSettings

LANGUAGES = ("az", "kk", "ka", "uz", "tr", "ru", "en")


@dataclass(frozen=True, slots=True)
class DemoProfile:
    """A library system to try the portal on: `directory` holds its tables (see README.md there)."""

    name: str
    directory: Path

    def rows(self, table: str) -> list[dict[str, str]]:
        """The rows of `table`.tsv as dictionaries; [] when the profile has no such table."""
        path = self.directory / f"{table}.tsv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    def document(self, name: str) -> dict:
        """The content of `name`.json; {} when the profile has none."""
        path = self.directory / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@transaction.atomic
def load_library(profile: DemoProfile) -> None:
    """Create what is missing; what is there is left as staff have made it. Loading twice changes nothing."""
    for position, row in enumerate(profile.rows("libraries")):
        _load_branch(row, position)
    for position, row in enumerate(profile.rows("departments")):
        name = _languages(row, "name")
        if not Department.objects.filter(branch=None, name=name).exists():
            Department.objects.create(name=name, about=_languages(row, "about"), position=position)
    system = profile.document("system")
    _load_settings(system)
    if system.get("country") and not PublicHoliday.objects.exists():
        this_year = timezone.localdate().year
        propose_holidays(country=system["country"], years=[this_year, this_year + 1])


def _load_branch(row: dict[str, str], position: int) -> None:
    branch, created = Branch.objects.get_or_create(
        code=row["code"],
        defaults={
            "name": _languages(row, "name"),
            "kind": row["kind"],
            "place": _languages(row, "village") or _own_language(row.get("village")),
            "latitude": row["latitude"] or None,
            "longitude": row["longitude"] or None,
            "staff_count": int(row["staff"]) if row["staff"] else None,
            "accessibility": [code for code in row["accessibility"].split(",") if code],
            "has_childrens_room": row["childrens_room"] == "1",
            "has_internet": row["internet"] == "1",
            "has_coworking": row.get("coworking") == "1",
            "position": position,
            "is_demo": True,
        },
    )
    if created:
        OpeningHours.objects.bulk_create(_hours(branch, row))


def _hours(branch: Branch, row: dict[str, str]) -> list[OpeningHours]:
    """The week of a row: `weekdays` like "1-6" (Monday is 1), `lunch` like "13:00-14:00" or empty."""
    first, _, last = row["weekdays"].partition("-")
    spans = [(row["opens"], row["closes"])]
    if row["lunch"]:
        begins, ends = row["lunch"].split("-")
        spans = [(row["opens"], begins), (ends, row["closes"])]
    return [
        OpeningHours(
            branch=branch, weekday=day - 1, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes)
        )
        for day in range(int(first), int(last or first) + 1)
        for opens, closes in spans
    ]


def _load_settings(system: dict) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if not system or site is None:
        return
    settings = SystemSettings.for_site(site)
    if settings.system_name:
        return
    settings.system_name = system["system_name"]
    settings.short_name = system.get("short_name", "")
    settings.founded = system.get("founded")
    settings.country = system.get("country", "")
    settings.accent = system.get("accent", settings.accent)
    settings.second = system.get("second", settings.second)
    settings.demo_notice = system.get("demo_notice", {})
    settings.central_branch = Branch.objects.filter(kind=Branch.Kind.CENTRAL).first()
    settings.save()


def _languages(row: dict[str, str], column: str) -> dict[str, str]:
    return {code: row[f"{column}_{code}"] for code in LANGUAGES if row.get(f"{column}_{code}")}


def _own_language(text: str | None) -> dict[str, str]:
    return {django_settings.LANGUAGE_CODE: text} if text else {}
