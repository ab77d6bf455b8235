"""What this room keeps and sweeps itself: its entries of the retention registry and of the schedule."""

from datetime import time, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from library import audit, jobs
from library.holidays import propose_coming_holidays
from library.mail import read_bounces
from library.models import OutgoingMail, ProgressReport
from library.retention import Retention, run_retention
from library.schedule import Scheduled
from library.sign_in import throttling

MAIL_DAYS = 30
REPORT_DAYS = 14


def retention_entries() -> list[Retention]:
    return [
        Retention(
            name="mails",
            data=_("Letters by e-mail: address, subject and text"),
            reason=_("To send them, to try again, and to see which ones came back"),
            days=MAIL_DAYS,
            due=lambda at: OutgoingMail.objects.filter(finished_at__lt=at - timedelta(days=MAIL_DAYS)),
            position=50,
        ),
        Retention(
            name="sessions",
            data=_("Sign-ins: a random number that connects a browser with an account"),
            reason=_("So that you need not sign in on every page"),
            period=_("until you sign out or close the browser, at most one day"),
            due=lambda at: Session.objects.filter(expire_date__lt=at),
            position=60,
        ),
        Retention(
            name="sign_in_tries",
            data=_("Wrong passwords: the name that was typed and the address it came from"),
            reason=_("To stop somebody who tries passwords"),
            period=_("a quarter of an hour"),
            due=throttling.due,
            position=61,
        ),
        Retention(
            name="audit",
            data=_("What staff changed, looked at, and when they signed in"),
            reason=_("To find out what happened to data about people"),
            days=settings.AUDIT_DAYS,
            due=audit.due,
            position=62,
        ),
        Retention(
            name="jobs",
            data=_("Notes on work done in the background"),
            reason=_("To find out what went wrong when something did"),
            days=jobs.KEEP_FAILED.days,
            due=jobs.outdated,
            position=90,
        ),
        Retention(
            name="progress",
            data=_("How far long work by the staff has come"),
            reason=_("To show it while the work goes on"),
            days=REPORT_DAYS,
            due=lambda at: ProgressReport.objects.filter(updated_at__lt=at - timedelta(days=REPORT_DAYS)),
            position=91,
        ),
    ]


def scheduled_tasks() -> list[Scheduled]:
    nightly = Scheduled(
        name="retention", label=_("Delete what need not be kept"), run=run_retention, at=time(3, 0)
    )
    bounces = Scheduled(
        name="bounces",
        label=_("Read letters that came back"),
        run=lambda: read_bounces(settings.BOUNCES_URL),
        every=timedelta(minutes=30),
    )
    holidays = Scheduled(
        name="holidays",
        label=_("Propose the public holidays of the coming year"),
        run=propose_coming_holidays,
        at=time(4, 0),
    )
    return [nightly, holidays, *([bounces] if settings.BOUNCES_URL else [])]
