"""What SRU answers to a question that cannot be met: a number of its list of diagnostics, and to what it applies."""

from collections.abc import Mapping

MESSAGES: Mapping[int, str] = {
    1: "General system error",
    2: "System temporarily unavailable",
    4: "Unsupported operation",
    5: "Unsupported version",
    6: "Unsupported parameter value",
    7: "Mandatory parameter not supplied",
    10: "Query syntax error",
    13: "Invalid or unsupported use of parentheses",
    16: "Unsupported index",
    19: "Unsupported relation",
    20: "Unsupported relation modifier",
    24: "Unsupported combination of relation and term",
    27: "Empty term unsupported",
    37: "Unsupported boolean operator",
    38: "Too many boolean operators in query",
    46: "Unsupported boolean modifier",
    48: "Query feature unsupported",
    61: "First record position out of range",
    66: "Unknown schema for retrieval",
    71: "Unsupported recordPacking value",
    80: "Sort not supported",
}


class Diagnostic(Exception):
    """A question that cannot be met; the number says why."""

    def __init__(self, number: int, details: str = "") -> None:
        super().__init__(MESSAGES[number])
        self.number, self.message, self.details = number, MESSAGES[number], details[:200]
