"""Guarded files: who is let in, what is remembered, and parts of files as RFC 9110 has them."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import RequestFactory
from wagtail import hooks
from wagtail.models import Collection, CollectionViewRestriction

from library.files.access import FileAccess, NotGuarded, access_changed, file_address, may_read, safe_name
from library.files.serving import send_file
from library.files.storage import private_storage
from library.models import Branch, StaffMember
from library.models import PortalDocument as Document
from tests.factories.library import BranchFactory, UserFactory

BODY = bytes(range(100))


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "tape.mp3"
    file.write_bytes(BODY)
    return file


def ask(path, method="get", **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    response = send_file(request, path, name=path.name)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return response


@pytest.mark.parametrize(
    ("wanted", "status", "body", "content_range"),
    [
        ("", 200, BODY, None),
        ("bytes=0-0", 206, BODY[:1], "bytes 0-0/100"),
        ("bytes=0-", 206, BODY, "bytes 0-99/100"),
        ("bytes=10-19", 206, BODY[10:20], "bytes 10-19/100"),
        ("bytes=90-1000", 206, BODY[90:], "bytes 90-99/100"),
        ("bytes=99-", 206, BODY[99:], "bytes 99-99/100"),
        ("bytes=-1", 206, BODY[-1:], "bytes 99-99/100"),
        ("bytes=-500", 206, BODY, "bytes 0-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=100-200", 416, b"", "bytes */100"),
        ("bytes=-0", 416, b"", "bytes */100"),
        # What is no single range is ignored, not refused.
        ("bytes=20-10", 200, BODY, None),
        ("bytes=0-1,5-6", 200, BODY, None),
        ("bytes=-", 200, BODY, None),
        ("bytes=a-b", 200, BODY, None),
        ("bytes=٣-٥", 200, BODY, None),
        ("pages=1-2", 200, BODY, None),
        ("bytes=" + "9" * 5000 + "-", 200, BODY, None),
    ],
)
def test_ranges(path, wanted, status, body, content_range):
    response = ask(path, Range=wanted.encode().decode("latin-1")) if wanted else ask(path)
    assert (response.status_code, response.body) == (status, body)
    assert response.headers.get("Content-Range") == content_range
    if status != 416:
        assert response.headers["Content-Length"] == str(len(body))
        assert response.headers["Accept-Ranges"] == "bytes"


def test_head_has_the_whole_length_and_no_body(path):
    response = ask(path, "head", Range="bytes=0-9")
    assert (response.status_code, response.body, response.headers["Content-Length"]) == (200, b"", "100")


def test_a_part_is_sent_only_of_the_same_file(path):
    whole = ask(path)
    etag, changed = whole.headers["ETag"], whole.headers["Last-Modified"]
    for known, status in [
        (etag, 206), (changed, 206), (f"W/{etag}", 200), ('"other"', 200),
        ("Mon, 01 Jan 2001 00:00:00 GMT", 200), ("rubbish", 200),
    ]:  # fmt: skip
        assert ask(path, **{"Range": "bytes=0-9", "If-Range": known}).status_code == status, known
    path.write_bytes(BODY + b"!")
    assert ask(path, **{"Range": "bytes=0-9", "If-Range": etag}).status_code == 200


def test_conditions_come_before_ranges(path):
    etag = ask(path).headers["ETag"]
    unchanged = ask(path, **{"If-None-Match": etag, "Range": "bytes=0-9"})
    assert unchanged.status_code == 304 and not unchanged.body
    assert ask(path, **{"If-Match": '"other"'}).status_code == 412


def test_an_empty_file(tmp_path):
    (tmp_path / "empty.mp3").touch()
    assert ask(tmp_path / "empty.mp3").body == b""
    assert ask(tmp_path / "empty.mp3", Range="bytes=0-").status_code == 416


@pytest.mark.parametrize("ending", ["html", "svg", "xml", "js", "exe", "unknown"])
def test_what_could_run_is_downloaded(tmp_path, ending):
    file = tmp_path / f"page.{ending}"
    file.write_bytes(b"<script>alert(1)</script>")
    headers = ask(file).headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["a.jpg", "a.pdf", "a.mp3", "a.mp4", "a.txt"])
def test_what_is_harmless_is_shown(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert not ask(tmp_path / name).headers.get("Content-Disposition", "").startswith("attachment")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\Əlyazma.pdf", "Əlyazma.pdf"),
        ('a"b\r\nSet-Cookie: x=1.pdf', "a b Set-Cookie x=1.pdf"),
        ("invoice\u202efdp.exe", "invoice fdp.exe"),
        ("...", "file"),
        ("", "file"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_can_do_no_harm(name, safe):
    assert safe_name(name) == safe


def test_the_web_server_in_front_gets_the_path(settings, tmp_path):
    settings.X_ACCEL_PREFIX, settings.PRIVATE_ROOT = "/protected/", tmp_path
    file = tmp_path / "masters" / "Köhnə foto.mp3"
    file.parent.mkdir()
    file.write_bytes(BODY)
    response = ask(file, Range="bytes=0-9")
    assert response.headers["X-Accel-Redirect"] == "/protected/private/masters/K%C3%B6hn%C9%99%20foto.mp3"
    assert response.status_code == 200 and not response.body
    settings.PRIVATE_ROOT = tmp_path / "elsewhere"
    assert "X-Accel-Redirect" not in ask(file).headers


class Drawer:
    """Stands in for a room: branches with a plan of the house, open to all where shown on the site."""

    def __init__(self, root: Path):
        self.root, self.asked = root, 0

    def file(self, branch):
        class Stored:
            name = f"{branch.code}.mp3"
            path = str(self.root / f"{branch.code}.mp3")

        return Stored()

    def may_read(self, principal, branch):
        self.asked += 1
        return branch.is_active or principal.is_superuser


@pytest.fixture
def drawer(tmp_path):
    drawer = Drawer(tmp_path)
    access = FileAccess("plan", Branch, file=drawer.file, may_read=drawer.may_read)
    with hooks.register_temporarily("register_file_access", lambda: access):
        yield drawer


@pytest.fixture
def branch(db, drawer):
    branch = BranchFactory(code="qovlar")
    (drawer.root / "qovlar.mp3").write_bytes(BODY)
    return branch


@pytest.mark.django_db
class TestGuard:
    def test_all_may_read_what_is_open(self, client, branch):
        response = client.get(file_address(branch), headers={"Range": "bytes=0-9"})
        assert response.status_code == 206 and b"".join(response.streaming_content) == BODY[:10]

    def test_a_change_is_felt_at_once(self, client, branch, django_capture_on_commit_callbacks):
        address = file_address(branch)
        assert client.get(address).status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            branch.is_active = False
            branch.save()
        assert client.get(address).status_code == 403
        client.force_login(UserFactory(is_superuser=True))
        assert client.get(address).status_code == 200

    def test_a_decision_is_made_once_for_all_strangers(self, client, branch, drawer):
        for _time in range(3):
            client.get(file_address(branch))
        assert drawer.asked == 1
        client.force_login(UserFactory())
        for _time in range(2):
            client.get(file_address(branch))
        assert drawer.asked == 3

    def test_a_decision_under_way_while_access_changes_is_not_believed(
        self, branch, drawer, django_capture_on_commit_callbacks
    ):
        from django.contrib.auth.models import AnonymousUser

        original = drawer.may_read

        def change_meanwhile(principal, obj):
            decision = original(principal, obj)
            if drawer.asked == 1:
                with django_capture_on_commit_callbacks(execute=True):
                    Branch.objects.filter(pk=obj.pk).update(is_active=False)
                    access_changed(obj)
            return decision

        access = FileAccess("plan", Branch, file=drawer.file, may_read=change_meanwhile)
        with hooks.register_temporarily("register_file_access", lambda: access):
            assert may_read(AnonymousUser(), branch)
            assert not may_read(AnonymousUser(), Branch.objects.get())

    def test_a_full_cache_that_forgets_changes_nothing(self, client, branch):
        client.get(file_address(branch))
        Branch.objects.update(is_active=False)
        cache.clear()
        assert client.get(file_address(branch)).status_code == 403

    @pytest.mark.parametrize(
        "address",
        ["/files/plan/{pk}/other.mp3", "/files/plan/99999999999999999999/qovlar.mp3", "/files/x/{pk}/a"],
    )
    def test_what_is_not_there_is_no_page(self, client, branch, address):
        assert client.get(address.format(pk=branch.pk)).status_code == 404

    def test_a_file_that_was_lost_is_no_page(self, client, branch, drawer):
        address = file_address(branch)
        (drawer.root / "qovlar.mp3").unlink()
        assert client.get(address).status_code == 404

    def test_nothing_unregistered_is_readable(self):
        with pytest.raises(NotGuarded):
            may_read(None, StaffMember(name="x"))

    def test_only_reading(self, client, branch):
        assert client.post(file_address(branch)).status_code == 405


def test_private_files_have_no_address():
    with pytest.raises(ValueError, match="no public address"):
        private_storage().url("master.tif")


@pytest.mark.django_db
class TestDocuments:
    @pytest.fixture
    def document(self):
        return Document.objects.create(title="Rules", file=ContentFile(BODY, name="rules.txt"))

    def test_parts(self, client, document):
        response = client.get(document.url, headers={"Range": "bytes=-5"})
        assert response.status_code == 206 and b"".join(response.streaming_content) == BODY[-5:]

    def test_private_collections_stay_private(self, client, document):
        collection = Collection.get_first_root_node().add_child(name="Staff")
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
        document.collection = collection
        document.save()
        assert client.get(document.url).status_code == 302


def test_times_are_kept_to_the_second(path):
    os.utime(path, (0, 1_000_000_000))
    assert ask(path).headers["Last-Modified"].startswith(date(2001, 9, 9).strftime("Sun, %d Sep %Y"))
