"""One page of hits in the order of a plan's ladder, or in an order of its own.

There are two ways up the ladder, which lead to the same order. Of many hits the first rungs fill a page: they are
asked for one by one. Few hits are judged all at once: tantivy's score is made to say in which form and field each
part of the query was met.
"""

from collections.abc import Iterable, Sequence
from functools import cache

import tantivy

from search.engines.base import ORDERS
from search.engines.tantivy_clauses import Reading, translated
from search.plan import Clause, Never, Plan, Rung, Terms, all_of

VERY_FEW_HITS = 100  # judged at once
FEW_HITS = 1000  # judged when the first steps, which are cheap, do not fill the page
FIRST_STEPS = 3
# A score is a float of 24 bits: room for four numbers below 32.
PLACES, PARTS_PER_SCORE = 32, 4

Page = tuple[list[tantivy.DocAddress], str]
Key = tuple[int, int]


def by_relevance(reading: Reading, plan: Plan, total: int, offset: int, limit: int) -> Page:
    """A page of the hits, rung by rung, the newer first on each, and the form of the highest rung with a hit."""
    leaves = plan.leaves() if total <= FEW_HITS else None
    if leaves is None:
        return _climbed(reading, plan, total, offset, limit) or ([], "")
    if total > VERY_FEW_HITS and (page := _climbed(reading, plan, total, offset, limit, FIRST_STEPS)):
        return page
    return _judged(reading, plan, leaves, total, offset, limit)


def in_order(
    reading: Reading, clause: Clause, order: str, offset: int, limit: int
) -> tuple[list[tantivy.DocAddress], int]:
    """A part of the documents in this order, and how many there are up to its end."""
    if isinstance(clause, Never):
        return [], 0
    field, descending = ORDERS[order]
    result = reading.searcher.search(
        translated(clause),
        limit,
        count=offset > 0,
        offset=offset,
        order_by_field=field,
        order=tantivy.Order.Desc if descending else tantivy.Order.Asc,
    )
    addresses = [address for _, address in result.hits]
    passed = int(result.count) if offset else len(addresses)  # type: ignore[attr-defined]  # not in its stubs
    return addresses, passed


# --- Many hits ------------------------------------------------------------------------------------------


def _climbed(
    reading: Reading, plan: Plan, total: int, offset: int, limit: int, steps: int = 0
) -> Page | None:
    """The page; None if it takes more than so many steps of the ladder to fill it (0: all of them)."""
    conditions = [reading.pruned(clause) for clause in plan.conditions()]
    wanted = min(offset + limit, total)
    found: dict[Key, tantivy.DocAddress] = {}
    previous: Clause = Never()
    best = ""
    for rung in plan.rungs():
        if steps and rung.number == steps:
            return None
        clause = reading.pruned(rung.clause())
        if isinstance(clause, Never) or clause == previous:
            continue
        # Asking for those found before as well costs less than telling the engine to leave them out.
        here = all_of([clause, *conditions])
        for address in in_order(reading, here, "relevance", 0, wanted)[0]:
            if len(found) < wanted or _key(address) in found:
                found.setdefault(_key(address), address)
        best = best or (rung.form if found else "")
        previous = clause
        if len(found) >= wanted:
            break
    return list(found.values())[offset : offset + limit], best


# --- Few hits -------------------------------------------------------------------------------------------


def _judged(
    reading: Reading, plan: Plan, leaves: Sequence[Sequence[Clause]], total: int, offset: int, limit: int
) -> Page:
    base = translated(reading.base(plan))
    conditions = [reading.pruned(clause) for clause in plan.conditions()]
    addresses, places = _places(reading, base, leaves, total)
    rungs = list(plan.rungs())
    standing = [_on_its_own(reading, rung, conditions, total) for rung in rungs]
    of_step = {rung.number: place for place, rung in enumerate(rungs) if rung.number is not None}
    step = cache(plan.step)
    for key, found in places.items():
        standing[of_step[step(tuple(found))]].append(key)
    ordered: dict[Key, tantivy.DocAddress] = {}
    best = ""
    for rung, keys in zip(rungs, standing, strict=True):
        fresh = [addresses[key] for key in keys if key not in ordered and key in addresses]
        best = best or (rung.form if fresh else "")
        ordered |= {_key(address): address for address in _newer_first(reading, fresh)}
        if len(ordered) >= offset + limit:
            break
    return list(ordered.values())[offset : offset + limit], best


def _places(
    reading: Reading, base: tantivy.Query, leaves: Sequence[Sequence[Clause]], total: int
) -> tuple[dict[Key, tantivy.DocAddress], dict[Key, list[int | None]]]:
    """Every hit with the place that each part of the query has in its list of clauses."""
    addresses: dict[Key, tantivy.DocAddress] = {}
    places: dict[Key, list[int | None]] = {}
    for start in range(0, len(leaves), PARTS_PER_SCORE):
        parts = leaves[start : start + PARTS_PER_SCORE]
        scored = (_scored(reading, part, PLACES**exponent) for exponent, part in enumerate(parts))
        for packed, address in _scores(reading, base, scored, total):
            key = _key(address)
            addresses[key] = address
            numbers = places.setdefault(key, [])
            for _ in parts:
                packed, number = divmod(packed, PLACES)
                numbers.append(PLACES - 1 - number if number else None)
    return addresses, places


def _on_its_own(reading: Reading, rung: Rung, conditions: Sequence[Clause], total: int) -> list[Key]:
    """The hits that meet a rung which is no step."""
    clause = reading.pruned(rung.clause()) if rung.number is None else Never()
    if isinstance(clause, Never):
        return []
    query = translated(all_of([clause, *conditions]))
    return [_key(address) for _, address in reading.searcher.search(query, total, count=False).hits]


def _scores(
    reading: Reading, base: tantivy.Query, scored: Iterable[tantivy.Query | None], total: int
) -> list[tuple[int, tantivy.DocAddress]]:
    """Every hit with the sum of the scores of what it meets."""
    parts = [(tantivy.Occur.Should, query) for query in scored if query is not None]
    parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(base, 0.0)))
    hits = reading.searcher.search(tantivy.Query.boolean_query(parts), total, count=False).hits
    return [(int(score), address) for score, address in hits]


def _scored(reading: Reading, part: Sequence[Clause], weight: int) -> tantivy.Query | None:
    """The best place in the list: the first scores most."""
    seen: dict[Clause, int] = {}
    exact: Clause = Never()
    for place, clause in enumerate(part):
        pruned = reading.pruned(clause)
        if not _are_the_same(reading, exact, pruned):
            seen.setdefault(pruned, place)
        exact = pruned
    seen.pop(Never(), None)
    scored = [
        tantivy.Query.const_score_query(translated(clause), float((PLACES - 1 - place) * weight))
        for clause, place in seen.items()
    ]
    return tantivy.Query.disjunction_max_query(scored) if scored else None


def _are_the_same(reading: Reading, exact: Clause, folded: Clause) -> bool:
    """Whether a word is folded to a form that no other word of the field has: each list of documents costs time."""
    match exact, folded:
        case Terms(exact_field, (word,)), Terms(folded_field, (form,)):
            return (
                exact_field.endswith("_exact")
                and folded_field == exact_field.replace("_exact", "_folded")
                and reading.documents(exact_field, word) == reading.documents(folded_field, form)
            )
    return False


def _key(address: tantivy.DocAddress) -> Key:
    return address.segment_ord, address.doc


def _newer_first(reading: Reading, addresses: list[tantivy.DocAddress]) -> list[tantivy.DocAddress]:
    if len(addresses) < 2:
        return addresses
    numbers = reading.searcher.fast_field_values(ORDERS["relevance"][0], addresses)
    ranked = sorted(range(len(addresses)), key=lambda place: -int(numbers[place] or 0))
    return [addresses[place] for place in ranked]
