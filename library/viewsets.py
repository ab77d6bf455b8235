"""Staff views of the library room that differ from Wagtail's own."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import EditView


class BranchEditView(EditView):
    """A branch's form, with the way to its week."""

    @property
    def header_more_buttons(self) -> list[Button]:
        address = reverse("timetable:week", args=[self.object.code])
        return [
            *super().header_more_buttons,
            Button(_("Opening hours"), url=address, icon_name="time", priority=5),
        ]
