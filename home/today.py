"""The libraries a reader sees first on the home page, with the hours of today."""

from collections.abc import Sequence
from dataclasses import dataclass

from home.chosen_branch import chosen_code
from home.distances import kilometres, position_of
from library.calendar import DayHours, hours_today
from library.models import Branch

NAMED = 6


@dataclass(frozen=True, slots=True)
class TodayRow:
    """A library, its hours, how far it is from the chosen one (None: not known), and whether it is that one."""

    branch: Branch
    hours: DayHours
    distance: float | None = None
    is_chosen: bool = False


def today_rows(request, branches: Sequence[Branch], number: int = NAMED) -> list[TodayRow]:
    """The chosen library and those nearest to it; where none is chosen, the central one and the next in order.

    `request` may be None, as where the block is previewed.
    """
    code = chosen_code(request)
    chosen = next((branch for branch in branches if branch.code == code), None) if code else None
    if chosen is None:
        first = sorted(branches, key=lambda branch: branch.kind != Branch.Kind.CENTRAL)[:number]
        distances: dict[int, float] = {}
    else:
        distances = _distances(chosen, branches)
        by_distance = sorted(
            branches, key=lambda branch: (branch is not chosen, distances.get(branch.pk, float("inf")))
        )
        first = by_distance[:number]
    hours = hours_today(first)
    return [
        TodayRow(
            branch, hours[branch.pk], None if branch is chosen else distances.get(branch.pk), branch is chosen
        )
        for branch in first
    ]


def _distances(chosen: Branch, branches: Sequence[Branch]) -> dict[int, float]:
    here = position_of(chosen)
    places = ((branch.pk, position_of(branch)) for branch in branches)
    return {pk: kilometres(here, place) for pk, place in places if here and place}
