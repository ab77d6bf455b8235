import pytest

from library.aliases import make_aliases
from tests.factories.catalog_pages import make_e_resources
from tests.factories.home import make_site


@pytest.fixture
def homes():
    return make_site()


@pytest.fixture
def index(homes):
    """The list in the library's language, with aliases in the others."""
    index = make_e_resources(homes["az"])
    make_aliases(page=index)
    return index
