import pytest

from home.distances import Position, kilometres, read_position
from home.templatetags.page_tags import distance
from library.models import Branch

pytestmark = pytest.mark.pure


def branch(code, latitude, longitude, place=""):
    return Branch(code=code, name={"az": code}, place={"az": place}, latitude=latitude, longitude=longitude)


BRANCHES = [branch("no-place", None, None, "Qovlar"), branch("qovlar-2", 40.95, 45.7, "Qovlar şəhəri"),
            branch("hall", 41.0, 45.6, "Tovuz")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40.9925,45.6284", (40.99, 45.63)),  # rounded to about a kilometre
        (" -1 , 100.5 ", (-1, 100.5)),
        ("tovuz", (41.0, 45.6)),
        ("QOVLAR", (40.95, 45.7)),  # not the library without a place on the map
        ("99,45", None), ("40,999", None), ("nowhere", None), ("", None), ("   ", None), ("nan,nan", None),
        ("40.9" + "9" * 90 + ",45", None),
    ],
)  # fmt: skip
def test_what_is_typed_becomes_a_position(text, expected):
    found = read_position(text, BRANCHES)
    assert (found and (found.latitude, found.longitude)) == expected


def test_the_distance_is_that_of_the_globe():
    baku, tbilisi = Position(40.409, 49.867), Position(41.716, 44.783)
    assert kilometres(baku, tbilisi) == pytest.approx(450, abs=5)
    assert kilometres(baku, baku) == 0


@pytest.mark.parametrize(
    ("km", "words"), [(0.01, "100 m"), (0.44, "400 m"), (0.96, "1.0 km"), (3.26, "3.3 km"), (42.4, "42 km")]
)
def test_distances_are_no_finer_than_known(km, words):
    assert distance(km) == words
