"""What every page of the site has in common."""

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page


class BasePage(Page):
    """What every page of the site has. Abstract: each page type keeps a table of its own."""

    class Meta:
        abstract = True

    def get_url_parts(self, request=None):
        """Keep the reader's interface language where the library writes no content in it.

        A Kazakh interface on a site written in Azerbaijani shows the Azerbaijani page under /kk/, so that following
        a link does not change the language of everything else.
        """
        parts = super().get_url_parts(request)
        language = get_language()
        if parts is None or not parts[2] or language in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
            return parts
        site_id, root_url, path = parts
        own = f"/{self.locale.language_code}/"
        if self.locale.language_code == settings.LANGUAGE_CODE and path.startswith(own):
            path = f"/{language}/" + path.removeprefix(own)
        return site_id, root_url, path
