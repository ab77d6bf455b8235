"""A count in the librarian's library."""

import pytest

from tests.factories.catalog_pages import StocktakingFactory


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def count(branch):
    return StocktakingFactory(branch=branch)
