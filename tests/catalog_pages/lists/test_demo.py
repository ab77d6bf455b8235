"""The demo has a list of books in each language of the site; loading twice changes nothing."""

import json

import pytest
from wagtail.models import Locale, Page, Site

from catalog_pages.lists.demo import load_lists
from catalog_pages.models import ListPage
from home.models import HomePage
from library.demo import DemoProfile
from tests.factories.catalog_pages import RecordFactory

pytestmark = pytest.mark.django_db
LIST = {
    "slug": "tales", "layout": "notes", "title": {"az": "Nağıllar", "en": "Tales"}, "intro": {"en": "Old ones"},
    "records": ["w2", "gone", "w1"],
}  # fmt: skip


@pytest.fixture
def profile(tmp_path):
    (tmp_path / "lists.json").write_text(json.dumps({"lists": [LIST]}), encoding="utf-8")
    return DemoProfile("test", tmp_path)


@pytest.fixture
def homes():
    root, made = Page.get_first_root_node(), []
    for code in ("az", "ru", "en"):
        locale = Locale.objects.get_or_create(language_code=code)[0]
        home = HomePage(title="Home", slug=f"home-{code}", locale=locale)
        if made:
            home.translation_key = made[0].translation_key
        made.append(root.add_child(instance=home))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": made[0]}
    )
    return made


def test_a_list_stands_in_each_language_it_is_written_in(profile, homes):
    one = RecordFactory(source="demo", control_number="w1")
    two = RecordFactory(source="demo", control_number="w2")
    load_lists(profile)
    load_lists(profile)
    pages = ListPage.objects.order_by("title")
    assert [(page.title, page.intro) for page in pages] == [("Nağıllar", ""), ("Tales", "Old ones")]
    assert pages[0].translation_key == pages[1].translation_key
    assert pages[0].record_ids == [two.pk, one.pk]


def test_without_pages_or_lists_nothing_happens(profile, tmp_path):
    Site.objects.all().delete()
    load_lists(profile)
    load_lists(DemoProfile("empty", tmp_path / "none"))
    assert not ListPage.objects.exists()
