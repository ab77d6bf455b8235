"""What other rooms and the record's own links bring to its page."""

import pytest
from django.core.files.base import ContentFile
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from catalog_pages.electronic.copies import own_path
from catalog_pages.electronic.panels import RecordPanel
from library.models import PortalImage
from tests.factories.catalog_pages import RecordFactory

pytestmark = pytest.mark.django_db


def html_of(client, record):
    response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def record_with(*addresses):
    return RecordFactory(links=[{"url": address, "text": ""} for address in addresses])


@pytest.fixture
def document(tmp_path, settings):
    return get_document_model().objects.create(title="Scan", file=ContentFile(b"%PDF-1.4", name="scan.pdf"))


def test_rooms_show_what_they_have_in_order_and_failures_are_left_out(client):
    record = RecordFactory()

    def panel(name, title):
        return lambda found, request: RecordPanel(name, title, "catalog_pages/electronic/copies.html")

    def failing(found, request):
        raise RuntimeError

    with (
        hooks.register_temporarily("register_record_panel", lambda: panel("second", "Second room"), order=30),
        hooks.register_temporarily("register_record_panel", lambda: panel("first", "First <room>"), order=20),
        hooks.register_temporarily("register_record_panel", lambda: failing, order=25),
        hooks.register_temporarily("register_record_panel", lambda: lambda found, request: None, order=26),
    ):
        html = html_of(client, record)
    assert html.index('id="first"') < html.index('id="second"')
    assert "First &lt;room&gt;" in html
    assert html_of(client, record).count('class="record-panel"') == 0


def test_a_document_of_ours_is_read_from_the_record(client, document, settings):
    record = record_with(settings.BASE_URL + document.url, "https://elsewhere.example/book.pdf")
    html = html_of(client, record)
    assert f'href="{document.url}"' in html
    assert "(PDF)" in html
    assert html.count("elsewhere.example/book.pdf") >= 1
    assert f'href="{settings.BASE_URL}{document.url}"' not in html  # not once more among the links


def test_what_a_visitor_may_not_read_is_named_without_a_way(client, document, settings):
    document.collection = Collection.get_first_root_node().add_child(name="Shut")
    document.save()
    document.collection.view_restrictions.create(restriction_type="login")
    html = html_of(client, record_with(document.url))
    assert "not open to everybody" in html
    assert f'href="{document.url}"' not in html


def test_guarded_files_ask_who_may_read(client):
    image = PortalImage.objects.create(title="Page 1", file=get_test_image_file())
    record = record_with(f"/files/picture/{image.pk}/page.png")
    assert "not open to everybody" in html_of(client, record)


@pytest.mark.parametrize(
    "address",
    [
        "/documents/999/none.pdf", "/files/nothing/1/a.pdf", "/admin/", "/files/picture/999/a.png", "http://[", "",
        "//elsewhere.example/documents/1/a.pdf", "javascript:alert(1)", "https://elsewhere.example/media/a.pdf",
    ],
)  # fmt: skip
def test_other_links_make_no_panel(client, address):
    assert 'class="record-panel"' not in html_of(client, record_with(address))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://localhost:8000/media/a%20b.pdf", "/media/a b.pdf"),
        ("/media/a.pdf", "/media/a.pdf"),
        ("https://localhost:8000/media/a.pdf", ""),
        ("http://localhost:8000.evil.example/media/a.pdf", ""),
        ("media/a.pdf", ""),
    ],
)
def test_which_addresses_are_ours(address, path):
    assert own_path(address) == path
