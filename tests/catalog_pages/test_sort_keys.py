import pytest
from django.core.management import call_command

from catalog_pages.models import Record
from catalog_pages.services import WholeMarc, save_record
from library.models import Authority
from search.models import OutboxEntry
from search.sorting import filing_key, sort_key
from tests.factories.authorities import AuthorityFactory
from tests.factories.catalog_pages import RecordFactory, marc

pytestmark = pytest.mark.django_db


def test_everything_is_sorted_by_the_alphabet_of_now(settings, capsys):
    settings.LANGUAGE_CODE = "az"
    record = save_record(
        fields={"control_number": "1", "title": "Xəzər", "authors": ["Xəqani"], "language": "aze"}
    )
    author = AuthorityFactory(heading="Xəqani")
    OutboxEntry.objects.all().delete()
    settings.LANGUAGE_CODE = "en"
    call_command("refresh_sort_keys")
    record.refresh_from_db()
    assert record.title_sort == filing_key("Xəzər", "aze", "en")
    assert record.author_sort == filing_key("Xəqani", "aze", "en")
    assert Authority.objects.get(pk=author.pk).sort_key == sort_key("Xəqani", "en", "en")
    assert OutboxEntry.objects.filter(source="record", object_id=record.pk).exists()
    assert "2 of 2 rows changed" in capsys.readouterr().out
    call_command("refresh_sort_keys")
    assert "0 of 2 rows changed" in capsys.readouterr().out


def test_the_article_stays_left_out():
    record = RecordFactory(title="The Caspian", language="eng")
    data = marc(title="The Caspian").replace(b"10\x1faThe", b"14\x1faThe")
    from catalog_pages.services import write_marc

    write_marc([record], [WholeMarc(data, "x")])
    call_command("refresh_sort_keys", verbosity=0)
    assert Record.objects.get(pk=record.pk).title_sort == filing_key("Caspian", "eng")
