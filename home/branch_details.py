"""What the page of one library says besides its own fields."""

import logging
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail import hooks

from catalog_pages.models import Item, Record
from library.calendar import DayHours
from library.models import Branch, Department, StaffMember, SystemSettings
from library.opening import NeverOpens, OpeningCalendar

BRANCH_PANEL_HOOK = "register_branch_panel"
NEW_BOOKS = 8
DAYS_NEW = 365
# Copies and records looked through at most, so that the page is quick for a library without anything new.
COPIES_ASKED = 24
RECORDS_ASKED = 5000
logger = logging.getLogger("home")


def panels(hook: str, request: HttpRequest, subject: Any) -> list[SafeString]:
    """What rooms have to show of a library or a club, in the order of their hooks. One that fails is left out."""
    shown = []
    for register in hooks.get_hooks(hook):
        make = register()
        try:
            panel = make(request, subject)
        except Exception:
            logger.exception("a panel of %s %s failed", type(subject).__name__, subject.pk)
            continue
        if panel:
            shown.append(panel)
    return shown


def departments_with_staff(branch: Branch) -> QuerySet[Department]:
    """The library's departments, at the central one those of the whole system too, with the staff shown there."""
    staff = StaffMember.objects.filter(show_on_site=True).select_related("photograph")
    staff = staff.prefetch_related("photograph__renditions")
    return Department.objects.filter(_belongs_to(branch)).prefetch_related(Prefetch("staff", staff))


def _belongs_to(branch: Branch) -> Q:
    own = Q(branch=branch)
    central = SystemSettings.objects.filter(central_branch=branch, site__is_default_site=True)
    return own | Q(branch=None) if central.exists() else own


def new_books(branch: Branch, number: int = NEW_BOOKS) -> list[Record]:
    """The records of which copies came to the library last, the newest first.

    By the day of arrival; where no days are kept, from among the records catalogued last.
    """
    today = timezone.localdate()
    # The sum keeps the database from taking the index of the library's shelf, which would make it read and sort all
    # its copies: it walks the days of arrival instead, the newest first, and stops.
    copies = Item.objects.held().annotate(where=F("branch_id") + 0)
    copies = copies.filter(where=branch.pk, arrived_on__range=(today - timedelta(days=DAYS_NEW), today))
    rows = copies.order_by("-arrived_on", "-record_id").values_list("record_id", flat=True)
    ids = list(dict.fromkeys(rows[:COPIES_ASKED]))[:number]
    if not ids:
        last = Record.objects.aggregate(last=Max("pk"))["last"] or 0
        held = Item.objects.held().filter(record=OuterRef("pk"), branch=branch)
        recent = Record.objects.filter(Exists(held), pk__gt=last - RECORDS_ASKED).order_by("-pk")
        ids = list(recent.values_list("pk", flat=True)[:number])
    found = Record.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def next_opening(calendar: OpeningCalendar, today: date) -> DayHours | None:
    """The first open day after today, within two weeks; None where there is none."""
    try:
        day = calendar.next_open_day(today, include=False)
    except NeverOpens:
        return None
    return DayHours(day, calendar.on(day).spans) if day <= today + timedelta(days=14) else None


def usual_week(calendar: OpeningCalendar, today: date) -> list[DayHours]:
    """Monday to Sunday as the week alone has them, from the seven days that begin today."""
    days = (today + timedelta(days=number) for number in range(7))
    return sorted((DayHours(day, calendar.usual(day)) for day in days), key=lambda day: day.day.weekday())
