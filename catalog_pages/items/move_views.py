"""Staff pages of moves: sending, receiving, and what is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog_pages.items import moves
from catalog_pages.items.forms import ReceiveForm, SendForm
from catalog_pages.items.staff import ANY_ITEM, CHANGE, StaffPage, number_of
from catalog_pages.items.views import LIST, ScanPage
from catalog_pages.models import Item, ItemMove
from library.permissions import EVERY_BRANCH

ROWS = 50
MOVES = ("catalogue_items:moves", gettext_lazy("Under way"))
ACTIONS: dict[str, Callable[..., moves.Done]] = {
    "receive": moves.receive,
    "lose": moves.lose,
    "call_back": moves.call_back,
}


class SendPage(ScanPage):
    """Many copies are sent to one library."""

    page_title = gettext_lazy("Send to another library")
    header_icon = "arrow-right"
    form_class = SendForm
    button = gettext_lazy("Send")
    parents = (LIST, MOVES)

    def act(self, items: list[Item], data: dict[str, Any]) -> tuple[int, list[tuple[Item, str]]]:
        done = moves.send(items, to=data["to"], user=self.request.user)
        return len(done.items), done.refused


class ReceivePage(ScanPage):
    """Copies that came from another library."""

    page_title = gettext_lazy("Receive from another library")
    header_icon = "download"
    form_class = ReceiveForm
    button = gettext_lazy("Received")
    parents = (LIST, MOVES)

    def act(self, items: list[Item], data: dict[str, Any]) -> tuple[int, list[tuple[Item, str]]]:
        done = moves.receive(items, user=self.request.user, at=data["at"])
        return len(done.items), done.refused


class MovesPage(StaffPage):
    """What is under way to one's own libraries, and from them; what became of each."""

    rights = ANY_ITEM
    template_name = "catalog_pages/items/moves.html"
    page_title = gettext_lazy("Under way")
    header_icon = "arrow-right"
    parents = (LIST,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        direction = "from" if self.request.GET.get("direction") == "from" else "to"
        rows = ItemMove.objects.filter(outcome="").filter(self._own(direction))
        if after := number_of(self.request.GET.get("after", "")):
            rows = rows.filter(pk__gt=after)
        rows = rows.select_related("item__record", "from_branch", "to_branch", "sent_by")
        found = list(rows.order_by("pk")[: ROWS + 1])
        return super().get_context_data(
            direction=direction,
            moves=found[:ROWS],
            next=found[ROWS - 1].pk if len(found) > ROWS else None,
            may_change=self.request.user.has_perm(CHANGE),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.demand(CHANGE)
        action = ACTIONS.get(request.POST.get("action", ""))
        keys = [key for text in request.POST.getlist("move")[:ROWS] if (key := number_of(text))]
        items = Item.objects.filter(moves__in=keys).distinct()
        if action is None or not items:
            messages.error(request, _("Choose at least one copy."))
            return redirect(request.get_full_path())
        done = action(list(items), user=request.user)
        for item, reason in done.refused:
            messages.error(request, f"{item}: {reason}")
        if done.items:
            said = ngettext("Done for %(count)s copy.", "Done for %(count)s copies.", len(done.items))
            messages.success(request, said % {"count": len(done.items)})
        return redirect(request.get_full_path())

    def _own(self, direction: str) -> Q:
        user = self.request.user
        if user.has_perm(EVERY_BRANCH):
            return Q()
        return Q(**{f"{direction}_branch__in": user.branch_ids})
