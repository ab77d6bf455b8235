"""Counting what happens, by day, branch and kind.

    count("loans", branch=branch, kind="book")

A room names what it counts, so that the report can say it in words:

    @hooks.register("register_statistics")
    def loans():
        return Statistic("loans", _("Loans"), kinds={"book": _("Books")})
"""

from library.statistics.counting import Statistic, UnknownStatistic, count, registered

__all__ = ["Statistic", "UnknownStatistic", "count", "registered"]
