"""Class schemes and rules for call numbers in the administration."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from catalog_pages.models import CallNumberRule, Classification, ClassRange
from library.editing import SeenVersionForm
from library.permissions import EVERY_BRANCH, editable_branches

MENU = "register_catalogue_menu_item"


def _form(*fields: str) -> ObjectList:
    return ObjectList([FieldPanel(name) for name in fields], base_form_class=SeenVersionForm)


class CallNumberRuleForm(SeenVersionForm):
    """A rule of one of one's own libraries; only who edits every library makes that for all of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user:
            self.fields["branch"].queryset = editable_branches(self.for_user)
            self.fields["branch"].required = not self.for_user.has_perm(EVERY_BRANCH)


class ClassificationViewSet(SnippetViewSet):
    """The schemes and what readers see of their names."""

    model = Classification
    icon = "list-ol"
    list_display = ["__str__", "code"]
    edit_handler = _form("code", "name")
    menu_label = _("Class schemes")
    menu_order = 700
    menu_hook = MENU
    add_to_admin_menu = True


class ClassRangeViewSet(SnippetViewSet):
    """Which numbers get which colour of label."""

    model = ClassRange
    icon = "tag"
    list_display = ["beginning", "scheme", "get_colour_display"]
    list_filter = ["scheme", "colour"]
    list_per_page = 100
    search_fields = ["beginning"]
    search_backend_name = None
    edit_handler = _form("scheme", "beginning", "colour", "name")
    menu_label = _("Label colours of classes")
    menu_order = 710
    menu_hook = MENU
    add_to_admin_menu = True


class CallNumberRuleViewSet(SnippetViewSet):
    """How call numbers are proposed, in all libraries and in single ones."""

    model = CallNumberRule
    icon = "edit"
    list_display = ["__str__", "pattern", "marks"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("branch", "pattern", "marks")], base_form_class=CallNumberRuleForm
    )
    menu_label = _("Rules for call numbers")
    menu_order = 720
    menu_hook = MENU
    add_to_admin_menu = True
