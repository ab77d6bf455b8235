"""Documents: rules, forms, brochures that readers download."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from library.files.storage import private_storage


class PortalDocument(AbstractDocument):
    """A document; its collection says who may read it, so its file lies outside the public folder."""

    file = models.FileField(_("file"), upload_to="documents", storage=private_storage)
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_portaldocument", "Can choose document")]
