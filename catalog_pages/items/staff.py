"""What the staff pages of copies, the register and periodicals have in common."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from library.models import Branch, User
from library.permissions import NotYourBranch, works_for

VIEW, ADD, CHANGE = (f"catalog_pages.{action}_item" for action in ("view", "add", "change"))
DELETE = "catalog_pages.delete_item"
ANY_ITEM = (VIEW, ADD, CHANGE, DELETE)


class StaffPage(WagtailAdminTemplateMixin, TemplateView):
    """A page for those who hold one of ``rights``; ``parents`` are the pages above it: address name and label."""

    rights: tuple[str, ...] = ()
    parents: tuple[tuple[str, str | Promise], ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not any(request.user.has_perm(right) for right in self.rights):
            raise PermissionDenied
        self.prepare(request, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find what the page is about; whoever has no right to it is stopped here."""

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = [{"url": reverse(name), "label": str(label)} for name, label in self.parents]
        here = {"url": "", "label": str(self.get_page_title()), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *above, here]

    def demand(self, right: str, branch: Branch | None = None) -> None:
        """Raise where the person may not do this, or not in this library."""
        user = self.request.user
        if not user.has_perm(right):
            raise PermissionDenied
        if branch is not None and not works_for(user, branch):
            raise NotYourBranch(user, branch)

    def again(self, status: int = 422, **context: Any) -> HttpResponseBase:
        """The page once more, with what is wrong."""
        return self.render_to_response(self.get_context_data(**context), status=status)


def own_branch(user: User) -> Branch | None:
    """The library a form begins with: the first of one's own."""
    return Branch.objects.filter(pk__in=user.branch_ids).first() if user.branch_ids else None


def number_of(text: str) -> int | None:
    """A primary key typed into an address; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
