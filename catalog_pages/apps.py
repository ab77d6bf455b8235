from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogPagesConfig(AppConfig):
    name = "catalog_pages"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from catalog_pages import signals  # noqa: F401
        from catalog_pages.e_resources import signals as e_resource_signals

        e_resource_signals.connect()
