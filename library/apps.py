from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = _("Library system")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from library.locales import create_content_locales

        post_migrate.connect(create_content_locales, sender=self, dispatch_uid="library-locales")
