import pytest
from django.http import QueryDict

from catalog_pages.facets import FacetPanel
from catalog_pages.queries import Wish
from search.service import FacetValue
from tests.factories.library import BranchFactory


def panel(query: str = "", **counts: dict[str, int]) -> FacetPanel:
    wish = Wish.read(QueryDict(query))
    values = {
        name: [FacetValue(value, count, value in wish.chosen.get(name, ())) for value, count in found.items()]
        for name, found in counts.items()
    }
    return FacetPanel(wish, values)


def test_a_chosen_value_stays_in_view_however_rare():
    subjects = {f"s{n}": 100 - n for n in range(50)}
    facet = panel("subject=s49&subject=gone", subject=subjects).facets()[0]
    assert {choice.value for choice in facet.shown if choice.selected} == {"s49", "gone"}
    assert not facet.more
    assert facet.all_address == "/en/catalogue/facet/subject/?subject=s49&subject=gone"


def test_every_chosen_value_is_in_view_for_the_form_sends_what_it_holds():
    chosen = [f"a{n}" for n in range(12)]
    query = "&".join(f"author={name}" for name in chosen)
    facet = panel(query, author={f"a{n}": 1 for n in range(40)}).facets()[0]
    assert sorted(choice.value for choice in facet.shown) == sorted(chosen)


@pytest.mark.parametrize(
    ("facet", "values", "more", "has_page"),
    [
        ("author", 6, 0, False),
        ("author", 7, 0, True),
        ("material", 30, 24, False),
        ("material", 31, 24, True),
    ],
)
def test_long_facets_have_a_page_and_short_ones_open_in_place(facet, values, more, has_page):
    shown = panel(**{facet: {f"v{n}": 1 for n in range(values)}}).facets()[0]
    assert (len(shown.shown), len(shown.more), bool(shown.all_address)) == (6, more, has_page)


@pytest.mark.django_db
def test_branches_are_named_in_one_query(django_assert_num_queries):
    branches = BranchFactory.create_batch(12)
    shown = panel("branch=unknown", branch={branch.code: 3 for branch in branches})
    with django_assert_num_queries(1):
        labels = [choice.label for facet in shown.facets() for choice in facet.choices]
        chips = [chip.label for chip in shown.chips()]
    assert str(branches[0]) in labels
    assert chips == ["unknown"]


@pytest.mark.parametrize(
    ("query", "label"),
    [("year_from=1950&year_to=1960", "1950–1960"), ("year_from=1950", "1950–"), ("year=1987", "1987")],
)
def test_years_are_one_chip(query, label):
    chips = panel(query).chips()
    assert [(chip.label, chip.address) for chip in chips] == [(label, "?")]


def test_the_chart_counts_every_hit_once_and_a_few_old_titles_do_not_stretch_it():
    counts = {"1197": 1, "1847": 1, **{str(year): 10 for year in range(1950, 2021)}}
    chart = panel(year=counts).years()
    assert sum(bar.count for bar in chart.bars) == sum(counts.values())
    assert (chart.first, chart.last) == (1197, 2020)
    assert 10 <= len(chart.bars) <= 31
    assert chart.bars[1].first >= 1950


def test_the_chart_marks_the_chosen_years():
    chart = panel("year_from=2000&year_to=2004", year={str(year): 1 for year in range(1990, 2011)}).years()
    assert {bar.first for bar in chart.bars if bar.selected} == {2000, 2001, 2002, 2003, 2004}


@pytest.mark.parametrize("counts", [{}, {"1990": 5}, {"": 2, "x": 1}])
def test_one_year_needs_no_chart(counts):
    assert panel(year=counts).years() is None
