"""A librarian of one library, and her count."""

import pytest

from library.roles import group_of
from tests.factories.catalog_pages import StocktakingFactory
from tests.factories.library import BranchFactory, UserFactory


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def count(branch):
    return StocktakingFactory(branch=branch)


@pytest.fixture
def sign_in(client, branch):
    def sign_in(role="librarian", where=branch):
        user = UserFactory(password=None)
        user.groups.add(group_of(role))
        user.branches.add(where)
        client.force_login(user)
        return user

    return sign_in
