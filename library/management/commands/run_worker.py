from django.core.management.base import BaseCommand

from library.worker import Worker


class Command(BaseCommand):
    help = "Run background jobs and keep the search index up to date, until stopped."

    def handle(self, **options):
        Worker().run()
