"""Parts of the form of a news item."""

from django.conf import settings
from wagtail.admin.panels import FieldPanel


class TelegramPanel(FieldPanel):
    """A field that is there only where the library has a channel in Telegram."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(settings.TELEGRAM_CHANNEL) and super().is_shown()
