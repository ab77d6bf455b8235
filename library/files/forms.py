"""Wagtail's upload forms with the checks of ours."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from library.files.checks import Rules, check_upload


class PictureField(WagtailImageField):
    """A picture that can be decoded to the end."""

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return super().to_python(data)
        check_upload(data, Rules.for_pictures())
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:
            # Wagtail asks its libraries for size and frames, outside any guard.
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class DocumentField(WagtailDocumentField):
    def to_python(self, data: Any) -> Any:
        if data not in self.empty_values:
            check_upload(data, Rules.for_documents())
        return super().to_python(data)


class PictureForm(BaseImageForm):
    file = PictureField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])


class DocumentForm(BaseDocumentForm):
    file = DocumentField(label=_("File"), widget=BaseDocumentForm.Meta.widgets["file"])
