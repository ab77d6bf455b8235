"""What may be uploaded: judged by content, refused with words, never with an error."""

import io
import sys
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.users.models import UserProfile

from library.files.checks import CONTENT_OF, Rules, UploadRefused, check_upload
from library.models import PortalDocument as Document
from library.models import PortalImage
from tests.factories.library import UserFactory

LENIENT = Rules(tuple(CONTENT_OF), None, 2_000_000)


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(form="PNG", size=(8, 6), **options) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, form, **options)
    return stream.getvalue()


def pdf(change=None, **options) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    stream = io.BytesIO()
    document.save(stream, **options)
    return stream.getvalue()


def archive(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(
                name.replace("__", "/").replace("_dot_", ".")
            )  # of a fixed date: it names a test
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def script(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def hidden_script(document):
    document.Root.Names = document.make_indirect(
        pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", pikepdf.Dictionary(JS="1")]))
    )


def launch(document):
    document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (picture(), "a.png"),
        (picture("JPEG"), "a.JPG"),
        (picture("GIF"), "a.gif"),
        (picture("WEBP"), "a.webp"),
        (picture("TIFF"), "a.tif"),
        (pdf(), "a.pdf"),
        (pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "a.pdf"),
        ("ad;soyad\nƏli;Əliyev\n".encode(), "a.csv"),
        ("Тексты на windows".encode("cp1251"), "a.txt"),
        (archive(a_dot_txt=b"x"), "a.zip"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text", content_dot_xml=b"<a/>"), "a.odt"),
        (archive(**{"[Content_Types]_dot_xml": b"<a/>", "word__document_dot_xml": b"<a/>"}), "a.docx"),
    ],
)
def test_ordinary_files_are_taken(content, name):
    file = upload(content, name)
    assert "/" in check_upload(file, LENIENT)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.png", "empty"),
        (b"x", "a.exe", "ending"),
        (b"x", "a.svg", "ending"),
        (b"x", "noending", "ending"),
        (picture("GIF"), "a.png", "content"),
        (pdf(), "a.jpg", "content"),
        (b"MZ\x90\x00" + b"\x00" * 100, "a.txt", "content"),
        (b"just words", "a.pdf", "content"),
        (b"<!DOCTYPE html><p>", "a.txt", "active"),
        (b"\xef\xbb\xbf  <!-- x --> <svg onload='x'>", "a.csv", "active"),
        (b"<?xml version='1.0'?><svg/>", "a.png", "active"),
        (b"<HTML>", "a.pdf", "active"),
        (picture()[:-40], "a.png", "damaged"),
        (picture("JPEG", (400, 400))[:700], "a.jpg", "damaged"),
        (picture("PNG", (2000, 1001)), "a.png", "pixels"),
        (picture("GIF", (1000, 1000), save_all=True,
                 append_images=[Image.new("RGB", (1000, 1000), c) for c in ("red", "blue")]), "a.gif", "pixels"),
        (pdf()[:200], "a.pdf", "damaged"),
        (pdf(script), "a.pdf", "active"),
        (pdf(hidden_script, object_stream_mode=pikepdf.ObjectStreamMode.generate), "a.pdf", "active"),
        (pdf(launch), "a.pdf", "active"),
        (pdf(script).replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/J#53"), "a.pdf", "active"),
        (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "a.pdf", "password"),
        (archive(a_dot_txt=b"x")[:30], "a.zip", "damaged"),
        (archive(a_dot_txt=b"x"), "a.docx", "content"),
        (archive(**{"[Content_Types]_dot_xml": b"", "word__vbaProject_dot_bin": b"x"}), "a.docx", "active"),
    ],
)  # fmt: skip
def test_what_is_refused_and_why(content, name, code):
    with pytest.raises(UploadRefused) as refused:
        check_upload(upload(content, name), LENIENT)
    assert refused.value.code == code and len(refused.value.messages[0]) > 15


def test_too_big():
    with pytest.raises(UploadRefused, match="too big"):
        check_upload(upload(picture(), "a.png"), Rules(("png",), 10, 10**6))


def test_an_archive_that_would_fill_the_disk(monkeypatch):
    monkeypatch.setattr("library.files.checks.LARGEST_UNPACKED", 100_000)
    with pytest.raises(UploadRefused, match="unpacked"):
        check_upload(upload(archive(a_dot_txt=b"0" * 200_000), "a.zip"), LENIENT)


def test_nasty_pictures_are_taken_or_refused_with_words(shared):
    folder = shared / "data" / "images" / "pillow"
    if not folder.is_dir():
        pytest.skip("the folder of nasty pictures is not there")
    taken = refused = 0
    form = get_image_form(PortalImage)
    for path in sorted(folder.iterdir()):
        if not path.is_file() or path.stat().st_size > 3_000_000:
            continue
        content = path.read_bytes()
        for name in {path.name, f"{path.stem}.jpg", f"{path.stem}.png"}:
            field = form.base_fields["file"]
            try:
                field.clean(upload(content, name))
                taken += 1
            except ValidationError as error:
                assert error.messages[0]
                refused += 1
    assert taken > 30 and refused > 100
    for bomb in ("decompression_bomb.gif", "decompression_bomb_extents.gif", "truncated_image.png"):
        with pytest.raises(ValidationError):
            form.base_fields["file"].clean(upload((folder / bomb).read_bytes(), bomb))


class TestVirusCheck:
    def command(self, settings, code):
        settings.MALWARE_COMMAND = f'{sys.executable} -c "{code}"'

    def test_clean(self, settings):
        self.command(settings, "import sys; open(sys.argv[1]).read(); sys.exit(0)")
        check_upload(upload(b"clean words", "a.txt"), LENIENT)

    def test_found(self, settings):
        self.command(settings, "import sys; sys.exit('EICAR' in open(sys.argv[1]).read())")
        check_upload(upload(b"clean words", "a.txt"), LENIENT)
        with pytest.raises(ValidationError, match="refused this file"):
            check_upload(upload(b"EICAR", "a.txt"), LENIENT)

    @pytest.mark.parametrize("command", ["/no/such/command", "unbalanced 'quote"])
    def test_what_cannot_be_checked_stays_out(self, settings, command):
        settings.MALWARE_COMMAND = command
        with pytest.raises(ValidationError, match="does not work"):
            check_upload(upload(b"words", "a.txt"), LENIENT)

    def test_a_check_without_end(self, settings):
        self.command(settings, "import time; time.sleep(9)")
        settings.MALWARE_TIMEOUT = 0.2
        with pytest.raises(ValidationError, match="does not work"):
            check_upload(upload(b"words", "a.txt"), LENIENT)


@pytest.fixture
def staff(client, db):
    user = UserFactory(is_superuser=True, is_staff=True)
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def test_wagtails_forms_check_too(staff):
    answer = staff.post(
        reverse("wagtailimages:add"), {"title": "x", "file": upload(picture()[:-40], "a.png")}
    )
    assert answer.status_code == 200 and "damaged or incomplete" in answer.text
    answer = staff.post(reverse("wagtaildocs:add"), {"title": "x", "file": upload(pdf(script), "a.pdf")})
    assert answer.status_code == 200 and "contains a program" in answer.text
    assert not PortalImage.objects.exists() and not Document.objects.exists()
    staff.post(reverse("wagtailimages:add"), {"title": "x", "file": upload(picture(), "a.png")})
    staff.post(reverse("wagtaildocs:add"), {"title": "x", "file": upload(pdf(), "a.pdf")})
    assert PortalImage.objects.get().width == 8 and Document.objects.get().title == "x"
    # Changing the title needs no file.
    form = get_document_form(Document)
    assert form.base_fields["file"].clean(None, initial="documents/a.pdf") == "documents/a.pdf"


GPS = {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (40.0, 59.0, 31.0)}


def photograph(form: str) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRETCAMERA"
    exif[ExifTags.Base.Copyright] = "Tovuz archive"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(GPS)
    return picture(form, (60, 40), exif=exif.tobytes(), xmp=b"<x:xmpmeta>SECRETPLACE</x:xmpmeta>")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spec", ["original", "width-30", "fill-20x20|format-webp", "width-30|format-png", "max-20x20|format-avif"]
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_no_rendition_tells_the_place(form, spec):
    content = photograph(form)
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    image = PortalImage.objects.create(
        title="x", file=upload(content, f"a.{form.lower()}"), width=60, height=40
    )
    data = image.get_rendition(spec).file.open().read()
    exif = Image.open(io.BytesIO(data)).getexif()
    assert not exif.get_ifd(ExifTags.IFD.GPSInfo) and ExifTags.Base.Make not in exif
    assert b"SECRETPLACE" not in data and b"SECRETCAMERA" not in data
    assert exif.get(ExifTags.Base.Copyright, "Tovuz archive") == "Tovuz archive"


@pytest.mark.django_db
def test_originals_are_for_staff(client, staff):
    image = PortalImage.objects.create(
        title="x", file=upload(photograph("JPEG"), "a.jpg"), width=60, height=40
    )
    address = image.file.url
    assert staff.get(address).status_code == 200
    staff.logout()
    assert client.get(address).status_code == 404
    assert client.get(image.get_rendition("width-30").url).status_code == 200
