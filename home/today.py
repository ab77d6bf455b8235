"""The libraries a reader sees first on the home page, with the hours of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from home.chosen_branch import chosen_code
from home.distances import kilometres, position_of
from library.calendar import DayHours, hours_today
from library.models import Branch

if TYPE_CHECKING:
    from home.context import Frame

NAMED = 6


@dataclass(frozen=True, slots=True)
class TodayRow:
    """A library, its hours, how far it is from the chosen one (None: not known), and whether it is that one."""

    title: str
    url: str
    hours: DayHours
    distance: float | None = None
    is_chosen: bool = False


def today_rows(
    request: HttpRequest | None, branches: Sequence[Branch], frame: Frame | None = None, number: int = NAMED
) -> list[TodayRow]:
    """The chosen library and those nearest to it; where none is chosen, the central one and the next in order.

    The latter are in the frame of every page and cost nothing. Without request and frame (as where the block is
    previewed) they are asked for.
    """
    code = chosen_code(request)
    chosen = next((branch for branch in branches if branch.code == code), None) if code else None
    if chosen is not None:
        return _near(chosen, branches, number)
    if frame is not None:
        central = [frame.central] if frame.central else []
        links = {link.url: link for link in [*central, *frame.branches]}
        return [TodayRow(link.title, link.url, link.hours_now) for link in list(links.values())[:number]]
    first = sorted(branches, key=lambda branch: branch.kind != Branch.Kind.CENTRAL)[:number]
    hours = hours_today(first)
    return [TodayRow(str(branch), branch.get_absolute_url(), hours[branch.pk]) for branch in first]


def _near(chosen: Branch, branches: Sequence[Branch], number: int) -> list[TodayRow]:
    distances = _distances(chosen, branches)
    far = float("inf")
    ordered = sorted(branches, key=lambda b: (b.pk != chosen.pk, distances.get(b.pk, far)))[:number]
    hours = hours_today(ordered)
    return [
        TodayRow(
            str(branch), branch.get_absolute_url(), hours[branch.pk],
            distance=None if branch.pk == chosen.pk else distances.get(branch.pk),
            is_chosen=branch.pk == chosen.pk,
        )
        for branch in ordered
    ]  # fmt: skip


def _distances(chosen: Branch, branches: Sequence[Branch]) -> Mapping[int, float]:
    here = position_of(chosen)
    places = ((branch.pk, position_of(branch)) for branch in branches)
    return {pk: kilometres(here, place) for pk, place in places if here and place}
