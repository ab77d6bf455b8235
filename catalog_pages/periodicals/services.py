"""Writes of periodicals: expecting, checking in, claiming, binding. ``user`` is the member of staff who does it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog_pages.items.services import ItemRefused, add_copies, change_item, change_status
from catalog_pages.models import (
    BoundVolume,
    IssueClaim,
    IssueCopy,
    Item,
    PeriodicalIssue,
    Subscription,
)
from catalog_pages.periodicals.rules import Rhythm, number_after
from library.calendar import calendar_of
from library.mail import MailRefused, queue_mail
from library.models import User
from library.opening import Source

HORIZON = timedelta(days=62)  # so far ahead issues are expected
MOST_CLAIMS = 3
_State = PeriodicalIssue.State


class PeriodicalRefused(ValueError):
    """What was asked cannot be done; the words are for staff."""


@transaction.atomic
def expect(subscription: Subscription, *, today: date | None = None) -> int:
    """Write down the issues to be expected up to two months ahead; how many are new.

    Of a subscription that began long ago, only those of the last two months: nobody claims older ones.
    """
    today = today or timezone.localdate()
    issues = PeriodicalIssue.objects.filter(subscription=subscription)
    last = issues.order_by("-day", "-pk").values_list("day", "number").first()
    until = today + HORIZON
    after = last[0] if last else subscription.first_day - timedelta(days=1)
    rows = []
    for day in _rhythm(subscription).days(after, until, _holidays(subscription, after, until)):
        last = (day, number_after(last, day, subscription.first_number))
        if day >= today - HORIZON:
            rows.append(PeriodicalIssue(subscription=subscription, day=day, number=last[1]))
    PeriodicalIssue.objects.bulk_create(rows, batch_size=200)
    return len(rows)


@transaction.atomic
def expect_anew(subscription: Subscription, *, today: date | None = None) -> int:
    """After the rhythm was changed: issues still to come are written down anew, past ones stay as they are."""
    today = today or timezone.localdate()
    coming = PeriodicalIssue.objects.filter(subscription=subscription, state=_State.EXPECTED, day__gt=today)
    coming.delete()
    return expect(subscription, today=today)


def expect_all() -> None:
    """Every night: the issues of all subscriptions that go on (hook ``register_schedule``)."""
    today = timezone.localdate()
    running = Subscription.objects.filter(first_day__lte=today + HORIZON, last_day__gte=today)
    for subscription in running.select_related("branch").iterator(chunk_size=200):
        expect(subscription, today=today)


def late(today: date | None = None) -> QuerySet[PeriodicalIssue]:
    """Issues that did not come within the days of grace of their subscription."""
    today = today or timezone.localdate()
    graces = Subscription.objects.order_by().values_list("grace_days", flat=True).distinct()
    condition = Q(pk__in=[])
    for grace in graces:
        condition |= Q(subscription__grace_days=grace, day__lt=today - timedelta(days=grace))
    return PeriodicalIssue.objects.filter(condition, state=_State.EXPECTED)


@transaction.atomic
def check_in(
    issue: PeriodicalIssue,
    *,
    user: User | None,
    copies: int | None = None,
    is_complete: bool = True,
    barcodes: Sequence[str] = (),
    note: str = "",
) -> PeriodicalIssue:
    """An issue has come. With barcodes each copy becomes an item; the newest issue is not lent (A31).

    Raises PeriodicalRefused where it has been checked in already or a barcode is taken.
    """
    row = _locked(issue)
    if row.state in PeriodicalIssue.HELD:
        raise PeriodicalRefused(_("This issue has been received already."))
    row.copies = copies or len(barcodes) or row.subscription.copies
    row.state = _State.RECEIVED if is_complete else _State.INCOMPLETE
    row.received_on, row.received_by, row.note = timezone.localdate(), user, note
    row.save()
    if barcodes:
        _make_items(row, barcodes, user)
    return row


@transaction.atomic
def set_state(issue: PeriodicalIssue, state: str, *, user: User | None) -> PeriodicalIssue:
    """Say that an issue will not come, did not appear, or is expected after all. Raises PeriodicalRefused."""
    row = _locked(issue)
    if state in PeriodicalIssue.HELD:
        return check_in(row, user=user, is_complete=state == _State.RECEIVED)
    if row.volume_id or row.issue_copies.exists():
        raise PeriodicalRefused(_("This issue is bound or has items: it cannot be taken back."))
    row.state, row.copies, row.received_on, row.received_by = state, 0, None, None
    row.save()
    return row


@transaction.atomic
def claim(issues: Iterable[PeriodicalIssue], *, user: User | None) -> int:
    """Ask the suppliers for issues that are late: one letter for each subscription; return how many letters.

    Raises PeriodicalRefused where a subscription has no address, or an issue was claimed a short while ago.
    """
    rows = late().filter(pk__in=[issue.pk for issue in issues])
    rows = rows.select_related("subscription__record", "subscription__branch").order_by("day", "pk")
    by_subscription: dict[Subscription, list[PeriodicalIssue]] = defaultdict(list)
    for row in rows:
        by_subscription[row.subscription].append(row)
    for subscription, late_issues in by_subscription.items():
        _claim(subscription, late_issues, user)
    return len(by_subscription)


@transaction.atomic
def bind(
    subscription: Subscription,
    issues: Iterable[PeriodicalIssue],
    *,
    label: str,
    decision: str,
    user: User | None,
    barcode: str = "",
    **fields: Any,
) -> BoundVolume:
    """Bind issues into one volume, a copy that is at the binder until it is put on the shelf (A26).

    Items of the single issues are withdrawn. Raises PeriodicalRefused where an issue has not been received or is
    bound already, or where the barcode is taken.
    """
    keys = [issue.pk for issue in issues]
    rows = list(
        PeriodicalIssue.objects.select_for_update()
        .filter(pk__in=keys, subscription=subscription, state__in=PeriodicalIssue.HELD, volume=None)
        .order_by("day", "pk")
    )
    if not rows or len(rows) < len(set(keys)):
        raise PeriodicalRefused(_("Only received issues that are not bound yet can be bound."))
    try:
        (item,) = add_copies(
            subscription.record, branch=subscription.branch, how_many=1, user=user,
            barcodes=[barcode] if barcode else (), status=Item.Status.REPAIR,
            loan_class=Item.LoanClass.IN_HOUSE, **fields,
        )  # fmt: skip
        loose = Item.objects.filter(issue_copy__issue__in=keys)
        change_status(
            loose, Item.Status.WITHDRAWN, user=user, reason=_("Bound: %(label)s") % {"label": label}
        )
    except ItemRefused as error:
        raise PeriodicalRefused(str(error)) from error
    days = {"first_day": rows[0].day, "last_day": rows[-1].day}
    volume = BoundVolume.objects.create(
        item=item, subscription=subscription, label=label, decision=decision, **days
    )
    PeriodicalIssue.objects.filter(pk__in=keys).update(volume=volume)
    return volume


def _make_items(issue: PeriodicalIssue, barcodes: Sequence[str], user: User | None) -> None:
    subscription = issue.subscription
    try:
        items = add_copies(
            subscription.record, branch=subscription.branch, how_many=len(barcodes), user=user,
            barcodes=barcodes, accession_numbers=[""] * len(barcodes), call_number=str(issue),
            loan_class=Item.LoanClass.IN_HOUSE, arrived_on=issue.received_on, shelved_on=issue.received_on,
        )  # fmt: skip
    except ItemRefused as error:
        raise PeriodicalRefused(str(error)) from error
    IssueCopy.objects.bulk_create(IssueCopy(issue=issue, item=item) for item in items)
    if subscription.lends_issues:
        _lend_older(subscription, user)


def _lend_older(subscription: Subscription, user: User | None) -> None:
    """Whatever is no longer the newest issue is lent from now on (A31)."""
    held = PeriodicalIssue.objects.filter(subscription=subscription, state__in=PeriodicalIssue.HELD)
    newest = held.aggregate(day=Max("day"))["day"]
    older = Item.objects.filter(
        issue_copy__issue__subscription=subscription, issue_copy__issue__day__lt=newest,
        loan_class=Item.LoanClass.IN_HOUSE,
    )  # fmt: skip
    for item in older:
        change_item(item, {"loan_class": Item.LoanClass.NORMAL}, user=user)


def _claim(subscription: Subscription, issues: Sequence[PeriodicalIssue], user: User | None) -> None:
    if not subscription.supplier_email:
        message = _("“%(title)s” has no e-mail address for claims.")
        raise PeriodicalRefused(message % {"title": subscription.record.title})
    wait = timezone.now() - timedelta(days=subscription.grace_days)
    claims = []
    for issue in issues:
        last = issue.claims.first()
        if last and last.at > wait:
            message = _("Issue %(issue)s was claimed on %(day)s; wait some days more.")
            raise PeriodicalRefused(message % {"issue": issue, "day": timezone.localdate(last.at)})
        ordinal = last.ordinal + 1 if last else 1
        if ordinal > MOST_CLAIMS:
            message = _(
                "Issue %(issue)s was claimed %(count)s times: telephone, or say that it will not come."
            )
            raise PeriodicalRefused(message % {"issue": issue, "count": MOST_CLAIMS})
        claims.append(IssueClaim(issue=issue, ordinal=ordinal, by=user, address=subscription.supplier_email))
    try:
        # In the transaction first: two librarians at once cannot both write the same claim.
        with transaction.atomic():
            IssueClaim.objects.bulk_create(claims)
        _queue_claim(subscription, claims)
    except IntegrityError as error:
        raise PeriodicalRefused(_("Somebody else has just claimed these issues.")) from error
    except MailRefused as error:
        raise PeriodicalRefused(str(error)) from error


def _queue_claim(subscription: Subscription, claims: Sequence[IssueClaim]) -> None:
    marks = ",".join(f"{claim.issue_id}.{claim.ordinal}" for claim in claims)
    queue_mail(
        to=subscription.supplier_email,
        template="periodical_claim",
        context={
            "subscription": subscription,
            "issues": [claim.issue for claim in claims],
            "again": any(claim.ordinal > 1 for claim in claims),
        },
        language=settings.LANGUAGE_CODE,
        key=f"periodical-claim-{subscription.pk}-{hashlib.sha256(marks.encode()).hexdigest()[:32]}",
    )


def _locked(issue: PeriodicalIssue) -> PeriodicalIssue:
    rows = PeriodicalIssue.objects.select_for_update(of=("self",))
    return rows.select_related("subscription__record", "subscription__branch").get(pk=issue.pk)


def _rhythm(subscription: Subscription) -> Rhythm:
    return Rhythm(
        subscription.frequency,
        subscription.first_day,
        subscription.last_day,
        tuple(subscription.weekdays),
        subscription.per_year or 1,
    )


def _holidays(subscription: Subscription, first: date, last: date) -> Callable[[date], bool]:
    if not subscription.skips_holidays:
        return lambda _day: False
    calendar = calendar_of(subscription.branch, first=first, last=last)
    return lambda day: (
        calendar.on(day).source in (Source.HOLIDAY, Source.MOVED) and not calendar.on(day).spans
    )
