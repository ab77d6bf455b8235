"""The press kit: what is offered, what is not for everybody, and the archive of everything."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import PressKitPage, PressPhotograph
from home.picture_copies import make_copies
from home.press_archive import LONGEST_NAME, text_of
from home.press_kit import Kit
from tests.factories.blocks import make_document, make_picture, picture_file
from tests.factories.home import make_site
from tests.factories.press import make_press_kit

pytestmark = pytest.mark.django_db

NAMES = ("Oxu zalı № 1 — şəkil", "Балалар бөлімі", "ბიბლიოთეკა")


@pytest.fixture(autouse=True)
def private_folder(settings, own_directories):
    settings.PRIVATE_ROOT = own_directories / "private"


@pytest.fixture
def home():
    return make_site()["en"]


@pytest.fixture
def kit(home):
    return make_press_kit(
        home,
        about="The library is open to everybody.\nSince 1949.",
        contact_role="Public relations",
        contact_email="press@example.org",
        logos=[
            {"title": "Logo", "picture": make_picture("logo"), "document": make_document("Logo", "logo.pdf")}
        ],
        photographs=[
            {
                "title": title,
                "picture": make_picture(title, credit="House"),
                "credit": "A reader",
                "licence": "cc-by",
            }
            for title in NAMES
        ],
        brochures=[{"document": make_document("How to join", "join.pdf", b"%PDF" * 400)}],
    )


def unpacked(response) -> zipfile.ZipFile:
    assert response.status_code == 200 and response["Content-Type"] == "application/zip"
    data = b"".join(response.streaming_content)
    assert len(data) == int(response["Content-Length"])
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return archive


def shut(thing) -> None:
    thing.collection = Collection.get_first_root_node().add_child(name=f"Shut {thing.pk}")
    thing.save()
    CollectionViewRestriction.objects.create(collection=thing.collection, restriction_type="login")


def test_it_shows_what_reporters_need(client, kit):
    html = client.get(kit.url).text
    for words in (*NAMES, "The library in a few words", "Public relations", "mailto:press@example.org",
                  "© A reader", "Creative Commons Attribution 4.0", "How to join", "6 files",
                  'alt="Tables by the window"', 'rel="license noopener"'):  # fmt: skip
        assert words in html, words
    assert html.count('href="https://creativecommons.org/licenses/by/4.0/"') == 3


def test_everything_comes_in_one_archive_of_the_size_that_was_told(client, kit, settings):
    make_copies.func(kit.pk)
    size = Kit.of(kit).size
    response = client.get(f"{kit.url}zip/")
    assert int(response["Content-Length"]) == size
    assert "filename" in response["Content-Disposition"]
    archive = unpacked(response)
    names = archive.namelist()
    assert names == [
        "README.txt", "Logos/01 Logo.png", "Logos/02 Logo.pdf",
        *(f"Photographs/{number:02} {name}.jpg" for number, name in enumerate(NAMES, 3)),
        "Brochures/06 How to join.pdf",
    ]  # fmt: skip
    assert all(entry.flag_bits & 0x800 for entry in archive.infolist() if not entry.filename.isascii())
    assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())


def test_the_text_in_it_names_credits_and_licences(client, kit):
    text = unpacked(client.get(f"{kit.url}zip/")).read("README.txt").decode("utf-8-sig")
    for words in (kit.about.splitlines()[0], "Public relations", "Credit: A reader", "by/4.0/", NAMES[2]):
        assert words in text
    assert "could not be found" not in text and "\r\n" in text


def test_the_text_is_in_the_language_of_the_page_whoever_asks(client, translated):
    document = make_document("Читательский билет", "a.pdf")
    kit = make_press_kit(make_site()["ru"], about="О нас", brochures=[{"document": document}])
    with translation.override("az"):
        names = [packed.name for packed in Kit.of(kit).packed]
        text = text_of(Kit.of(kit))
    with translation.override("ru"):
        assert names == [packed.name for packed in Kit.of(kit).packed]
        assert text == text_of(Kit.of(kit))
    assert names[0].endswith("/01 Читательский билет.pdf") and "/ru/press/" in text


def test_what_is_not_for_everybody_is_neither_shown_nor_packed(client, kit, admin_user):
    picture = kit.photographs.first().picture
    shut(picture)
    shut(kit.brochures.get().document)
    html = client.get(kit.url).text
    assert NAMES[0] not in html and "How to join" not in html
    assert client.get(f"{kit.url}picture/{picture.pk}/").status_code == 404
    client.force_login(admin_user)  # nor to staff: the archive is one for all
    archive = unpacked(client.get(f"{kit.url}zip/"))
    assert not any("How to join" in name or NAMES[0] in name for name in archive.namelist())
    text = archive.read("README.txt").decode("utf-8-sig")
    assert "How to join" not in text and NAMES[0] not in text


def test_what_was_packed_before_is_not_given_once_it_is_shut(client, kit):
    assert any("How to join" in name for name in unpacked(client.get(f"{kit.url}zip/")).namelist())
    shut(kit.brochures.get().document)
    assert not any("How to join" in name for name in unpacked(client.get(f"{kit.url}zip/")).namelist())
    assert len(list(Path(django_settings.PRIVATE_ROOT, "press").iterdir())) == 1


@pytest.mark.parametrize("below", ["", "zip/"])
def test_a_shut_kit_is_shut_as_a_whole(client, kit, below):
    PageViewRestriction.objects.create(page=kit, restriction_type="login")
    assert client.get(kit.url + below).status_code == 302


def test_a_missing_file_is_named_and_the_others_are_whole(client, kit):
    Path(kit.brochures.get().document.file.path).unlink()
    Path(kit.photographs.first().picture.file.path).unlink()
    assert "How to join" not in client.get(kit.url).text
    archive = unpacked(client.get(f"{kit.url}zip/"))
    assert len(archive.namelist()) == 5
    text = archive.read("README.txt").decode("utf-8-sig")
    missing = text.split("could not be found")[1]
    assert "How to join" in missing and NAMES[0] in missing


def test_the_archive_is_made_once_and_anew_when_a_file_changes(client, kit):
    folder = Path(django_settings.PRIVATE_ROOT, "press")
    unpacked(client.get(f"{kit.url}zip/"))
    (first,) = folder.iterdir()
    made = first.stat().st_mtime_ns
    part = client.get(f"{kit.url}zip/", headers={"Range": "bytes=0-3"})
    assert part.status_code == 206 and b"".join(part.streaming_content) == b"PK\x03\x04"
    assert first.stat().st_mtime_ns == made
    kit.about = "New words"
    kit.save()
    unpacked(client.get(f"{kit.url}zip/"))
    (second,) = folder.iterdir()
    assert second != first


def test_a_picture_comes_in_full_size_under_its_title(client, home):
    picture = make_picture("Evening", size=(4400, 100), credit="House")
    kit = make_press_kit(home, photographs=[{"title": NAMES[2], "picture": picture}])
    response = client.get(f"{kit.url}picture/{picture.pk}/")
    assert response["Content-Type"] == "image/jpeg" and "attachment" in response["Content-Disposition"]
    assert "%E1%83%91" in response["Content-Disposition"]
    from PIL import Image

    assert Image.open(io.BytesIO(b"".join(response.streaming_content))).width == 4000


def test_it_carries_no_place(client, home):
    from PIL import Image

    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (40.0, 59.0, 0.0)}
    picture = make_picture("With a place")
    Path(picture.file.path).write_bytes(picture_file(exif=exif))
    kit = make_press_kit(home, photographs=[{"picture": picture}])
    response = client.get(f"{kit.url}picture/{picture.pk}/")
    assert 0x8825 not in Image.open(io.BytesIO(b"".join(response.streaming_content))).getexif()


@pytest.mark.parametrize("below", ["picture/0/", "picture/999999999999999999999/", "picture/x/", "zip/"])
def test_what_an_empty_kit_does_not_have_is_not_found(client, home, below):
    assert client.get(make_press_kit(home).url + below).status_code == 404


def test_pictures_of_elsewhere_are_not_given_out(client, kit):
    assert client.get(f"{kit.url}picture/{make_picture().pk}/").status_code == 404


def test_only_reading_is_possible(client, kit):
    assert client.post(f"{kit.url}zip/").status_code == 405


def test_a_photograph_needs_a_credit():
    row = PressPhotograph(
        page=PressKitPage(), title="Hall", alternative_text="A hall", picture=make_picture()
    )
    with pytest.raises(ValidationError, match="Say who made the photograph"):
        row.clean()
    row.picture.credit = "House"
    row.clean()
    assert row.credit == "House"


def test_long_names_fit_into_folders(client, home):
    title = "ბ" * 119
    kit = make_press_kit(home, brochures=[{"document": make_document(title, "a.pdf"), "title": title}])
    name = unpacked(client.get(f"{kit.url}zip/")).namelist()[1]
    assert len(name.rpartition("/")[2].encode()) <= LONGEST_NAME and name.endswith(".pdf")


def test_a_large_kit_costs_no_more_queries_than_a_small_one(client, home, django_assert_max_num_queries):
    rows = [{"title": f"P{number}", "picture": make_picture(credit="House")} for number in range(12)]
    kit = make_press_kit(
        home, photographs=rows, brochures=[{"document": make_document()} for _number in range(8)]
    )
    client.get(kit.url)
    with django_assert_max_num_queries(24):
        client.get(kit.url, {"again": "1"})


def test_staff_open_the_form(client, kit, admin_user):
    client.force_login(admin_user)
    html = client.get(f"/admin/pages/{kit.pk}/edit/").text
    for words in ("The library in a few words", "Contact for the press", "Licence", "What is on the picture"):
        assert words.lower() in html.lower()
