"""Public holidays of a country, proposed year by year; staff confirm what the state announces."""

from collections.abc import Iterable
from datetime import date, timedelta

import holidays as calendar_of_states
from django.db import transaction
from django.utils import timezone

from library.countries import LANGUAGES
from library.models import PublicHoliday, SystemSettings


class UnknownCountry(ValueError):
    """No holidays are known for the country."""


@transaction.atomic
def propose_holidays(*, country: str, years: Iterable[int]) -> int:
    """Enter the holidays of these years that are not entered yet; returns how many entries were made.

    Moon-dated and moved ones are calculated, so every entry is marked as not yet confirmed. Days that an entry
    covers already are left as staff made them. Raises UnknownCountry.
    """
    if country not in LANGUAGES:
        raise UnknownCountry(f"{country!r} is not one of {', '.join(LANGUAGES)}")
    years = sorted(years)
    covered = _covered_days(years)
    entries = [
        PublicHoliday(name=names, first_day=first, last_day=last, is_proposed=True)
        for names, first, last in _stretches(_days(country, years))
        if first not in covered
    ]
    PublicHoliday.objects.bulk_create(entries)
    return len(entries)


def propose_coming_holidays(today: date | None = None) -> int:
    """Propose this year's and the next year's holidays of the library's country, once; how many entries were made.

    A year in which a dated holiday stands is the staff's: what they took away does not come back.
    """
    country = SystemSettings.objects.exclude(country="").values_list("country", flat=True).first()
    if country is None:
        return 0
    year = (today or timezone.localdate()).year
    known = PublicHoliday.objects.filter(every_year=False, first_day__year__in=(year, year + 1))
    taken = {day.year for day in known.values_list("first_day", flat=True)}
    wanted = {year, year + 1} - taken
    return propose_holidays(country=country, years=wanted) if wanted else 0


def _days(country: str, years: list[int]) -> dict[date, dict[str, str]]:
    own = LANGUAGES[country]
    found = {
        code: calendar_of_states.country_holidays(country, years=years, language=tongue)
        for code, tongue in ((own, own), ("en", "en_US"))
    }
    return {day: {code: names[day] for code, names in found.items()} for day in sorted(found[own])}


def _stretches(days: dict[date, dict[str, str]]) -> Iterable[tuple[dict[str, str], date, date]]:
    """Days of one name that follow each other, as (names, first, last)."""
    first = last = None
    names: dict[str, str] = {}
    for day, day_names in days.items():
        if last and day == last + timedelta(days=1) and day_names == names:
            last = day
            continue
        if first and last:
            yield names, first, last
        names, first, last = day_names, day, day
    if first and last:
        yield names, first, last


def _covered_days(years: list[int]) -> set[date]:
    rows = PublicHoliday.objects.filter(
        first_day__year__lte=years[-1], last_day__year__gte=years[0], every_year=False
    )
    return {
        row.first_day + timedelta(days=n)
        for row in rows
        for n in range((row.last_day - row.first_day).days + 1)
    }
