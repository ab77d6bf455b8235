"""Checking the links of electronic resources, as a job in the background."""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from catalog_pages.e_resources import asking
from catalog_pages.models import EResourcePage, LinkCheck
from library.progress_report import report_progress

PAUSE_SECONDS = 1.0
MOST_SECONDS = 20.0  # of one job: search and letters wait behind it
REST = timedelta(minutes=1)  # until the next job takes what is left
AGAIN_AFTER = timedelta(days=6)
FEW = 3  # with so few addresses, that none answers says nothing about our own network
NO_WAY = (LinkCheck.Reason.NO_HOST, LinkCheck.Reason.NO_ANSWER, LinkCheck.Reason.TOO_SLOW)


def due_addresses(at: datetime, since: datetime | None = None) -> list[str]:
    """The addresses that readers are led to: those that did not work, and those not asked for a week.

    Without those that were asked `since`, when the check began that this one goes on with.
    """
    checks = LinkCheck.objects.order_by()
    done = checks.filter(checked_at__gt=at - AGAIN_AFTER).exclude(verdict__in=LinkCheck.FAULTS)
    if since is not None:
        done = checks.filter(Q(pk__in=done.values("pk")) | Q(checked_at__gte=since))
    pages = EResourcePage.objects.listed().order_by("address")
    return list(
        pages.exclude(address__in=done.values("address")).values_list("address", flat=True).distinct()
    )


def note(address: str, answer: asking.Answer, at: datetime) -> LinkCheck:
    """Keep what an address answered; a fault keeps the day since when it lasts."""
    is_faulty = answer.verdict in LinkCheck.FAULTS
    with transaction.atomic():
        before = LinkCheck.objects.filter(address=address).first()
        since = (before and before.broken_since) or at
        values = {
            "verdict": answer.verdict, "status": answer.status, "reason": answer.reason, "checked_at": at,
            "broken_since": since if is_faulty else None,
        }  # fmt: skip
        return LinkCheck.objects.update_or_create(address=address, defaults=values)[0]


@task()
def check_links(since: str = "") -> None:
    """Ask every address that is due, one at a time with a pause between; what takes long goes on in another job.

    `since` is the moment (ISO) when the first of these jobs began.
    """
    began = datetime.fromisoformat(since) if since else timezone.now()
    addresses = due_addresses(timezone.now(), began)
    with report_progress(_("Links of electronic resources"), len(addresses)) as report:
        asked, is_out = _ask(addresses, report)
        if not is_out:
            report.advance(0, _("None answered: the server seems to have no way out to the internet."))
    if is_out and asked < len(addresses):
        check_links.using(run_after=timezone.now() + REST).enqueue(since=began.isoformat())
    forget_unused()


def _ask(addresses: Sequence[str], report: report_progress) -> tuple[int, bool]:
    """Ask for as long as a job may take; how many, and whether we are connected to the internet at all."""
    until = time.monotonic() + MOST_SECONDS
    waiting: list[tuple[str, asking.Answer]] = []  # until one has answered: it may be us who have no way out
    is_out = len(addresses) <= FEW
    for place, address in enumerate(addresses):
        if place and time.monotonic() > until and (is_out or place > FEW):
            return place, is_out
        if place:
            time.sleep(PAUSE_SECONDS)
        answer = asking.ask(address)
        waiting.append((address, answer))
        is_out = is_out or answer.reason not in NO_WAY
        while is_out and waiting:
            note(*waiting.pop(0), timezone.now())
        report.advance()
    return len(addresses), is_out


def forget_unused() -> None:
    """Drop what is known of addresses that no page leads to any more."""
    used = EResourcePage.objects.order_by().values("address")
    LinkCheck.objects.exclude(address__in=used).delete()


def ask_for_check() -> bool:
    """Have the worker check the links, unless that is switched off, waits or runs already; whether it will."""
    jobs = DBTaskResult.objects.filter(task_path=check_links.module_path)
    if jobs.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists():
        return False
    if not settings.LINK_CHECK:
        return False
    check_links.enqueue()
    return True


def check_when_due() -> None:
    """For the schedule, once a day: each address is asked once a week, one that does not work every day."""
    if due_addresses(timezone.now()):
        ask_for_check()
