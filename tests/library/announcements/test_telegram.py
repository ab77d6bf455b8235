"""Posts reach a real server on this machine that answers as Telegram does."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from library.announcements import Announced, announce, send_again, withdraw
from library.announcements.sending import LOST_AFTER, PAUSES, send_due
from library.models import PostState, TelegramPost
from tests.factories.news import make_picture
from tests.library.announcements.telegram import running

pytestmark = pytest.mark.django_db


@pytest.fixture
def telegram(settings):
    with running() as server:
        settings.TELEGRAM_BOT_TOKEN = "123:secret-token"
        settings.TELEGRAM_CHANNEL = "@library"
        settings.TELEGRAM_API_URL = server.address
        yield server


def make(**values):
    return Announced(**{"key": "page:1", "title": "An evening", "address": "https://l.example/n/"} | values)


def test_without_a_channel_nothing_is_queued():
    assert announce(make()) is None
    assert not TelegramPost.objects.exists() and send_due() == 0


def test_a_post_is_sent_once_with_its_words(telegram):
    post = announce(make(summary="For everybody: ə ғ ქ"))
    assert not telegram.asked  # nothing leaves in the web process
    assert DBTaskResult.objects.filter(task_path="library.announcements.sending.send_posts").exists()
    assert send_due() == 1 and send_due() == 0
    ((path, body),) = telegram.asked
    assert path == "/bot123:secret-token/sendMessage"
    assert "For everybody: ə ғ ქ" in body.decode() and "@library" in body.decode()
    post.refresh_from_db()
    assert (post.state, post.message, post.error) == (PostState.SENT, "42", "")


def test_a_picture_goes_with_it(telegram):
    announce(make(picture=make_picture()))
    assert send_due() == 1
    ((path, body),) = telegram.asked
    assert path.endswith("/sendPhoto") and b'name="caption"' in body and b"\xff\xd8\xff" in body


def test_a_picture_whose_file_is_gone_does_not_stop_the_words(telegram):
    picture = make_picture()
    picture.file.delete(save=False)
    announce(make(picture=picture))
    assert send_due() == 1
    assert telegram.asked[0][0].endswith("/sendMessage")


def test_the_same_thing_is_never_queued_twice(telegram):
    first = announce(make())
    send_due()
    again = announce(make(title="Another title"))
    assert again.pk == first.pk and again.state == PostState.SENT
    assert send_due() == 0 and len(telegram.asked) == 1


def test_a_post_that_waits_takes_the_newest_words(telegram):
    announce(make())
    announce(make(title="Put right"))
    assert send_due() == 1
    assert "Put right" in telegram.asked[0][1].decode()


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        ((400, {"ok": False, "description": "Bad Request: chat not found"}), "failed", "chat not found"),
        ((401, {"ok": False, "description": "Unauthorized"}), "failed", "Unauthorized"),
        ((200, {"ok": False, "description": "Odd"}), "failed", "Odd"),
        ((200, b"<html>"), "failed", "refused"),
        ((302, b""), "failed", "refused"),
        ((429, {"description": "Too Many Requests", "parameters": {"retry_after": 6}}), "waiting", "Too Many"),
        ((429, [1]), "waiting", "429"),
        ((502, b"Bad gateway"), "failed", "look into the channel"),
        (None, "failed", "look into the channel"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_written_down_without_the_token(telegram, answer, state, words):
    telegram.answer = answer
    post = announce(make())
    assert send_due() == 0
    post.refresh_from_db()
    assert post.state == state and words in post.error
    assert "secret-token" not in post.error


def test_a_pause_that_telegram_asks_for_is_kept(telegram):
    telegram.answer = (429, {"ok": False, "parameters": {"retry_after": 600}})
    post = announce(make())
    send_due()
    post.refresh_from_db()
    assert post.next_try > timezone.now() + timedelta(seconds=580)
    assert send_due() == 0 and len(telegram.asked) == 1


def test_an_unreachable_telegram_is_asked_again_later_and_given_up_at_last(telegram, settings):
    settings.TELEGRAM_API_URL = "http://127.0.0.1:9"
    post = announce(make())
    for _attempt in PAUSES:
        send_due()
        post.refresh_from_db()
        assert post.state == PostState.WAITING and "cannot be reached" in post.error
        TelegramPost.objects.update(next_try=timezone.now())
    send_due()
    post.refresh_from_db()
    assert post.state == PostState.FAILED


def test_staff_can_have_it_tried_again(telegram):
    telegram.answer = (400, {"ok": False})
    post = announce(make())
    send_due()
    telegram.answer = (200, {"ok": True, "result": {"message_id": 7}})
    assert send_again(post) and not send_again(post)
    assert send_due() == 1
    assert not send_again(post)  # what was sent is not sent again


def test_what_a_dead_worker_left_is_for_staff_to_decide(telegram):
    post = announce(make())
    TelegramPost.objects.update(
        state=PostState.SENDING, claimed_at=timezone.now() - LOST_AFTER - timedelta(minutes=1)
    )
    assert send_due() == 0 and not telegram.asked
    post.refresh_from_db()
    assert post.state == PostState.FAILED and "look into the channel" in post.error


def test_what_was_taken_down_is_not_announced(telegram):
    announce(make())
    assert withdraw("page:1") and not withdraw("page:1")
    assert send_due() == 0 and not telegram.asked
