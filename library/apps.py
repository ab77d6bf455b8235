from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class LibraryConfig(AppConfig):
    default = True
    name = "library"
    verbose_name = _("Library system")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from library import following, signals
        from library.cache import create_cache_table
        from library.files import access
        from library.locales import create_content_locales
        from library.permissions import register_policies
        from library.statistics import searches

        connection_created.connect(following.connect, dispatch_uid="library-following")
        register_policies()
        access.connect()
        signals.connect()
        searches.connect()
        pre_migrate.connect(create_cache_table, sender=self, dispatch_uid="library-cache")
        post_migrate.connect(create_content_locales, sender=self, dispatch_uid="library-locales")


class StaffAccountsConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, with the libraries a person works for."""

    default = False
    user_viewset = "library.accounts.StaffAccountViewSet"
