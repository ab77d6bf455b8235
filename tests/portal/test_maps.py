import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.maps import OPENSTREETMAP, map_origins

pytestmark = pytest.mark.pure
TILES = "https://tiles.example.org:8443/{z}/{x}/{y}.png"


def test_right_addresses():
    assert map_origins(tiles=TILES, link=OPENSTREETMAP) == ["https://tiles.example.org:8443"]
    assert map_origins(tiles="", link="") == []


@pytest.mark.parametrize(
    "tiles",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org/{z}/{x}.png", "tiles", "https://{z}/{x}/{y}",
        "https:///{z}/{x}/{y}", "https://a.example; script-src *//{z}/{x}/{y}", "https://[::1/{z}/{x}/{y}",
        "https://tiles.example.org/{z}/{x}/{y}/{s}", "https://tiles.example.org/{z}/{x}/{y}/{",
    ],
)  # fmt: skip
def test_wrong_addresses_are_named(tiles):
    with pytest.raises(ImproperlyConfigured, match="MAP_TILES"):
        map_origins(tiles=tiles, link="")


def test_a_link_needs_both_coordinates():
    with pytest.raises(ImproperlyConfigured, match="MAP_LINK"):
        map_origins(tiles="", link="https://maps.example.org/{latitude}")
