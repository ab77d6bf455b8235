"""Blocks that show what was chosen elsewhere: pages, people, libraries, records.

What was chosen may be deleted, unpublished or hidden later. Readers then see the block without it; staff read in the
preview that something is left out, and are told which when they publish.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Locale, Page


class ChosenBlock(blocks.StructBlock):
    """A block with a list of chosen objects, named by `chosen_in`. `is_shown` says what readers may see."""

    chosen_in = "chosen"

    def is_shown(self, chosen: Any) -> bool:
        """Whether readers may see an object; a subclass asks more."""
        return chosen is not None

    def split(self, value: Mapping[str, Any]) -> tuple[list[Any], int]:
        """What of the chosen is shown, and how many are left out."""
        chosen = list(value.get(self.chosen_in) or [])
        shown = [one for one in chosen if self.is_shown(one)]
        return shown, len(chosen) - len(shown)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With `shown`, and in previews with `left_out`."""
        shown, left_out = self.split(value)
        return {
            **super().get_context(value, parent_context=parent_context),
            "shown": shown,
            "left_out": left_out if is_preview(parent_context) else 0,
        }

    def clean(self, value: Any) -> Any:
        """Refuse to publish what readers could not see; a draft may hold it."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        hidden = {
            index: ValidationError(_("Readers cannot see this any more. Choose another, or take it out."))
            for index, one in enumerate(cleaned[self.chosen_in])
            if not self.is_shown(one)
        }
        if hidden:
            raise StructBlockValidationError({self.chosen_in: ListBlockValidationError(block_errors=hidden)})
        return cleaned


def is_preview(parent_context: Any) -> bool:
    """Whether staff look at a draft."""
    request = (parent_context or {}).get("request")
    return bool(getattr(request, "is_preview", False))


def in_readers_language(pages: Iterable[Page]) -> list[Page]:
    """Each page in its translation into the reader's language where there is a published one; one query for all.

    Pages that are not published themselves stay as they are: the caller leaves them out.
    """
    pages = list(pages)
    if not pages:
        return []
    locale = Locale.get_active()
    keys = {page.translation_key for page in pages if page.locale_id != locale.pk}
    if not keys:
        return pages
    model = type(pages[0]) if len({type(page) for page in pages}) == 1 else Page
    found = model.objects.live().filter(locale=locale, translation_key__in=keys)
    translations = {page.translation_key: page for page in found}
    return [
        page if page.locale_id == locale.pk else translations.get(page.translation_key, page)
        for page in pages
    ]
