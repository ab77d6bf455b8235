"""Checking the links of electronic resources once a week, as a job in the background."""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from catalog_pages.e_resources import asking
from catalog_pages.models import EResourcePage, LinkCheck
from library.progress_report import report_progress

PAUSE_SECONDS = 1.0
AGAIN_AFTER = timedelta(days=6)  # a job that was cut off goes on where it stopped


def due_addresses(at: datetime) -> list[str]:
    """The addresses that readers are led to and that have not been asked lately."""
    fresh = LinkCheck.objects.filter(checked_at__gt=at - AGAIN_AFTER)
    pages = EResourcePage.objects.listed().order_by("address")
    return list(
        pages.exclude(address__in=fresh.values("address")).values_list("address", flat=True).distinct()
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
def check_links() -> None:
    """Ask every address that is due, one at a time with a pause between."""
    addresses = due_addresses(timezone.now())
    with report_progress(_("Links of electronic resources"), len(addresses)) as report:
        for place, address in enumerate(addresses):
            if place:
                time.sleep(PAUSE_SECONDS)
            note(address, asking.ask(address), timezone.now())
            report.advance()
    forget_unused()


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
