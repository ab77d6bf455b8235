import pytest

from home.sources import BranchSource, PageSource
from search.models import OutboxEntry
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


def test_a_page_is_found_by_its_words():
    page = make_page(
        make_site()["az"],
        "Oxu zalı",
        intro="Sakit otaq",
        body='[{"type": "paragraph", "value": "<p>Masa və lampa</p>"}]',
    )
    (document,) = PageSource().documents([page.pk])
    assert (document.id, document.kind, document.language) == (f"page:{page.pk}", "page", "aze")
    assert document.title == "Oxu zalı"
    assert "Sakit otaq" in document.notes and any("Masa" in note for note in document.notes)


def test_drafts_and_aliases_are_not_found():
    homes = make_site()
    page = make_page(homes["az"], "Oxu zalı")
    alias = page.copy_for_translation(homes["ru"].locale, alias=True)
    draft = make_page(homes["az"], "Draft", live=False)
    assert PageSource().count() == 1
    assert PageSource().ids_after(0, 10) == [page.pk]
    assert not list(PageSource().documents([alias.pk, draft.pk]))


def test_a_library_is_found_by_its_name_in_every_language():
    branch = BranchFactory(code="central", name={"az": "Mərkəzi kitabxana", "ru": "Центральная библиотека"})
    (document,) = BranchSource().documents([branch.pk])
    assert document.title == "Mərkəzi kitabxana"
    assert "Центральная библиотека" in document.notes
    assert document.identifiers == ("central",)


def noted() -> set[tuple[str, int]]:
    return set(OutboxEntry.objects.values_list("source", "object_id"))


def test_changes_are_noted_for_the_index():
    page = make_page(make_site()["az"], "Oxu zalı")
    branch = BranchFactory()
    assert ("branch", branch.pk) in noted()
    OutboxEntry.objects.all().delete()
    page.save_revision().publish()
    assert ("page", page.pk) in noted()
    OutboxEntry.objects.all().delete()
    page.unpublish()
    assert ("page", page.pk) in noted()
    OutboxEntry.objects.all().delete()
    key = page.pk
    page.delete()
    assert ("page", key) in noted()
