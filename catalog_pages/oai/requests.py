"""The arguments of a request, checked: whatever is wrong with them has its code in the protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import QueryDict

_ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    # verb: (required, optional)
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "GetRecord": ({"metadataPrefix", "identifier"}, set()),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class OaiError(Exception):
    """What the protocol answers to a request that cannot be met: its code and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True, slots=True)
class Arguments:
    """A request whose verb and arguments are known and complete."""

    verb: str
    values: Mapping[str, str]

    @classmethod
    def read(cls, parameters: QueryDict) -> Arguments:
        """Raises OaiError: badVerb, badArgument."""
        verbs = parameters.getlist("verb")
        if len(verbs) != 1 or verbs[0] not in _ARGUMENTS:
            raise OaiError("badVerb", "The verb is missing, repeated or unknown.")
        required, optional = _ARGUMENTS[verbs[0]]
        given = {name: values for name, values in parameters.lists() if name != "verb"}
        if unknown := sorted(given.keys() - required - optional):
            raise OaiError("badArgument", f"Unknown argument: {unknown[0][:50]}.")
        if repeated := sorted(name for name, values in given.items() if len(values) > 1):
            raise OaiError("badArgument", f"The argument {repeated[0]} is given twice.")
        if "resumptionToken" in given:
            if len(given) > 1:
                raise OaiError("badArgument", "resumptionToken stands alone.")
        elif missing := sorted(required - given.keys()):
            raise OaiError("badArgument", f"The argument {missing[0]} is missing.")
        return cls(verbs[0], {name: values[0] for name, values in given.items()})

    def period(self, now: datetime) -> tuple[datetime | None, datetime]:
        """The first moment asked for and the first no longer: never beyond now, so that every list ends.

        Raises OaiError where a date is none, or the two differ in their precision or order.
        """
        since, until = self.values.get("from"), self.values.get("until")
        if since and until and len(since) != len(until):
            raise OaiError("badArgument", "from and until differ in precision.")
        first = _moment("from", since) if since is not None else None
        if until is None:
            return first, now
        last = _moment("until", until)
        if first and first > last:
            raise OaiError("badArgument", "from is later than until.")
        try:
            end = last + (timedelta(days=1) if _DAY.fullmatch(until) else timedelta(seconds=1))
        except OverflowError:
            end = now
        return first, min(end, now)


def _moment(name: str, text: str) -> datetime:
    if _DAY.fullmatch(text) or _SECOND.fullmatch(text):
        try:
            return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
        except ValueError:
            pass
    raise OaiError("badArgument", f"{name} is no date: use 2024-01-31 or 2024-01-31T12:00:00Z.")
