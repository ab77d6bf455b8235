import math
import re

import pytest

from home.branch_map import draw_around, draw_branches
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


def test_without_a_tile_server_nothing_is_fetched():
    drawn = draw_branches([branch(41, 45), branch(41, 46)])
    assert drawn.tiles == [] and drawn.credit == "" and drawn.outline
    assert drawn.kilometres > 0 and 0 < drawn.bar <= drawn.width / 4


def test_tiles_cover_the_box_and_lie_where_the_dots_are(settings):
    settings.MAP_TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
    drawn = draw_branches([branch(40.99, 45.62), branch(40.95, 45.7)])
    assert 2 <= len(drawn.tiles) <= 30 and not drawn.outline and drawn.credit
    assert min(t.x for t in drawn.tiles) <= 0 <= drawn.width <= max(t.x + t.size for t in drawn.tiles)
    assert min(t.y for t in drawn.tiles) <= 0 <= drawn.height <= max(t.y + t.size for t in drawn.tiles)
    z, x, y = map(int, re.findall(r"/(\d+)/(\d+)/(\d+)", drawn.tiles[0].url)[0])
    dot = drawn.dots[0]
    # The tile number of the place, by the formula every tile server documents.
    column = (45.62 + 180) / 360 * 2**z
    assert (dot.x - drawn.tiles[0].x) / (drawn.tiles[0].size - 0.5) + x == pytest.approx(column, abs=0.02)
    row = (1 - math.asinh(math.tan(math.radians(40.99))) / math.pi) / 2 * 2**z
    assert (dot.y - drawn.tiles[0].y) / (drawn.tiles[0].size - 0.5) + y == pytest.approx(row, abs=0.02)


def test_with_tiles_the_page_of_a_library_shows_its_streets(settings):
    settings.MAP_TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
    here, far = branch(40.99, 45.62), branch(40.0, 45.0)
    drawn = draw_around(here, [here, far])
    assert [(dot.x, dot.y) for dot in drawn.dots] == [(300.0, 225.0)]
    assert draw_around(branch(None, None), [here, far]) is None
