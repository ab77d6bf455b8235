"""Every way by which staff upload a file refuses the same things, with words and never with an error."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image
from wagtail.users.models import UserProfile

from library.models import PortalDocument, PortalImage
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>"


def picture(form="PNG", size=(8, 6), **options) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, form, **options)
    return stream.getvalue()


@pytest.fixture
def staff(client, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000_000
    user = UserFactory(is_superuser=True, is_staff=True)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def send(staff, route, name, content):
    """Upload by one of the routes; the words of the answer."""
    file = SimpleUploadedFile(name, content)
    if route.endswith("add_multiple"):
        data, headers = {"files[]": file, "title": "x"}, {"X-Requested-With": "XMLHttpRequest"}
    else:
        prefix = {"wagtailimages_chooser:create": "image-chooser-upload-",
                  "wagtaildocs_chooser:create": "document-chooser-upload-"}.get(route, "")  # fmt: skip
        data, headers = {f"{prefix}file": file, f"{prefix}title": "x"}, {}
    arguments = []
    if route == "wagtailimages:edit":
        arguments = [PortalImage.objects.create(title="old", file="old.png", width=1, height=1).pk]
    if route == "wagtaildocs:edit":
        arguments = [PortalDocument.objects.create(title="old", file="old.pdf").pk]
    response = staff.post(reverse(route, args=arguments), data, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.text


def is_kept(route):
    model = PortalImage if "images" in route else PortalDocument
    return (
        model.objects.exclude(title="old").exists()
        or model.objects.exclude(file__in=["old.png", "old.pdf", ""]).exists()
    )


PICTURES = [
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    "wagtailimages_chooser:create",
    "wagtailimages:edit",
]
DOCUMENTS = ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create", "wagtaildocs:edit"]
BAD_PICTURES = {
    "a drawing with a script": ("a.svg", SVG, "cannot be uploaded"),
    "one that hides": ("a.png", SVG, "drawing in code"),
    "a web page": ("a.jpg", b"<!doctype html><script>alert(1)</script>", "web page"),
    "another type": ("a.png", PDF, "is not what its ending says"),
    "a program": ("a.exe", b"MZ\x90\x00", "cannot be uploaded"),
    "too many pixels": ("a.png", picture(size=(2000, 1000)), "too many pixels"),
    "half a picture": ("a.png", picture()[:-30], "damaged or incomplete"),
    "nothing": ("a.png", b"", "empty"),
}
BAD_DOCUMENTS = {
    "a web page": ("a.txt", b"<html><script>alert(1)</script>", "web page"),
    "a drawing": ("a.svg", SVG, "cannot be uploaded"),
    "another type": ("a.pdf", picture(), "is not what its ending says"),
    "captions that are none": ("a.vtt", b"1\n00:00:01,000 --> x", "is not what its ending says"),
    "a video that is none": ("a.mp4", b"\x1aE\xdf\xa3webm", "is not what its ending says"),
    "a program": ("a.exe", b"MZ\x90\x00", "cannot be uploaded"),
}


@pytest.mark.parametrize("route", PICTURES)
def test_pictures_that_are_refused(staff, route):
    for name, content, words in BAD_PICTURES.values():
        assert words in send(staff, route, name, content), (route, name, words)
        assert not is_kept(route), (route, name)


@pytest.mark.parametrize("route", DOCUMENTS)
def test_documents_that_are_refused(staff, route):
    for name, content, words in BAD_DOCUMENTS.values():
        assert words in send(staff, route, name, content), (route, name, words)
        assert not is_kept(route), (route, name)


@pytest.mark.parametrize("language", ["az", "ru", "ka"])
def test_the_words_are_those_of_the_person_who_uploads(staff, translated, language):
    UserProfile.objects.update(preferred_language=language)
    answer = send(staff, "wagtailimages:add_multiple", "a.png", picture(size=(2000, 1000)))
    assert "too many pixels" not in answer and '"success": false' in answer


def test_too_many_bytes(staff, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 50
    assert "too big" in send(staff, "wagtailimages_chooser:create", "a.png", picture(size=(200, 200)))


VIDEO = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 40


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello"),
        ("b.vtt", b"\xef\xbb\xbfWEBVTT - captions\n"),
        ("a.mp4", VIDEO),
        ("a.mp3", b"ID3\x03\x00" + b"\x00" * 40),
    ],
)
def test_video_sound_and_captions_are_taken(staff, client, name, content):
    send(staff, "wagtaildocs_chooser:create", name, content)
    document = PortalDocument.objects.get()
    client.logout()
    answer = client.get(document.url)
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == content
    part = client.get(document.url, headers={"Range": "bytes=0-3"})
    assert part.status_code == 206, "players ask for parts"


def test_who_may_not_upload_cannot_by_address_either(client):
    user = UserFactory()
    client.force_login(user)
    for route in (*PICTURES[:3], *DOCUMENTS[:3]):
        response = client.post(reverse(route), {"title": "x"})
        assert response.status_code in (302, 403), route
    assert not PortalImage.objects.exists() and not PortalDocument.objects.exists()


def test_the_place_of_a_photograph_leaves_with_no_copy(staff, client):
    """Uploaded by the chooser, shown on a page: no copy that readers get knows where it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRETCAMERA"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (40.0, 59.0, 31.0)}
    )
    send(staff, "wagtailimages_chooser:create", "a.jpg", picture("JPEG", (600, 400), exif=exif.tobytes()))
    image = PortalImage.objects.get()
    client.logout()
    specs = [
        "width-480|format-avif",
        "width-480|format-webp",
        "width-480|format-jpeg",
        "fill-360x270-c40|format-webp",
    ]
    for rendition in image.get_renditions(*specs).values():
        data = client.get(rendition.url).getvalue()
        shown = Image.open(io.BytesIO(data)).getexif()
        assert not shown.get_ifd(ExifTags.IFD.GPSInfo) and b"SECRETCAMERA" not in data
    assert client.get(image.file.url).status_code == 404, "the original itself is for staff"
