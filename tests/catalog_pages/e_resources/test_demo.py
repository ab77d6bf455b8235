"""The demo's list: real resources, each in the three languages, loaded once."""

import pytest

from catalog_pages.e_resources.demo import load_e_resources
from catalog_pages.models import EResourcePage, EResourceSubject
from home.demo import demo_profile

pytestmark = pytest.mark.django_db


def test_the_demo_list_is_whole_and_loading_twice_changes_nothing(client, homes):
    profile = demo_profile("tovuz")
    load_e_resources(profile)
    number, subjects = EResourcePage.objects.count(), EResourceSubject.objects.count()
    load_e_resources(profile)
    assert (EResourcePage.objects.count(), EResourceSubject.objects.count()) == (number, subjects)
    entries = profile.document("e_resources")["resources"]
    assert number == len(entries) * 3
    for page in EResourcePage.objects.all():
        page.full_clean()
        assert page.subjects.exists()
        assert page.address.startswith("https://")
    html = client.get("/ru/e-resources/").content.decode()
    assert "Википедия" in html


def test_without_home_pages_there_is_nothing_to_do(db):
    load_e_resources(demo_profile("tovuz"))
    assert not EResourcePage.objects.exists()
