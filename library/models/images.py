"""Pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from library.files.metadata import PublicFilter


class PortalImage(AbstractImage):
    """A picture; its alternative text is asked for where it is used, its credit here."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)
    admin_form_fields = (*Image.admin_form_fields, "credit")

    def generate_rendition_file(self, filter: Filter, *, source=None):
        """Renditions are public: they carry neither place nor camera."""
        return super().generate_rendition_file(PublicFilter(filter.spec), source=source)


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]
