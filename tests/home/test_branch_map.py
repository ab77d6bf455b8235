import re

import pytest

from home.branch_map import draw_branches
from library.models import Branch

pytestmark = pytest.mark.pure


def branch(latitude, longitude, kind="village"):
    return Branch(code="x", kind=kind, latitude=latitude, longitude=longitude)


@pytest.mark.parametrize("branches", [[], [branch(40, 45)], [branch(None, None), branch(40, 45)]])
def test_no_map_without_two_places(branches):
    assert draw_branches(branches) is None


def test_north_is_up_and_everything_is_inside():
    drawn = draw_branches([branch(41, 45.5), branch(40.9, 45.7), branch(40.8, 45.6, "central")])
    by_latitude = sorted(drawn.dots, key=lambda dot: -float(dot.branch.latitude))
    assert [dot.y for dot in by_latitude] == sorted(dot.y for dot in drawn.dots)
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d", drawn.outline)]
    assert all(0 <= x <= drawn.width for x in numbers[::2])
    assert all(0 <= y <= drawn.height for y in numbers[1::2])
    assert drawn.dots[-1].is_central


def test_libraries_in_one_place_or_on_one_line_are_drawn_too():
    assert draw_branches([branch(41, 45), branch(41, 45)])
    assert draw_branches([branch(41, 45), branch(41, 46), branch(41, 47)])
