"""Moved pages and addresses of an old site."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from home.models import SectionPage
from home.old_addresses import FileRefused, import_addresses
from tests.factories.home import make_page, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    return make_site()


@pytest.fixture
def about(homes):
    return make_page(homes["az"], "Haqqımızda", slug="haqqimizda")


def lines(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def rename(page, slug, capture):
    page.slug = slug
    with capture(execute=True):
        page.save_revision().publish()


@pytest.mark.parametrize(("old", "new"), [("az", "az"), ("kk", "kk"), ("uz", "uz")])
def test_a_renamed_page_is_found_in_every_language(
    client, about, old, new, django_capture_on_commit_callbacks
):
    rename(about, "biz", django_capture_on_commit_callbacks)
    response = client.get(f"/{old}/haqqimizda/?from=menu")
    assert (response.status_code, response.url) == (301, f"/{new}/biz/")
    assert client.get(response.url).status_code == 200


def test_what_stands_below_a_moved_section_moves_along(client, homes, django_capture_on_commit_callbacks):
    section = make_page(homes["az"], "Bölmə", kind=SectionPage, slug="bolme")
    target = make_page(homes["az"], "Yeni", kind=SectionPage, slug="yeni")
    make_page(section, "Səhifə", slug="sehife")
    with django_capture_on_commit_callbacks(execute=True):
        section.move(target, pos="last-child")
    response = client.get("/az/bolme/sehife/")
    assert (response.status_code, response.url) == (301, "/az/yeni/bolme/sehife/")


@pytest.mark.parametrize(
    ("old", "asked"),
    [
        ("/index.php?id=12&lang=az", "/index.php?lang=az&id=12"),
        ("/index.php?id=12", "/az/index.php?id=12"),
        ("/Кітапхана/тарихы.html", "/Кітапхана/тарихы.html"),
        ("/%D2%9A%D0%B0%D0%BB%D0%B0", "/Қала/"),
        ("https://old.example/about.html#top", "/about.html"),
        ("/about.html", "/about.html?utm_source=x"),
        ("/about.html", "/ru/about.html"),
    ],
)
def test_an_address_of_the_old_site_leads_to_the_page_in_one_step(client, about, old, asked):
    assert import_addresses(lines("old,new", f"{old},/az/haqqimizda/")).new == 1
    response = client.get(asked)
    assert response.status_code == 301
    assert response.url.endswith("/haqqimizda/")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("/old", "Two addresses"),
        ("/old,", "Two addresses"),
        ("/old,/az/nothing/", "no page at the new address"),
        ("/old,https://evil.example/", "another site"),
        ("/old,//evil.example/x", "no address"),
        ("/old,javascript:alert(1)", "no address"),
        ("javascript:x,/az/haqqimizda/", "no address"),
        ("/,/az/haqqimizda/", "home page"),
        ("/az/haqqimizda/,/branches/", "page of its own"),
        ("/haqqimizda,/branches/", "page of its own"),
        ("/branches/?a=1,/branches/?a=1", "leads to itself"),
        (f"/{'x' * 300},/az/haqqimizda/", "longer than"),
        ("http://[x,/az/haqqimizda/", "no address"),
    ],
)
def test_a_line_that_is_wrong_is_refused_with_its_reason(about, row, reason):
    outcome = import_addresses(lines("old,new", row, "/good,/az/haqqimizda/"))
    ((number, said),) = outcome.refused
    assert number == 2 and reason in said
    assert [redirect.old_path for redirect in Redirect.objects.all()] == ["/good"]


def test_doubles_are_refused_and_a_second_import_changes_nothing(about):
    data = lines("/a;/az/haqqimizda/", "/a/;/branches/", "/b;/catalogue/?subject=Tarix")
    outcome = import_addresses(data)
    assert (outcome.new, [number for number, _reason in outcome.refused]) == (2, [2])
    assert Redirect.objects.get(old_path="/b").redirect_link == "/catalogue/?subject=Tarix"
    outcome = import_addresses(data)
    assert (outcome.new, outcome.changed, outcome.same) == (0, 0, 2)
    assert import_addresses(lines("/a,/branches/")).changed == 1


def test_other_sites_only_when_staff_allow_it(client, homes):
    assert import_addresses(lines("/old,https://museum.example/"), other_hosts=True).new == 1
    assert client.get("/old").url == "https://museum.example/"


def test_a_deleted_target_sends_nobody_round_and_round(client, homes):
    Redirect.add_redirect("/x", "/az/x/")
    assert client.get("/x").url == "/az/x/"
    assert client.get("/az/x/").status_code == 404


@pytest.mark.parametrize("data", ["/ə,/az/".encode("utf-16"), b"\xff\xfe\x00"])
def test_a_file_that_is_no_list_is_refused(homes, data):
    with pytest.raises(FileRefused, match="UTF-8"):
        import_addresses(data)


def test_the_command_says_what_it_would_do(about, tmp_path, capsys):
    path = tmp_path / "old.csv"
    path.write_bytes(lines("/old,/az/haqqimizda/", "/bad,/az/nothing/"))
    with pytest.raises(CommandError, match="1 lines"):
        call_command("import_redirects", str(path), "--dry-run")
    said = capsys.readouterr()
    assert "1 new, 0 changed" in said.out and "line 2:" in said.err
    assert not Redirect.objects.exists()
    with pytest.raises(CommandError):
        call_command("import_redirects", str(tmp_path / "missing.csv"))


@pytest.mark.parametrize(("button", "kept"), [("try", False), ("save", True)])
def test_staff_try_a_list_and_read_it_in(client, admin_user, about, button, kept):
    client.force_login(admin_user)
    assert client.get(reverse("wagtailredirects:start_import")).status_code == 200
    file = SimpleUploadedFile("old.csv", lines("/old,/az/haqqimizda/", "/bad,/az/nothing/"), "text/csv")
    response = client.post("/admin/redirects/import/", {"file": file, button: ""})
    assert "New: 1." in response.text or response.context["outcome"].new == 1
    assert "/az/nothing/" in response.text
    assert Redirect.objects.filter(old_path="/old").exists() is kept


@pytest.mark.parametrize(
    ("name", "data"), [("old.csv", b"\xff\xfe\x00"), ("old.exe", b"/a,/b"), ("old.csv", b"")]
)
def test_staff_are_told_when_a_file_is_no_list(client, admin_user, homes, name, data):
    client.force_login(admin_user)
    response = client.post("/admin/redirects/import/", {"file": SimpleUploadedFile(name, data), "save": ""})
    assert response.context["form"].errors["file"]
    assert not Redirect.objects.exists()


def test_who_may_not_keep_redirects_may_not_read_them_in(client, django_user_model):
    user = django_user_model.objects.create_user("desk", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    response = client.post("/admin/redirects/import/", {"save": ""})
    assert response.status_code == 403 or response.url.startswith("/admin/")
