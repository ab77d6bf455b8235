"""Charts: where bars stand, and that nothing is told by colour alone."""

from datetime import date

import pytest
from django.utils import translation

from home.charts import FIRST_BARS, HEAD, PLOT, draw_branches, draw_months

pytestmark = pytest.mark.pure


def test_columns_are_as_high_as_their_numbers():
    chart = draw_months([100, 50, 1, 0] + [25] * 8, 2025, date(2026, 5, 1))
    assert [column.height for column in chart.columns[:4]] == [PLOT, PLOT // 2, 2, 0]
    assert all(column.y + column.height == HEAD + PLOT for column in chart.columns)
    assert not chart.running and not any(column.ahead for column in chart.columns)
    assert all(column.x >= 0 and column.x + column.width <= 100 for column in chart.columns)


def test_the_month_that_is_not_over_and_those_ahead_are_marked():
    chart = draw_months([3] * 5 + [0] * 7, 2026, date(2026, 5, 9))
    assert chart.running
    assert [column.running for column in chart.columns] == [number == 5 for number in range(1, 13)]
    assert [column.ahead for column in chart.columns] == [False] * 5 + [True] * 7


@pytest.mark.parametrize("numbers", [[], [0] * 12, [1, 2, 3]])
def test_nothing_is_drawn_of_nothing(numbers):
    assert draw_months(numbers, 2025) is None


@pytest.mark.parametrize(
    ("language", "january", "may", "march"),
    [("az", "yan", "may", "mart"), ("kk", "қаң", "мам", "нау"), ("ka", "იან", "მაი", "მარ"),
     ("uz", "yan", "may", "mart"), ("tr", "Ocak", "May", "Mart"), ("ru", "янв", "май", "март"),
     ("en", "Jan", "May", "Mar")],
)  # fmt: skip
def test_months_have_their_short_names(language, january, may, march):
    with translation.override(language):
        chart = draw_months([1] * 12, 2025)
    short = [column.short for column in chart.columns]
    assert short[0].lower() == january.lower()
    assert short[2].lower() == march.lower()
    assert short[4][:2].lower() == may[:2].lower()


def test_the_largest_libraries_stand_first_and_the_others_behind():
    numbers = {f"b{number}": number for number in range(1, 14)} | {"none": 0}
    chart = draw_branches(numbers, {"b13": "Central"})
    assert [bar.name for bar in chart.first][:2] == ["Central", "b12"]
    assert (len(chart.first), len(chart.others)) == (FIRST_BARS, 3)
    assert chart.first[0].width == 100 and chart.others[-1].width >= 0.4
    assert draw_branches({"a": 5}, {}) is None
