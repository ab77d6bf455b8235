"""Staff give records covers; readers see them in lists without one query more."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from catalog_pages.cover_pictures import set_cover
from catalog_pages.covers import cover
from library.models import PortalImage
from library.roles import group_of, keep_roles
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db


def picture(name="cover.png", colour="teal"):
    data = io.BytesIO()
    Image.new("RGB", (40, 60), colour).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


@pytest.fixture
def librarian(client):
    keep_roles()
    user = UserFactory()
    user.groups.add(group_of("librarian"))
    client.force_login(user)
    return client


def address(record):
    return reverse("catalogue_covers:edit", args=[record.pk])


def test_a_librarian_gives_a_cover_and_readers_see_it(librarian):
    record = RecordFactory()
    assert "<svg" in librarian.get(address(record)).content.decode()
    answer = librarian.post(address(record), {"picture": picture(), "alt": "A teal binding"})
    assert answer.status_code == 302
    record.refresh_from_db()
    html = librarian.get(record.get_absolute_url()).content.decode()
    assert f'src="/catalogue/cover/{record.cover_id}-l.webp"' in html and 'alt="A teal binding"' in html
    shown = librarian.get(f"/catalogue/cover/{record.cover_id}-s.webp")
    assert shown.status_code == 302 and shown.headers["Location"].endswith(".webp")
    assert "max-age" in shown.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"alt": ""}, "Say in one sentence"),
        ({"alt": "Both", "remove": "on"}, "not both"),
        ({"alt": "No picture", "picture": SimpleUploadedFile("a.png", b"GIF89a nonsense")}, "error"),
        ({"alt": "Program", "picture": SimpleUploadedFile("a.exe", b"MZ")}, "error"),
    ],
)
def test_what_is_no_cover_is_refused_with_a_reason(librarian, data, message):
    record = RecordFactory()
    answer = librarian.post(address(record), {"picture": picture()} | data)
    assert answer.status_code == 422 and message in answer.content.decode()
    record.refresh_from_db()
    assert record.cover is None and not PortalImage.objects.exists()


def test_a_new_picture_takes_the_place_of_the_old_and_none_is_left_over():
    record, user = RecordFactory(), UserFactory()
    set_cover(record=record, user=user, picture=picture(), alt="Old")
    old = record.cover.pk
    set_cover(record=record, user=user, alt="Old, described better")
    assert PortalImage.objects.get().description == "Old, described better"
    set_cover(record=record, user=user, picture=picture(colour="red"), alt="New")
    assert PortalImage.objects.get().pk != old
    set_cover(record=record, user=user, remove=True)
    record.refresh_from_db()
    assert record.cover is None and not PortalImage.objects.exists()


def test_a_cover_that_two_records_share_stays_for_the_other():
    one, two, user = RecordFactory(), RecordFactory(), UserFactory()
    set_cover(record=one, user=user, picture=picture(), alt="Shared")
    two.cover = one.cover
    two.save()
    set_cover(record=one, user=user, remove=True)
    assert PortalImage.objects.count() == 1


@pytest.mark.parametrize("wrong", ["{pk}-xl.webp", "999999-s.webp", "99999999999999999999-s.webp"])
def test_only_covers_in_three_sizes_are_given_out(client, wrong):
    record = RecordFactory()
    set_cover(record=record, user=UserFactory(), picture=picture(), alt="Cover")
    assert client.get("/catalogue/cover/" + wrong.format(pk=record.cover_id)).status_code == 404


def test_other_pictures_of_the_library_are_no_covers(client):
    other = PortalImage.objects.create(title="Hall", file=picture())
    assert client.get(f"/catalogue/cover/{other.pk}-s.webp").status_code == 404


def test_readers_and_staff_without_the_right_change_nothing(client):
    record = RecordFactory()
    assert client.post(address(record), {"picture": picture(), "alt": "A"}).status_code == 302
    client.force_login(UserFactory())
    assert client.post(address(record), {"picture": picture(), "alt": "A"}).status_code in (302, 403)
    record.refresh_from_db()
    assert record.cover is None
    assert address(record) not in client.get(record.get_absolute_url()).content.decode()


def test_a_cover_costs_no_query(django_assert_num_queries):
    record = RecordFactory()
    set_cover(record=record, user=UserFactory(), picture=picture(), alt="Cover")
    record = type(record).objects.get(pk=record.pk)
    with django_assert_num_queries(0):
        assert 'alt=""' in cover(record, size="s")
