from django.core.management.base import BaseCommand
from django.utils import timezone

from library.countries import LANGUAGES
from library.holidays import propose_holidays


class Command(BaseCommand):
    help = "Enter a country's public holidays for this year and the next ones, for staff to confirm."

    def add_arguments(self, parser):
        parser.add_argument("country", choices=sorted(LANGUAGES), help="ISO code of the country")
        parser.add_argument(
            "--years", type=int, default=2, help="how many years, this one included (default 2)"
        )

    def handle(self, *, country, years, **options):
        this_year = timezone.localdate().year
        made = propose_holidays(country=country, years=range(this_year, this_year + max(years, 1)))
        self.stdout.write(f"{made} holidays entered; confirm them in the admin under Library system.")
