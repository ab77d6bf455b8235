"""What every page of the site has in common."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page

from library.previews import LANGUAGE_MODE, in_preview_language, language_modes


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

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The page as it is, and as readers of the other interface languages see it."""
        return [*super().preview_modes, *language_modes(self.locale.language_code)]

    def serve_preview(self, request: HttpRequest, mode_name: str | None) -> HttpResponse:
        mode, sign, language = (mode_name or "").rpartition(LANGUAGE_MODE)
        with in_preview_language(request, language if sign else self.locale.language_code):
            response = super().serve_preview(request, mode if sign else mode_name)
            # Rendered here, since the language ends with the block.
            return response.render() if hasattr(response, "render") else response

    @property
    def content_language(self) -> str:
        """The language its words are really in: an alias shows the words of the page it stands for."""
        source = self
        while source.alias_of_id:
            source = source.alias_of
        return source.locale.language_code

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With ``foreign_language``, code and name, where the words are not in the reader's language."""
        context = super().get_context(request, *args, **kwargs)
        language = self.content_language
        if language != get_language():
            context["foreign_language"] = (language, dict(settings.LANGUAGES)[language])
        return context
