"""Counting what happens, by day, branch and kind.

    count("loans", branch=branch, kind="book")

A room names what it counts, so that the report can say it in words:

    @hooks.register("register_statistics")
    def loans():
        return Statistic("loans", _("Loans"), kinds={"book": _("Books")}, public=True)

What can be read from the rows at any time is a Measure instead. `figures` sums both by year, library and month.
"""

from library.statistics.counting import Measure, Statistic, UnknownStatistic, count, published, registered

__all__ = ["Measure", "Statistic", "UnknownStatistic", "count", "published", "registered"]
