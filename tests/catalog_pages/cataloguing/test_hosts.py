"""Articles find the periodical or book they stand in."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog_pages.cataloguing.hosts import link_changed, link_hosts
from catalog_pages.marc.building import MarcBuilder
from catalog_pages.marc.iso2709 import build
from catalog_pages.models import Record
from catalog_pages.services import WholeMarc, write_marc
from tests.factories.catalog_pages import RecordFactory

pytestmark = pytest.mark.django_db


def article(format="marc21", source="local", **subfields):
    record = RecordFactory(material="article", host=None, source=source, language="eng")
    builder = MarcBuilder(record.control_number, "article")
    builder.add("245", "10", a=record.title)
    tag = "773" if format == "marc21" else "463"
    builder.add(tag, "0 ", **{code.lstrip("_"): value for code, value in subfields.items()})
    write_marc([record], [WholeMarc(builder.iso2709(), "x", format=format)])
    return record


def host_of(record):
    return Record.objects.get(pk=record.pk).host


@pytest.fixture
def journal():
    return RecordFactory(
        title="The Gənc News", material="periodical", control_number="j1", issns=["0378-5955"], language="eng"
    )


@pytest.mark.parametrize(
    "said",
    [
        {"w": "j1"},
        {"w": "(AzGn)j1"},
        {"x": "03785955"},
        {"x": "0378-5955", "t": "Another name"},
        {"t": "The Gənc News."},
        {"t": "the gənc news"},
        {"w": "unknown", "x": "0378-5955"},
    ],
)
def test_a_number_an_issn_or_a_title_leads_to_the_host(journal, said):
    record = article(**said)
    assert link_hosts() == 1
    assert host_of(record) == journal


@pytest.mark.parametrize(
    "said",
    [
        {"t": "Unknown"},
        {"x": "1234-5679", "t": "The Gənc News"},  # an ISSN of another periodical
        {"g": "2020, no. 1"},
        {},
    ],
)
def test_what_is_not_sure_is_not_linked(journal, said):
    record = article(**said)
    assert link_hosts() == 0
    assert host_of(record) is None


def test_a_title_that_two_periodicals_have_leads_nowhere(journal):
    RecordFactory(title="The Gənc News", material="periodical", language="eng")
    record = article(t="The Gənc News")
    link_hosts()
    assert host_of(record) is None


def test_the_number_counts_within_its_own_source(journal):
    record = article(source="koha", w="j1")
    link_hosts()
    assert host_of(record) is None


def test_an_article_in_a_book_is_linked_by_its_title():
    book = RecordFactory(title="Collected papers", language="eng")
    record = article(t="Collected papers", g="p. 5-9")
    link_hosts()
    assert host_of(record) == book


@pytest.mark.parametrize("format", ["unimarc", "irbis"])
def test_unimarc_and_irbis_say_it_in_463(journal, format):
    record = article(format, **({"t": "The Gənc News"} if format == "unimarc" else {"C": "The Gənc News"}))
    link_hosts()
    assert host_of(record) == journal


def test_a_record_embedded_in_unimarc(journal):
    record = RecordFactory(material="article", language="eng")
    embedded = b" 0\x1f1001j1\x1f12001 \x1faThe G\xc9\x99nc News\x1fv5"
    data = build("00000naa a2200000   4500", [("200", b"1 \x1faTitle"), ("463", embedded)])
    write_marc([record], [WholeMarc(data, "x", format="unimarc")])
    link_hosts()
    assert host_of(record) == journal


def test_the_schedule_looks_at_what_has_changed_since_it_last_ran(journal, django_assert_max_num_queries):
    assert link_changed() == 0
    record = article(w="j1")
    assert link_changed() == 1
    assert host_of(record) == journal
    Record.objects.filter(pk=record.pk).update(host=None)
    with django_assert_max_num_queries(3):
        assert link_changed() == 0
    Record.objects.filter(pk=record.pk).update(updated_at=timezone.now())
    assert link_changed() == 1


def test_the_command_links_all(journal, capsys):
    article(w="j1")
    call_command("link_hosts", verbosity=1)
    assert "1 articles linked" in capsys.readouterr().out


def test_linking_many_takes_few_queries(journal, django_assert_max_num_queries):
    for _number in range(30):
        article(x="0378-5955")
    with django_assert_max_num_queries(9):
        assert link_hosts() == 30


def test_both_pages_lead_to_each_other(client, journal, django_assert_max_num_queries):
    one = RecordFactory(material="article", host=journal, host_part="2026, no. 14, p. 3")
    html = client.get(one.get_absolute_url()).content.decode()
    assert f'href="{journal.get_absolute_url()}"' in html and "2026, no. 14, p. 3" in html
    RecordFactory.create_batch(60, material="article", host=journal)
    with django_assert_max_num_queries(17):
        html = client.get(journal.get_absolute_url()).content.decode()
    section = html.partition('id="articles-title"')[2].partition("</section>")[0]
    assert section.count("<li>") == 10 and one.get_absolute_url() not in section
    assert f"{journal.get_absolute_url()}articles/" in section


def test_all_articles_stand_on_pages_of_their_own(client, journal, django_assert_max_num_queries):
    first = RecordFactory(material="article", host=journal)
    RecordFactory.create_batch(55, material="article", host=journal)
    address = journal.get_absolute_url() + "articles/"
    with django_assert_max_num_queries(10):
        page = client.get(address)
    assert len(page.context["articles"]) == 50 and page.context["next"]
    rest = client.get(f"{address}?before={page.context['next']}")
    assert first in rest.context["articles"] and rest.context["next"] is None
    assert client.get(f"{address}?before=%D9%A3").status_code == 200
    assert client.get("/en/catalogue/99999999999999999999/articles/").status_code == 404
