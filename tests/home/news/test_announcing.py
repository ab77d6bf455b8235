"""From publishing to the channel, and the staff pages of announcements."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from library.announcements.sending import send_due
from library.models import PostState, TelegramPost
from library.roles import group_of
from tests.factories.home import make_site
from tests.factories.library import BranchFactory, UserFactory
from tests.factories.news import make_category, make_news, make_news_index, make_picture
from tests.library.announcements.test_telegram import telegram  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def homes():
    return make_site()


@pytest.fixture
def news(homes):
    index = make_news_index(homes["az"])
    values = {"picture": make_picture(), "picture_text": "A table", "branch": BranchFactory()}
    return make_news(
        index, "Gecə", text="Hamı üçün.", categories=[make_category("Readings")],
        announce_in_telegram=True, **values,
    )  # fmt: skip


def publish(news):
    news.save_revision().publish()


def test_news_that_are_ticked_are_posted_once(telegram, news):  # noqa: F811
    publish(news)
    news.intro = "Changed"
    publish(news)
    assert send_due() == 1
    publish(news)
    assert send_due() == 0 and len(telegram.asked) == 1
    body = telegram.asked[0][1].decode(errors="replace")
    assert "http://localhost:8000/az/news/gec" in body and "#Readings" in body and "Changed" in body


@pytest.mark.parametrize("reason", ["no tick", "restricted", "off", "taken down"])
def test_news_that_are_not_to_be_told_are_not_posted(telegram, news, settings, reason):  # noqa: F811
    if reason == "no tick":
        news.announce_in_telegram = False
    if reason == "restricted":
        PageViewRestriction.objects.create(page=news.get_parent(), restriction_type="login")
    if reason == "off":
        settings.TELEGRAM_BOT_TOKEN = settings.TELEGRAM_CHANNEL = ""
    publish(news)
    if reason == "taken down":
        news.unpublish()
    assert send_due() == 0 and not telegram.asked


def test_a_stand_in_announces_nothing_and_passes_no_tick_on(telegram, homes, news):  # noqa: F811
    alias = news.copy_for_translation(homes["ru"].locale, copy_parents=True, alias=True)
    publish(news)
    assert TelegramPost.objects.count() == 1
    alias.refresh_from_db()
    assert not alias.announce_in_telegram
    copy = news.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert not copy.announce_in_telegram


def test_the_tick_is_asked_for_only_where_there_is_a_channel(client, admin_user, news, settings):
    client.force_login(admin_user)
    address = reverse("wagtailadmin_pages:edit", args=[news.pk])
    assert 'name="announce_in_telegram"' not in client.get(address).text
    settings.TELEGRAM_CHANNEL = "@library"
    assert 'name="announce_in_telegram"' in client.get(address).text


@pytest.fixture
def editor(client):
    user = UserFactory()
    user.groups.add(group_of("editor"))
    client.force_login(user)
    return client


def test_the_announcement_has_a_text_and_a_picture_for_each_network(editor, news):
    html = editor.get(reverse("news_announcement", args=[news.pk])).text
    assert html.count("http://localhost:8000/az/news/gec") == 3
    assert "Hamı üçün." in html and "#Readings" in html
    assert html.count(" download=") == 3 and 'width="1080" height="1080"' in html
    assert (
        reverse("news_announcement", args=[news.pk])
        in editor.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).text
    )


def test_a_failed_post_is_seen_and_tried_again_by_who_may(editor, telegram, news):  # noqa: F811
    telegram.answer = (400, {"ok": False, "description": "chat not found"})
    publish(news)
    send_due()
    post = TelegramPost.objects.get()
    for address in ("library_telegram", "wagtailadmin_home"):
        assert "chat not found" in editor.get(reverse(address)).text
    assert "chat not found" in editor.get(reverse("news_announcement", args=[news.pk])).text
    retry = reverse("library_telegram_retry", args=[post.pk])
    assert editor.get(retry).status_code == 405
    assert editor.post(retry).status_code == 302
    post.refresh_from_db()
    assert post.state == PostState.WAITING


def test_who_may_not_change_news_sees_no_announcement(client, news):
    user = UserFactory()
    user.groups.add(group_of("librarian"))
    client.force_login(user)
    post = TelegramPost.objects.create(key="x", title="x", text="x", state=PostState.FAILED)
    for address in (reverse("news_announcement", args=[news.pk]), reverse("news:index")):
        response = client.get(address)  # Wagtail leads to its first page and says there that she may not
        assert response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    client.post(reverse("library_telegram_retry", args=[post.pk]))
    post.refresh_from_db()
    assert post.state == PostState.FAILED


def test_the_list_of_news_filters_and_leads_to_a_new_one(editor, news):
    html = editor.get(reverse("news:index")).text
    assert "Gecə" in html
    number = news.categories.get().pk
    assert "Gecə" in editor.get(reverse("news:index"), {"categories": number}).text
    response = editor.get(reverse("news:choose_parent"))
    assert response.status_code in (200, 302)
