import pytest
from django.conf import settings
from wagtail.models import Site

from library.demo import DemoProfile, load_library
from library.models import Branch, Department, OpeningHours, SystemSettings

pytestmark = pytest.mark.django_db
TOVUZ = DemoProfile("tovuz", settings.BASE_DIR / "home" / "demo_content" / "tovuz")


def counts():
    return [model.objects.count() for model in (Branch, OpeningHours, Department, SystemSettings)]


def test_tovuz_has_its_63_libraries_and_six_departments():
    load_library(TOVUZ)
    assert Branch.objects.filter(kind="central").count() == 1
    assert Branch.objects.count() == 63
    assert Department.objects.count() == 6
    site = Site.objects.get(is_default_site=True)
    assert SystemSettings.for_site(site).central_branch.kind == "central"
    assert all(branch.hours.exists() for branch in Branch.objects.all())


def test_loading_twice_changes_nothing_and_keeps_what_staff_changed():
    load_library(TOVUZ)
    before = counts()
    Branch.objects.filter(kind="central").update(name={"az": "Yeni ad"})
    load_library(TOVUZ)
    assert counts() == before
    assert Branch.objects.get(kind="central").name == {"az": "Yeni ad"}


def test_every_branch_passes_its_own_checks():
    load_library(TOVUZ)
    for branch in Branch.objects.all():
        branch.full_clean()
