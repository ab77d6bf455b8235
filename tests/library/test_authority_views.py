"""The authority file in the administration."""

import pytest
from django.urls import reverse

from library.authorities import merge
from library.models import Authority, AuthorityName, AuthorityRelation
from tests.factories.authorities import AuthorityFactory
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db
NAMESPACE = "wagtailsnippets_library_authority"


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


def address(name, *args):
    return reverse(f"{NAMESPACE}:{name}", args=args)


def form(heading="Xaqani", relations=(), initial=0, **fields):
    data = {"kind": "person", "heading": heading, "dates": "", "latitude": "", "longitude": ""}
    for prefix in ("names", "identifiers", "relations"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    data |= {"relations-TOTAL_FORMS": str(len(relations)), "relations-INITIAL_FORMS": str(initial)}
    for place, row in enumerate(relations):
        data |= {
            f"relations-{place}-{name}": str(value) for name, value in ({"id": "", "ORDER": 1} | row).items()
        }
    return data | fields


def test_the_list_shows_what_is_not_merged_and_finds_by_any_name(staff):
    poet, gone, other = (
        AuthorityFactory(heading="Şıxlı"),
        AuthorityFactory(heading="Gone"),
        AuthorityFactory(),
    )
    AuthorityName.objects.create(authority=poet, name="Шыхлы")
    merge(keep=other.pk, duplicate=gone.pk)
    everything = staff.get(address("list")).text
    assert "Şıxlı" in everything and f"/edit/{gone.pk}/" not in everything
    for text in ("sixli", "шыхлы"):
        found = staff.get(address("list"), {"q": text}).text
        assert f"/edit/{poet.pk}/" in found and f"/edit/{other.pk}/" not in found
    assert f"/edit/{poet.pk}/" not in staff.get(address("list"), {"kind": "place"}).text


def test_a_new_entry_with_a_name_a_number_and_a_relation(staff):
    friend = AuthorityFactory()
    data = form(relations=[{"kind": "broader", "other": friend.pk}]) | {
        "names-TOTAL_FORMS": "1", "names-0-name": "Хагани", "names-0-kind": "other_script", "names-0-language": "rus",
        "names-0-script": "Cyrl", "names-0-id": "", "names-0-ORDER": "1",
        "identifiers-TOTAL_FORMS": "1", "identifiers-0-scheme": "wikidata", "identifiers-0-value": "q311711",
        "identifiers-0-id": "", "identifiers-0-ORDER": "1",
    }  # fmt: skip
    response = staff.post(address("add"), data)
    assert response.status_code == 302, response.context["form"].errors
    entry = Authority.objects.get(heading="Xaqani")
    assert entry.names.get().name == "Хагани"
    assert entry.identifiers.get().value == "Q311711"
    back = AuthorityRelation.objects.get(authority=friend)
    assert (back.kind, back.other) == ("narrower", entry)


def test_taking_a_relation_away_takes_the_other_side_too(staff):
    entry, friend = AuthorityFactory(heading="Xaqani"), AuthorityFactory()
    staff.post(address("edit", entry.pk), form(relations=[{"kind": "see_also", "other": friend.pk}]))
    relation = AuthorityRelation.objects.get(authority=entry)
    row = {"kind": "see_also", "other": friend.pk, "id": relation.pk, "DELETE": "on"}
    staff.post(address("edit", entry.pk), form(relations=[row], initial=1))
    assert not AuthorityRelation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"heading": "known"}, "There is already"),
        ({"heading": "…"}, "at least one letter"),
        ({"latitude": "40", "longitude": "49"}, "Only places"),
    ],
)
def test_wrong_entries_come_back_with_a_sentence(staff, fields, sentence):
    AuthorityFactory(heading="Known")
    assert sentence in staff.post(address("add"), form(**fields)).text


def test_contradictions_and_relations_to_itself_come_back_with_a_sentence(staff):
    entry, friend = AuthorityFactory(heading="Xaqani"), AuthorityFactory()
    both = [{"kind": "broader", "other": friend.pk}, {"kind": "narrower", "other": friend.pk}]
    assert (
        "cannot be broader and narrower" in staff.post(address("edit", entry.pk), form(relations=both)).text
    )
    itself = [{"kind": "see_also", "other": entry.pk}]
    assert "or related to itself" in staff.post(address("edit", entry.pk), form(relations=itself)).text
    twice = [{"kind": "broader", "other": friend.pk}] * 2
    refused = staff.post(address("edit", entry.pk), form(relations=twice))
    assert refused.context["form"].formsets["relations"].non_form_errors()
    assert not AuthorityRelation.objects.exists()


def test_merging_in_the_administration(staff):
    entry, same = AuthorityFactory(heading="Çingiz Aytmatov"), AuthorityFactory(heading="Cingiz Aytmatov")
    assert address("merge", entry.pk) in staff.get(address("edit", entry.pk)).text
    assert f"?other={same.pk}" in staff.get(address("merge", entry.pk)).text
    assert f"?other={same.pk}" in staff.get(address("merge", entry.pk), {"q": "aytmatov"}).text
    side_by_side = staff.get(address("merge", entry.pk), {"other": same.pk}).text
    assert "Çingiz Aytmatov" in side_by_side and "Cingiz Aytmatov" in side_by_side
    response = staff.post(address("merge", entry.pk), {"other": same.pk, "keep": same.pk})
    assert response.url == address("edit", same.pk)
    assert staff.get(address("edit", entry.pk)).url == address("edit", same.pk)
    assert staff.get(address("merge", entry.pk)).status_code == 404


@pytest.mark.parametrize(
    "chosen", [{}, {"other": "x"}, {"other": "9" * 30, "keep": "1"}, "itself", "a place"]
)
def test_a_merge_that_cannot_be_is_refused_with_a_sentence(staff, chosen):
    entry, place = AuthorityFactory(), AuthorityFactory(kind="place")
    if chosen == "itself":
        chosen = {"other": entry.pk, "keep": entry.pk}
    elif chosen == "a place":
        chosen = {"other": place.pk, "keep": entry.pk}
    response = staff.post(address("merge", entry.pk), chosen, follow=True)
    assert response.status_code == 200
    assert "messages-error" in response.text or "error" in response.text
    assert Authority.objects.current().count() == 2


def test_the_chooser_finds_by_any_name_and_kind(staff):
    poet, place = AuthorityFactory(heading="Şıxlı"), AuthorityFactory(kind="place", heading="Şıxlı kəndi")
    choose = reverse("wagtailsnippetchoosers_library_authority:choose_results")
    found = staff.get(choose, {"q": "sixli", "kind": "place"}).text
    assert f"/chosen/{place.pk}/" in found and f"/chosen/{poet.pk}/" not in found
    assert staff.get(reverse("wagtailsnippetchoosers_library_authority:choose")).status_code == 200


def test_merging_needs_the_right(client):
    entry = AuthorityFactory()
    client.force_login(UserFactory(is_staff=True))
    assert client.get(address("merge", entry.pk)).status_code in (302, 403)
    assert client.post(address("merge", entry.pk), {"other": entry.pk}).status_code in (302, 403)
