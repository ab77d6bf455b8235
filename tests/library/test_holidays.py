from datetime import date, timedelta

import pytest
from django.core.management import call_command
from wagtail.models import Site

from library.countries import LANGUAGES
from library.holidays import UnknownCountry, propose_coming_holidays, propose_holidays
from library.models import PublicHoliday, SystemSettings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("AZ", date(2026, 3, 20), "Novruz"),
        ("AZ", date(2026, 5, 27), "Qurban"),  # moon-dated
        ("KZ", date(2026, 3, 21), "Наурыз"),
        ("GE", date(2026, 5, 26), "დამოუკიდებლობ"),
        ("UZ", date(2026, 9, 1), "Mustaqillik"),
        ("TR", date(2026, 10, 29), "Cumhuriyet"),
    ],
)
def test_the_holidays_of_each_country_are_known(country, day, name):
    propose_holidays(country=country, years=[2026])
    found = PublicHoliday.objects.filter(first_day__lte=day, last_day__gte=day)
    assert [name in holiday.name[LANGUAGES[country]] for holiday in found] == [True]
    assert found.get().is_proposed and found.get().name["en"]


def test_proposing_twice_enters_nothing_new_and_keeps_what_staff_wrote():
    propose_holidays(country="AZ", years=[2026])
    mine = PublicHoliday.objects.filter(first_day=date(2026, 5, 27))
    mine.update(name={"az": "Bizim ad"}, last_day=date(2026, 5, 27) + timedelta(3), is_proposed=False)
    count = PublicHoliday.objects.count()
    assert propose_holidays(country="AZ", years=[2026]) == 0
    assert PublicHoliday.objects.count() == count
    assert mine.get().name == {"az": "Bizim ad"}


def test_every_proposal_passes_the_checks_of_the_form():
    call_command("propose_holidays", "TR", years=3, verbosity=0)
    for holiday in PublicHoliday.objects.all():
        holiday.full_clean()


def test_another_country_is_refused():
    with pytest.raises(UnknownCountry):
        propose_holidays(country="XX", years=[2026])


class TestEveryYear:
    @pytest.fixture
    def library(self):
        settings = SystemSettings.for_site(Site.objects.get(is_default_site=True))
        settings.country = "KZ"
        settings.save()

    def test_the_next_year_is_proposed_by_itself(self, library):
        assert propose_coming_holidays(date(2026, 11, 1)) > 0
        years = {day.year for day in PublicHoliday.objects.values_list("first_day", flat=True)}
        assert years == {2026, 2027}
        assert propose_coming_holidays(date(2027, 1, 1)) > 0
        assert PublicHoliday.objects.filter(first_day__year=2028).exists()

    def test_what_staff_took_away_does_not_come_back(self, library):
        propose_coming_holidays(date(2026, 11, 1))
        PublicHoliday.objects.filter(first_day__year=2026).first().delete()
        assert propose_coming_holidays(date(2026, 11, 2)) == 0

    def test_without_a_country_nothing_is_proposed(self):
        assert propose_coming_holidays(date(2026, 11, 1)) == 0
