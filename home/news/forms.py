"""The form of a news item."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class NewsPageForm(WagtailAdminPageForm):
    """Asks for the picture's words and for a sensible day only when the news is to be published."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        picture = cleaned.get("picture")
        if picture and not (
            cleaned.get("picture_is_decoration")
            or (cleaned.get("picture_text") or "").strip()
            or picture.description
        ):
            self.add_error(
                "picture_text",
                _("Say what is on the picture, or tick that it is only decoration."),
            )
        self._check_day(cleaned)
        return cleaned

    def _check_day(self, cleaned: dict[str, Any]) -> None:
        day, starts = cleaned.get("date"), cleaned.get("go_live_at")
        latest = max(timezone.localdate(), timezone.localdate(starts)) if starts else timezone.localdate()
        if day and day > latest:
            self.add_error(
                "date", _("This day is still to come. To publish later, set a time under Status › Schedule.")
            )
