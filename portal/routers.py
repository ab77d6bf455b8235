"""Where tables go: the cache has a database file of its own when SQLite is used."""

from django.conf import settings


class CacheRouter:
    """Sends the cache table, and nothing else, to the database named "cache" when there is one."""

    def db_for_read(self, model, **hints):
        if model._meta.app_label == "django_cache" and "cache" in settings.DATABASES:
            return "cache"
        return None

    db_for_write = db_for_read

    def allow_migrate(self, db, app_label, **hints):
        if "cache" not in settings.DATABASES:
            return None
        return (db == "cache") == (app_label == "django_cache")
