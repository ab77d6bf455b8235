from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogPagesConfig(AppConfig):
    name = "catalog_pages"
    verbose_name = _("Catalogue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_migrate, post_save
        from wagtail.permissions import register_permission_policy

        from catalog_pages import signals  # noqa: F401
        from catalog_pages.class_schemes import keeping
        from catalog_pages.e_resources import signals as e_resource_signals
        from catalog_pages.models import CallNumberRule, ClassRange, NumberSeries
        from library.permissions import BranchPermissionPolicy

        for model in (CallNumberRule, NumberSeries):
            register_permission_policy(model, BranchPermissionPolicy(model))
        post_migrate.connect(keeping.after_migrate, sender=self, dispatch_uid="class-schemes")
        for signal in (post_save, post_delete):
            signal.connect(keeping.ranges_changed, sender=ClassRange, dispatch_uid="class-ranges")
        e_resource_signals.connect()
