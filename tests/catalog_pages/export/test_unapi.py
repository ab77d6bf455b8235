"""unAPI as its specification asks: forms, forms of a record, the record, and what goes wrong."""

import re
from xml.etree import ElementTree

import pytest

from catalog_pages.export.formats import FORMATS
from catalog_pages.export.unapi import NAMES
from catalog_pages.models import MergedRecord
from tests.factories.catalog_pages import RecordFactory

pytestmark = pytest.mark.django_db


def forms(response):
    root = ElementTree.fromstring(response.content)
    assert root.tag == "formats" and response["Content-Type"].startswith("application/xml")
    return root.get("id"), {one.get("name"): one.get("type") for one in root}


def test_a_page_leads_to_the_record_in_every_form(client):
    record = RecordFactory(title="Garden")
    page = client.get(f"/en/catalogue/{record.pk}/").text
    server = re.search(
        r'<link rel="unapi-server" type="application/xml" title="unAPI" href="([^"]*)">', page
    )[1]
    (name,) = re.findall(r'<abbr class="unapi-id" title="([^"]*)"></abbr>', page)
    assert forms(client.get(server)) == (None, {name: FORMATS[own].media_type for name, own in NAMES.items()})
    answer = client.get(server, {"id": name})
    assert answer.status_code == 300 and forms(answer)[0] == name
    for form in forms(answer)[1]:
        found = client.get(server, {"id": name, "format": form}, follow=True)
        assert found.status_code == 200 and b"Garden" in found.content


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"format": "mods"}, 400), ({"id": "record:999999"}, 404), ({"id": "record:999", "format": "mods"}, 404),
        ({"id": "<x>"}, 404), ({"id": "record:٣"}, 404), ({"id": f"record:{'9' * 19}"}, 404),
        ({"id": "HERE", "format": "pdf"}, 406), ({"id": "HERE", "format": "mrc"}, 406),
    ],
)  # fmt: skip
def test_what_goes_wrong(client, query, status):
    record = RecordFactory()
    query = {name: value.replace("HERE", f"record:{record.pk}") for name, value in query.items()}
    answer = client.get("/unapi", query)
    assert answer.status_code == status and "<x>" not in answer.text
    assert client.post("/unapi", query).status_code == 405


def test_a_merged_record_leads_to_the_one_that_was_kept(client):
    kept = RecordFactory()
    MergedRecord.objects.create(pk=987654, kept=kept, source="local", control_number="gone")
    answer = client.get("/unapi", {"id": "record:987654", "format": "ris"})
    assert answer.status_code == 302 and answer["Location"] == f"/catalogue/{kept.pk}.ris"
