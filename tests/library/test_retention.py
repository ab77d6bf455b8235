"""What personal data is kept, said and swept from one registry."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.template import Context, Template
from django.utils import timezone, translation
from wagtail import hooks

from library import retention
from library.models import MailState, OutgoingMail, ProgressReport
from library.retention import Retention, apply_retention, entries

pytestmark = pytest.mark.django_db


def letter(number, state=MailState.SENT, days=0):
    ended = None if state == MailState.QUEUED else timezone.now() - timedelta(days=days)
    return OutgoingMail.objects.create(
        key=f"letter-{number}", message_id=f"<{number}@library.example>", recipient="reader@library.example",
        subject="A letter", text="Text", language="en", template="test", state=state, finished_at=ended,
    )  # fmt: skip


@pytest.fixture
def only(monkeypatch):
    """only(entry, …): these are the whole registry."""
    return lambda *found: monkeypatch.setattr(
        hooks, "get_hooks", lambda name: [lambda: list(found)] if name == retention.HOOK else []
    )


def reports_entry(**kwargs):
    usual = {"name": "reports", "data": "Reports", "reason": "To try", "days": 1}
    return Retention(**usual | {"due": lambda at: ProgressReport.objects.all()} | kwargs)


def run(**options):
    out, err = StringIO(), StringIO()
    call_command("retention", stdout=out, stderr=err, **options)
    return out.getvalue()


def test_old_letters_go_and_others_stay():
    old, young = letter(1, days=31), letter(2, days=29)
    waiting = letter(3, MailState.QUEUED)
    failed = letter(4, MailState.FAILED, days=40)
    run()
    left = set(OutgoingMail.objects.values_list("pk", flat=True))
    assert left == {young.pk, waiting.pk} and not left & {old.pk, failed.pk}


def test_a_dry_run_counts_and_deletes_nothing():
    letter(1, days=31)
    assert any(line.split()[:3] == ["mails", "1", "due"] for line in run(dry_run=True).splitlines())
    assert OutgoingMail.objects.count() == 1
    assert any(line.split()[:3] == ["mails", "1", "deleted"] for line in run().splitlines())


def test_ended_sessions_go():
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(hours=1))
    run()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_many_rows_go_in_short_transactions(only, monkeypatch):
    monkeypatch.setattr(retention, "ROWS_PER_TRANSACTION", 10)
    sizes = []

    def erase(rows):
        sizes.append(rows.count())
        rows.delete()

    ProgressReport.objects.bulk_create(ProgressReport(label=str(number)) for number in range(25))
    only(reports_entry(erase=erase))
    (outcome,) = apply_retention()
    assert (outcome.rows, sizes) == (25, [10, 10, 5])


def test_an_entry_that_fails_stops_no_other_and_is_named(only):
    def fail(at):
        raise OSError("no disk")

    ProgressReport.objects.create(label="x")
    only(reports_entry(name="bad", due=fail), reports_entry(name="good"))
    with pytest.raises(CommandError, match="bad"):
        run()
    assert not ProgressReport.objects.exists()
    with pytest.raises(RuntimeError, match="bad"):
        retention.run_retention()


def test_erasing_that_erases_nothing_ends(only):
    ProgressReport.objects.create(label="x")
    only(reports_entry(erase=lambda rows: None))
    (outcome,) = apply_retention()
    assert outcome.rows == 0 and "still due" in outcome.error


def test_every_entry_says_what_why_and_how_long():
    assert {"mails", "sessions", "jobs", "progress"} <= {entry.name for entry in entries()}
    for entry in entries():
        assert str(entry.data) and str(entry.reason) and entry.kept_for()


@pytest.mark.parametrize("language", ["en", "az", "ru", "ka"])
def test_the_table_of_the_privacy_page(language):
    with translation.override(language):
        page = Template("{% load retention %}{% retention_table %}").render(Context())
    assert page.count("<tr ") == len(entries()) + 1
    assert "style=" not in page and "<script" not in page
