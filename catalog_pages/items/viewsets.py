"""Staff pages of the number series: few rows, so Wagtail's own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from catalog_pages.models import NumberSeries
from library.editing import SeenVersionForm
from library.permissions import EVERY_BRANCH, editable_branches


class NumberSeriesForm(SeenVersionForm):
    """A series of one's own library; only who edits every library makes one for all of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user:
            self.fields["branch"].queryset = editable_branches(self.for_user)
            self.fields["branch"].required = not self.for_user.has_perm(EVERY_BRANCH)


class NumberSeriesViewSet(SnippetViewSet):
    model = NumberSeries
    icon = "order"
    menu_label = _("Number series")
    menu_order = 290
    menu_hook = "register_catalogue_menu_item"
    list_display = ["get_kind_display", "branch", "get_store_display", "prefix", "last"]
    list_filter = ["kind"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("kind", "branch", "store", "prefix", "digits", "last")],
        base_form_class=NumberSeriesForm,
    )
