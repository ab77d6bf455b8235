"""What others need is not deleted, and the page says who needs it."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.users.models import UserProfile

from library.deletion import obstacles
from library.models import Branch, Department
from tests.factories.catalog_pages import ItemFactory
from tests.factories.library import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = UserFactory(is_superuser=True, is_staff=True)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def single(branch):
    return reverse(Branch.snippet_viewset.get_url_name("delete"), args=[branch.pk])


def several(*branches):
    query = "&".join(f"id={branch.pk}" for branch in branches)
    return reverse("wagtail_bulk_action", args=["library", "branch", "delete"]) + f"?{query}"


def test_a_branch_with_items_stays(staff):
    branch = BranchFactory()
    items = ItemFactory.create_batch(7, branch=branch)
    for address in (single(branch), several(branch, BranchFactory())):
        for answer in (staff.get(address), staff.post(address)):
            assert answer.status_code == 409
            assert "Items: <strong>7</strong>" in answer.text and str(items[0]) in answer.text
    assert Branch.objects.count() == 2
    with pytest.raises(ProtectedError):
        branch.delete()


def test_a_branch_nobody_needs_goes_with_its_hours(staff):
    branch = BranchFactory(open_weekdays=[0])
    Department.objects.create(branch=branch, name={"en": "Desk"})
    assert not obstacles(branch)
    assert staff.post(single(branch)).status_code == 302
    assert not Branch.objects.exists()


def test_nothing_stands_in_the_way_of_nothing():
    assert obstacles() == []


def test_an_item_that_comes_while_the_branch_is_being_deleted(staff, monkeypatch):
    branch = BranchFactory()
    ItemFactory(branch=branch)
    monkeypatch.setattr("library.wagtail_hooks.obstacles", lambda *objects: [])
    answer = staff.post(single(branch))
    assert answer.status_code == 409 and "Items: <strong>1</strong>" in answer.text
    assert Branch.objects.filter(pk=branch.pk).exists()
