import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from home.models import HomePage
from library.models import Branch, User

pytestmark = pytest.mark.django_db


def test_an_empty_site_greets_readers_in_the_librarys_name(client, capsys):
    call_command("start_site", "Qəsəbə kitabxanası")
    assert "Staff sign-in: admin / " in capsys.readouterr().out
    page = client.get("/az/")
    assert page.status_code == 200
    assert "Qəsəbə kitabxanası" in page.text and "Wagtail" not in page.text
    assert not Branch.objects.exists()
    assert User.objects.get().is_superuser


def test_starting_again_changes_nothing(capsys):
    call_command("start_site", "Bir")
    pages = Page.objects.count()
    call_command("start_site", "İki")
    assert Page.objects.count() == pages
    assert set(HomePage.objects.values_list("title", flat=True)) == {"Bir"}
    assert "keeps the password" in capsys.readouterr().out


def test_a_site_needs_a_name():
    with pytest.raises(CommandError, match="name"):
        call_command("start_site", " ")
