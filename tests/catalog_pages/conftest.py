"""A librarian of one library."""

import pytest

from library.roles import group_of
from tests.factories.library import BranchFactory, UserFactory


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def sign_in(client, branch):
    def sign_in(role="librarian", where=branch):
        user = UserFactory(password=None)
        user.groups.add(group_of(role))
        user.branches.add(where)
        client.force_login(user)
        return user

    return sign_in
