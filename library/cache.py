"""The shared cache's table: there before anything that a migration saves wants to drop an old entry."""

from typing import Any

from django.core.management import call_command
from django.db import connections


def create_cache_table(**_kwargs: Any) -> None:
    """Create the table of the database cache where it is missing; called before every migration."""
    # The tables of every cache in the settings.
    database = "cache" if "cache" in connections else "default"
    call_command("createcachetable", database=database, verbosity=0)
