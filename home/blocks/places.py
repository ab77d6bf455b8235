"""Libraries and people."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks.chosen import ChosenBlock, is_preview
from home.blocks.groups import LIBRARY
from home.branch_map import draw_branches
from library.calendar import hours_today
from library.models import Branch, StaffMember


class PeopleBlock(ChosenBlock):
    """Members of staff whom readers may turn to."""

    chosen_in = "people"
    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    people = blocks.ListBlock(
        SnippetChooserBlock(StaffMember, label=gettext_lazy("Member of staff")),
        label=gettext_lazy("People"),
        min_num=1,
        max_num=20,
    )

    class Meta:
        icon = "group"
        label = gettext_lazy("People")
        group = LIBRARY
        template = "home/blocks/people.html"
        description = gettext_lazy(
            "Members of staff with role, telephone and e-mail, as the staff list has them."
        )

    def is_shown(self, chosen: Any) -> bool:
        return chosen is not None and chosen.show_on_site

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        prefetch_related_objects(context["shown"], "photograph__renditions")
        return context

    def get_preview_value(self) -> Any:
        people = list(StaffMember.objects.filter(show_on_site=True)[:2])
        return self.normalize({"title": "", "people": people})


class BranchListBlock(ChosenBlock):
    """Libraries with today's hours: chosen one by one, or all of a kind."""

    chosen_in = "branches"
    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    kind = blocks.ChoiceBlock(
        label=gettext_lazy("All libraries of a kind"), required=False,
        choices=[("all", gettext_lazy("All libraries")), *Branch.Kind.choices],
        help_text=gettext_lazy("New ones join by themselves."),
    )  # fmt: skip
    branches = blocks.ListBlock(
        SnippetChooserBlock(Branch, label=gettext_lazy("Library")),
        label=gettext_lazy("or these libraries"),
        default=[],
        max_num=70,
    )

    class Meta:
        icon = "home"
        label = gettext_lazy("Libraries")
        group = LIBRARY
        template = "home/blocks/branch_list.html"
        description = gettext_lazy("Libraries with address and today's hours.")

    def is_shown(self, chosen: Any) -> bool:
        return chosen is not None and chosen.is_active

    def split(self, value: Any) -> tuple[list[Any], int]:
        if kind := value.get("kind"):
            branches = Branch.objects.on_site()
            return list(branches if kind == "all" else branches.filter(kind=kind)), 0
        return super().split(value)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        if shown := context["shown"]:
            hours = hours_today(shown)
            for branch in shown:
                branch.today = hours[branch.pk]
        return context

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned.get("kind") and not len(cleaned["branches"]):
            raise blocks.StructBlockValidationError({"kind": ValidationError(_("Choose libraries."))})
        return cleaned

    def get_preview_value(self) -> Any:
        return self.normalize({"title": "", "kind": "", "branches": list(Branch.objects.on_site()[:3])})


@dataclass(slots=True)
class Place:
    """A point on the map that is no library; map and templates ask it what they ask a library."""

    name: str
    latitude: float
    longitude: float
    pk: int = 0
    kind: str = ""

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"geo:{self.latitude},{self.longitude}"


class MapBlock(blocks.StructBlock):
    """Where something is: one library, or a point, among all libraries. Drawn by us, asks no other site."""

    title = blocks.CharBlock(label=gettext_lazy("Title"), required=False, max_length=120)
    branch = SnippetChooserBlock(Branch, label=gettext_lazy("Library"), required=False)
    name = blocks.CharBlock(label=gettext_lazy("or a place"), required=False, max_length=120)
    latitude = blocks.FloatBlock(label=gettext_lazy("Latitude"), required=False, min_value=-90, max_value=90)
    longitude = blocks.FloatBlock(
        label=gettext_lazy("Longitude"), required=False, min_value=-180, max_value=180
    )
    text = blocks.TextBlock(label=gettext_lazy("How to get there"), required=False, max_length=400, rows=2)

    class Meta:
        icon = "site"
        label = gettext_lazy("Map")
        group = LIBRARY
        template = "home/blocks/map.html"
        description = gettext_lazy("Where a library or another place is, drawn among all libraries.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With `place` and the `map` that marks it; `left_out` in previews when there is no such place any more."""
        context = super().get_context(value, parent_context=parent_context)
        place = self._place(value)
        if place is None:
            return {**context, "place": None, "left_out": int(is_preview(parent_context))}
        branches = list(Branch.objects.on_site())
        if isinstance(place, Place):
            branches.append(place)
        is_placed = place.latitude is not None
        return {**context, "place": place, "branch": place, "is_placed": is_placed,
                "map": draw_branches(branches) if is_placed else None}  # fmt: skip

    def _place(self, value: Any) -> Branch | Place | None:
        branch = value.get("branch")
        if branch is not None:
            return branch if branch.is_active else None
        if value.get("latitude") is None or value.get("longitude") is None:
            return None
        return Place(value.get("name") or value.get("title") or "", value["latitude"], value["longitude"])

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {}
        if branch := cleaned.get("branch"):
            if not branch.is_active:
                errors["branch"] = ValidationError(
                    _("Readers cannot see this any more. Choose another, or take it out.")
                )
        elif cleaned.get("latitude") is None or cleaned.get("longitude") is None:
            errors["branch"] = ValidationError(_("Choose a library, or give latitude and longitude."))
        elif not cleaned.get("name"):
            errors["name"] = ValidationError(_("Say what is there."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned

    def get_preview_value(self) -> Any:
        branch = Branch.objects.on_site().exclude(latitude=None).first()
        return self.normalize({"title": "", "branch": branch, "text": ""})
