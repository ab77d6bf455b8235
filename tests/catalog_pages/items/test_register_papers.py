"""The accession register on paper and as a table: prices with their currency, entries of many copies."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from wagtail.models import Site
from wagtail.users.models import UserProfile

from catalog_pages.items import register
from library.models import SystemSettings
from tests.catalog_pages.items.test_views import address, text
from tests.factories.catalog_pages import AccessionFactory, ItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian(client, sign_in):
    UserProfile.objects.create(user=sign_in(), preferred_language="en")
    return client


def test_prices_have_their_currency_where_people_read_them_and_none_in_tables(librarian, branch):
    settings = SystemSettings.for_site(Site.objects.get(is_default_site=True))
    settings.country = "KZ"
    settings.save()
    entry = AccessionFactory(branch=branch)
    item = ItemFactory(branch=branch, accession=entry, price="1234.50")
    for page in (address("register"), address("accession", entry.pk)):
        assert "KZT 1,234.50" in text(librarian.get(page)).replace("\xa0", " ")
    for page in (f"{address('register')}?{librarian.get(address('register')).context['query']}&form=pdf",
                 address("accession", entry.pk) + "?form=pdf"):  # fmt: skip
        words = PdfReader(BytesIO(librarian.get(page).content)).pages[0].extract_text()
        assert "KZT" in words and "1,234.50" in words
    assert "Price, KZT" in text(librarian.get(address("item", item.pk)))
    table = b"".join(librarian.get(address("accession", entry.pk) + "?form=csv")).decode("utf-8-sig")
    assert "Price, KZT" in table and ",1234.50" in table


def test_an_entry_of_many_copies_is_printed_in_parts(librarian, branch, monkeypatch):
    monkeypatch.setattr(register, "MOST_PRINTED", 3)
    entry = AccessionFactory(branch=branch)
    for number in range(7):
        ItemFactory(branch=branch, accession=entry, accession_number=f"N-{number}", price="2")
    at = address("accession", entry.pk)
    page = text(librarian.get(at))
    assert "part 3 of 3" in page and "part=3" in page
    parts = [
        "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages)
        for answer in (librarian.get(f"{at}?form=pdf&part={part}") for part in (1, 2, 3, 99))
    ]
    found = [[number for number in range(7) if f"N-{number}" in words] for words in parts]
    assert found == [[0, 1, 2], [3, 4, 5], [6], [6]]
    assert "Part 2 of 3: copies 4–6" in parts[1]
    assert ["14.00" in words for words in parts] == [
        False,
        False,
        True,
        True,
    ]  # sums and signatures at the end
