"""What editors put on the home page from the lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalog_pages.models import ListPage


class ListOfBooksBlock(blocks.StructBlock):
    """The first books of a list as a shelf, with the way to the whole list."""

    list_page = blocks.PageChooserBlock(label=_("List"), page_type="catalog_pages.ListPage")
    title = blocks.CharBlock(label=_("Another title"), required=False, max_length=120)
    number = blocks.IntegerBlock(label=_("How many"), default=8, min_value=3, max_value=16)

    class Meta:
        icon = "list-ul"
        label = _("List of books")
        group = _("Catalogue")
        description = _("The first books of a list that librarians have put together.")
        template = "catalog_pages/lists/block.html"

    def get_preview_value(self) -> Any:
        """The newest list, where there is one."""
        newest = ListPage.objects.live().order_by("-pk").first()
        return self.normalize({"list_page": newest, "title": "", "number": 4})

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict[str, Any]:
        """The records are those of the list now; a list that is not published shows nothing."""
        context = super().get_context(value, parent_context=parent_context)
        page = value.get("list_page")
        if page is None or not page.live:
            return {**context, "records": []}
        chosen = page.specific
        return {**context, "list": chosen, "records": chosen.records(value["number"])}
