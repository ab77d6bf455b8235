"""Counting hits and the values of their facets, exactly."""

from collections.abc import Mapping, Sequence
from typing import Any

from search.engines.tantivy_clauses import Reading, translated
from search.plan import Clause, Never, Plan

SPARE_VALUES = 40  # asked for beyond the limit, to settle ties at its end
ALL_VALUES = 1_000_000
# Counting takes a millisecond for every ten thousand hits, and the commonest words are typed by everybody.
VERY_MANY_HITS, LONGEST_KEPT, MOST_KEPT = 10_000, 200, 200
DOCUMENTS = "documents"  # name of the aggregation that counts hits


Counts = dict[str, list[tuple[str, int]]]
Request = dict[str, dict[str, object]]


def totals(reading: Reading, plan: Plan, facets: Sequence[str], limit: int) -> tuple[int, Counts]:
    """The number of hits and the counts of facets: one pass, and one more for each facet with a filter."""
    shared = [facet for facet in facets if facet not in plan.filters]
    base = reading.base(plan)
    counts: Counts = {}
    if not shared or isinstance(base, Never):
        total = reading.count(base)
    else:
        total, counts = _counted(reading, base, shared, limit)
    for facet in facets:
        if facet in plan.filters:
            counts |= _counted(reading, reading.base(plan, facet), [facet], limit)[1]
    return total, {facet: counts.get(facet, []) for facet in facets}


def _counted(reading: Reading, clause: Clause, facets: Sequence[str], limit: int) -> tuple[int, Counts]:
    if isinstance(clause, Never):
        return 0, {}
    asked = clause, tuple(facets), limit
    tallies = reading.commit.tallies
    if asked in tallies:
        total, counts = tallies[asked]
        return total, dict(counts)
    total, counts = _tallied(reading, clause, facets, limit)
    if total >= VERY_MANY_HITS and limit <= LONGEST_KEPT:
        if len(tallies) >= MOST_KEPT:
            tallies.clear()
        tallies[asked] = total, dict(counts)
    return total, counts


def _tallied(reading: Reading, clause: Clause, facets: Sequence[str], limit: int) -> tuple[int, Counts]:
    query = translated(clause)
    is_whole = reading.searcher.num_segments == 1
    asked = {facet: _terms(facet, limit + SPARE_VALUES, is_whole) for facet in facets}
    asked[DOCUMENTS] = {"value_count": {"field": "sort_newest"}}
    result = reading.searcher.aggregate(query, asked)
    again = {
        facet: _terms(facet, ALL_VALUES, is_whole, min_doc_count=least)
        for facet in facets
        if (least := _least_doubtful(result[facet], limit))
    }
    if again:
        result |= reading.searcher.aggregate(query, again)
    counts = {facet: _best(result[facet]["buckets"], limit) for facet in facets}
    return int(result[DOCUMENTS]["value"]), counts


def _terms(facet: str, size: int, is_whole: bool, **more: object) -> Request:
    # Each segment of the index names so many values. Where there are several, one that some of them left out would
    # be counted wrong, so they name all.
    of_segment = size if is_whole else ALL_VALUES
    return {"terms": {"field": f"facet_{facet}", "size": size, "segment_size": of_segment, **more}}


def _least_doubtful(result: Mapping[str, Any], limit: int) -> int:
    """The count from which on all values are needed, because the tie at the end goes on; 0 where it does not."""
    buckets = result["buckets"]
    if len(buckets) <= limit or not result["sum_other_doc_count"]:
        return 0
    last: int = buckets[limit - 1]["doc_count"]
    return last if last == buckets[-1]["doc_count"] else 0


def _best(buckets: Sequence[Mapping[str, Any]], limit: int) -> list[tuple[str, int]]:
    """The commonest values, those equally common in the order of their text."""
    found = sorted((-bucket["doc_count"], _text(bucket["key"])) for bucket in buckets)
    return [(value, -count) for count, value in found[:limit]]


def _text(value: str | float) -> str:
    return value if isinstance(value, str) else str(int(value))
