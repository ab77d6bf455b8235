"""What is read most: counted by rooms above this one, which register how (`register_popularity`)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from library.models import Branch

# A callable (period, branch) that returns (number of a record, how often) of what was read most in the period.
Popularity = Callable[[str, Branch | None], Sequence[tuple[int, int]]]
HOOK = "register_popularity"
MOST_SHOWN = 50
PERIODS: Mapping[str, Promise] = {"month": _("Last 30 days"), "year": _("Last twelve months")}


def is_counted() -> bool:
    """Whether any room counts what is read."""
    return bool(hooks.get_hooks(HOOK))


def most_read(period: str, branch: Branch | None = None) -> list[int]:
    """The numbers of the records read most, the most read first; empty while nobody counts."""
    counts: Counter[int] = Counter()
    for register in hooks.get_hooks(HOOK):
        counted: Popularity = register()
        for record_id, number in counted(period, branch):
            counts[record_id] += number
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [record_id for record_id, number in ranked[:MOST_SHOWN] if number > 0]
