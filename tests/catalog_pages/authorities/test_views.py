"""The page of an author or a subject."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks

from catalog_pages.headings import count_changes
from catalog_pages.models import Record, RecordAuthority
from catalog_pages.services import tell_changed
from library.authorities import find_or_create, merge, relate
from library.models import Authority, AuthorityIdentifier, AuthorityName
from tests.factories.authorities import AuthorityFactory
from tests.factories.catalog_pages import ItemFactory, RecordFactory
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db


def linked(**fields) -> Record:
    record = RecordFactory(**fields)
    tell_changed([record.pk])
    count_changes()
    return record


def page_of(client, authority, name="author", **query):
    return client.get(reverse(f"catalog_pages:{name}", args=[authority.pk]), query)


def titles(response):
    return [record.title for record in response.context["works"].records]


def test_an_author_has_a_page_with_works_by_and_about(client):
    author = find_or_create(kind="person", heading="Made-up, Author")
    Authority.objects.filter(pk=author.pk).update(note={"en": "Wrote for tests."})
    AuthorityName.objects.create(
        authority=author, name="Выдуманный, Автор", kind="other_script", language="rus"
    )
    AuthorityIdentifier.objects.create(authority=author, scheme="wikidata", value="Q42")
    linked(title="Old", year=1950, authors=["Made-up, Author"])
    linked(title="New", year=2020, authors=["Made-up, Author"], material="map")
    linked(title="About", year=1999, authors=["Somebody"], subjects=["Made-up, Author"])
    RecordAuthority.objects.filter(role="subject", record__title="About").update(authority=author)
    response = page_of(client, author)
    html = response.content.decode()
    assert titles(response) == ["New", "Old"] and "X-Robots-Tag" not in response.headers
    for text in (
        "Выдуманный, Автор",
        "Wrote for tests.",
        "Works by",
        "Works about",
        '"@type": "Person"',
        "Q42",
    ):
        assert text in html
    assert titles(page_of(client, author, show="about")) == ["About"]
    assert titles(page_of(client, author, material="map")) == ["New"]
    sorted_by_title = page_of(client, author, sort="title")
    assert titles(sorted_by_title) == ["New", "Old"] and "noindex" in sorted_by_title.headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=99999999999", "show=x", "material=x", "sort=x", "page=²"]
)
def test_nonsense_in_the_address_is_as_if_it_said_nothing(client, query):
    linked(authors=["One"], title="A")
    author = Authority.objects.get(heading="One")
    response = client.get(reverse("catalog_pages:author", args=[author.pk]) + f"?{query}")
    assert response.status_code == 200 and titles(response) == ["A"]


def test_a_subject_has_a_page_with_related_subjects_in_use(client):
    linked(subjects=["Poetry", "Art", "Poetry — History", "Poetry — Forms"], title="Once")
    poetry, art = (Authority.objects.get(heading=text) for text in ("Poetry", "Art"))
    relate(authority=poetry, kind="broader", other=art)
    relate(authority=poetry, kind="narrower", other=find_or_create(kind="subject", heading="Unused"))
    response = page_of(client, poetry, "subject")
    html = response.content.decode()
    assert titles(response) == ["Once"] and response.context["works"].by_role == {"subject": 1}
    assert reverse("catalog_pages:subject", args=[art.pk]) in html and "Unused" not in html
    assert '"@type": "DefinedTerm"' in html


def test_a_merged_entry_and_the_other_address_lead_to_the_page(client):
    linked(authors=["Kept"])
    linked(authors=["Gone"])
    kept, gone = (Authority.objects.get(heading=text) for text in ("Kept", "Gone"))
    merge(keep=kept.pk, duplicate=gone.pk)
    for response in (page_of(client, gone), page_of(client, kept, "subject")):
        assert response.status_code == 301
        assert response.headers["Location"] == reverse("catalog_pages:author", args=[kept.pk])
    assert len(titles(page_of(client, kept))) == 2


@pytest.mark.parametrize("pk", [0, 10**9, 2**63 - 1, 2**63, 10**30])
def test_what_is_not_there(client, pk):
    assert client.get(f"/az/catalogue/authors/{pk}/").status_code == 404


def test_an_entry_without_works_says_so_and_is_not_for_search_engines(client):
    response = page_of(client, AuthorityFactory())
    assert response.status_code == 200 and "noindex" in response.headers["X-Robots-Tag"]


def test_the_page_takes_few_queries_however_many_works(client, django_assert_max_num_queries):
    author = find_or_create(kind="person", heading="Prolific, Made-up")
    for number in range(45):
        record = RecordFactory(authors=["Prolific, Made-up"], title=f"Work {number:02}", year=1900 + number)
        ItemFactory(record=record)
    tell_changed(list(Record.objects.values_list("pk", flat=True)))
    count_changes()
    page_of(client, author)  # what the frame of the site remembers
    with django_assert_max_num_queries(20):
        response = page_of(client, author, page="2")
    assert len(titles(response)) == 20 and titles(response)[0] == "Work 24"
    assert len(titles(page_of(client, author, page="9"))) == 5  # the last page


def test_the_record_leads_to_its_authors_and_subjects(client):
    record = linked(authors=["One"], subjects=["Poetry", "Art — History"])
    html = client.get(record.get_absolute_url()).content.decode()
    assert reverse("catalog_pages:author", args=[Authority.objects.get(heading="One").pk]) in html
    assert reverse("catalog_pages:subject", args=[Authority.objects.get(heading="Poetry").pk]) in html
    assert reverse("catalog_pages:subject", args=[Authority.objects.get(heading="Art").pk]) not in html
    unlinked = RecordFactory(authors=["Nobody yet"])
    assert "author=Nobody+yet" in client.get(unlinked.get_absolute_url()).content.decode()


def test_other_rooms_add_panels(client):
    linked(authors=["One"])

    def panel():
        return lambda request, authority: format_html("<p>{} in the archive</p>", authority.heading)

    with hooks.register_temporarily("register_authority_panel", panel):
        assert "One in the archive" in page_of(client, Authority.objects.get(heading="One")).content.decode()


def test_staff_find_the_way_to_editing_and_merging(client):
    linked(authors=["One"])
    author = Authority.objects.get(heading="One")
    edit = f"/library/authority/edit/{author.pk}/"
    assert edit not in page_of(client, author).content.decode()
    client.force_login(UserFactory(is_superuser=True))
    html = page_of(client, author).content.decode()
    assert edit in html and f"/merge/{author.pk}/" in html


def test_the_list_of_authorities_leads_to_the_page(client):
    linked(authors=["One"])
    client.force_login(UserFactory(is_superuser=True))
    html = client.get(reverse(Authority.snippet_viewset.get_url_name("list"))).content.decode()
    assert f"/catalogue/authors/{Authority.objects.get(heading='One').pk}/" in html


def test_the_sitemap_has_entries_with_works(client):
    linked(authors=["One"], subjects=[])
    AuthorityFactory(heading="Unused")
    html = client.get("/sitemap-authorities.xml").content.decode()
    assert html.count("<loc>") == 1
    assert reverse("catalog_pages:author", args=[Authority.objects.get(heading="One").pk])[3:] in html


def test_the_command_links_what_is_there_and_goes_on_where_it_stopped(capsys):
    for number in range(5):
        RecordFactory(authors=[f"Author {number}"], subjects=[])
    for _ in range(2):
        call_command("link_authorities", verbosity=1)
        assert RecordAuthority.objects.count() == 5
    assert "5" in capsys.readouterr().out
