"""Expecting, checking in, claiming and binding issues."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog_pages.models import BoundVolume, IssueClaim, Item, PeriodicalIssue
from catalog_pages.periodicals import services
from catalog_pages.periodicals.holdings import periodical_holdings
from catalog_pages.periodicals.services import PeriodicalRefused
from library.models import OutgoingMail, PublicHoliday, User
from tests.factories.catalog_pages import RecordFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)
State = PeriodicalIssue.State


@pytest.fixture
def user():
    return User.objects.create_user("librarian")


def subscription(**more):
    fields = {"first_day": TODAY - 40 * DAY, "last_day": TODAY + 200 * DAY, "frequency": "weekly"}
    return SubscriptionFactory(**fields | {"weekdays": [TODAY.weekday()], "grace_days": 10} | more)


def issue(of, day=TODAY, number="1", **more):
    return PeriodicalIssue.objects.create(subscription=of, day=day, number=number, **more)


class TestExpecting:
    def test_two_months_ahead_and_no_further(self):
        of = subscription(first_number=5)
        assert services.expect(of) > 10
        days = list(of.issues.values_list("day", flat=True))
        assert days[0] >= of.first_day and TODAY in days and TODAY + 55 * DAY < days[-1] <= TODAY + 62 * DAY
        assert of.issues.first().number == "5"
        assert services.expect(of) == 0

    def test_what_a_long_subscription_should_have_had_is_not_claimed(self):
        of = SubscriptionFactory(
            frequency="weekly", weekdays=[2], first_day=date(2026, 1, 7), last_day=date(2026, 12, 31)
        )
        services.expect(of, today=date(2026, 11, 25))
        assert of.issues.first().day == date(2026, 9, 30) and of.issues.first().number == "39"

    def test_holidays_of_the_country(self):
        day = date(2026, 3, 20)
        PublicHoliday.objects.create(name={"en": "Novruz"}, first_day=day, last_day=day + 4 * DAY)
        fields = {"frequency": "daily", "first_day": day - 2 * DAY, "last_day": day + 5 * DAY}
        of, always = SubscriptionFactory(**fields), SubscriptionFactory(**fields, skips_holidays=False)
        for row in (of, always):
            services.expect(row, today=day)
        assert [row.day.day for row in of.issues.all()] == [18, 19, 25]
        assert [row.day.day for row in always.issues.all()] == [18, 19, 20, 23, 24, 25]

    def test_another_rhythm_leaves_the_past_alone(self, user):
        of = subscription()
        services.expect(of)
        services.check_in(of.issues.first(), user=user)
        past = set(of.issues.filter(day__lte=TODAY))
        of.frequency, of.per_year = "per_year", 12
        of.save()
        services.expect_anew(of)
        assert set(of.issues.filter(day__lte=TODAY)) == past
        assert of.issues.filter(day__gt=TODAY).count() in (1, 2, 3)

    def test_every_night_only_what_goes_on(self):
        of, ended = subscription(), subscription(last_day=TODAY - DAY)
        services.expect_all()
        assert of.issues.exists() and not ended.issues.exists()


class TestCheckingIn:
    def test_once(self, user):
        row = issue(subscription(copies=3))
        services.check_in(row, user=user)
        row.refresh_from_db()
        assert (row.state, row.copies, row.received_on, row.received_by) == (State.RECEIVED, 3, TODAY, user)
        with pytest.raises(PeriodicalRefused):
            services.check_in(row, user=user)

    def test_incomplete(self, user):
        assert (
            services.check_in(issue(subscription()), user=user, is_complete=False).state == State.INCOMPLETE
        )

    @pytest.mark.parametrize("state", [State.MISSING, State.CANCELLED, State.EXPECTED])
    def test_taken_back(self, user, state):
        row = services.check_in(issue(subscription()), user=user)
        row = services.set_state(row, state, user=user)
        assert (row.state, row.copies, row.received_on) == (state, 0, None)

    def test_the_newest_issue_is_not_lent(self, user):
        of = subscription(lends_issues=True)
        first, second = issue(of, TODAY - 7 * DAY, "1"), issue(of, TODAY, "2")
        services.check_in(first, user=user, barcodes=["J1"])
        assert not Item.objects.get(barcode="J1").loanable
        services.check_in(second, user=user, barcodes=["J2", "J3"])
        lent = dict(Item.objects.values_list("barcode", "loanable"))
        assert lent == {"J1": True, "J2": False, "J3": False}
        with pytest.raises(PeriodicalRefused):
            services.set_state(first, State.MISSING, user=user)

    def test_a_taken_barcode_checks_nothing_in(self, user):
        of = subscription(lends_issues=True)
        one, two = issue(of, TODAY - DAY, "1"), issue(of, TODAY, "2")
        services.check_in(one, user=user, barcodes=["J1"])
        with pytest.raises(PeriodicalRefused, match="J1"):
            services.check_in(two, user=user, barcodes=["J1"])
        two.refresh_from_db()
        assert two.state == State.EXPECTED


class TestClaiming:
    @pytest.mark.parametrize(("days", "is_late"), [(0, False), (10, False), (11, True), (300, True)])
    def test_late_after_the_days_of_grace(self, days, is_late):
        row = issue(subscription(), TODAY - days * DAY)
        assert row.is_late == is_late == services.late().exists()

    def test_one_letter_for_a_subscription(self, user, settings):
        settings.LANGUAGE_CODE = "en"
        of = subscription()
        late = [issue(of, TODAY - n * DAY, str(40 - n)) for n in (20, 15)]
        assert services.claim([*late, issue(of)], user=user) == 1
        letter = OutgoingMail.objects.get()
        assert letter.recipient == of.supplier_email and "№ 20" in letter.text and "№ 25" in letter.text
        assert of.record.title in letter.subject
        assert set(IssueClaim.objects.values_list("issue", "ordinal", "by")) == {
            (row.pk, 1, user.pk) for row in late
        }

    def test_again_only_after_some_days_and_not_for_ever(self, user):
        row = issue(subscription(), TODAY - 90 * DAY)
        services.claim([row], user=user)
        with pytest.raises(PeriodicalRefused, match="claimed on"):
            services.claim([row], user=user)
        for ordinal in (2, 3):
            IssueClaim.objects.update(at=timezone.now() - 30 * DAY)
            assert services.claim([row], user=user) == 1
            assert row.claims.first().ordinal == ordinal
        IssueClaim.objects.update(at=timezone.now() - 30 * DAY)
        with pytest.raises(PeriodicalRefused, match="telephone"):
            services.claim([row], user=user)
        assert OutgoingMail.objects.count() == 3

    def test_without_an_address_nothing_is_claimed(self, user):
        with_address, without = subscription(), subscription(supplier_email="")
        rows = [issue(with_address, TODAY - 50 * DAY), issue(without, TODAY - 50 * DAY)]
        with pytest.raises(PeriodicalRefused, match="no e-mail"):
            services.claim(rows, user=user)
        assert not OutgoingMail.objects.exists() and not IssueClaim.objects.exists()


class TestBinding:
    def test_issues_become_a_volume(self, user):
        of = subscription(lends_issues=True)
        rows = [issue(of, TODAY - n * DAY, str(9 - n)) for n in (3, 2, 1)]
        for row in rows:
            services.check_in(row, user=user, barcodes=[f"J{row.number}"])
        volume = services.bind(of, rows, label="2026, 6–8", decision="No. 4", user=user, barcode="V1")
        assert (volume.first_day, volume.last_day) == (rows[0].day, rows[2].day)
        assert set(volume.issues.all()) == set(rows)
        item = volume.item
        assert (item.status, item.loan_class, item.barcode) == ("repair", "in_house", "V1")
        assert set(Item.objects.filter(barcode__startswith="J").values_list("status", flat=True)) == {
            "withdrawn"
        }

    def test_only_what_is_there_and_loose(self, user):
        of = subscription()
        row, missing = services.check_in(issue(of), user=user), issue(of, TODAY, "2")
        foreign = services.check_in(issue(subscription()), user=user)
        for wrong in ([], [row, missing], [row, foreign]):
            with pytest.raises(PeriodicalRefused):
                services.bind(of, wrong, label="x", decision="x", user=user)
        services.bind(of, [row], label="x", decision="x", user=user)
        with pytest.raises(PeriodicalRefused):
            services.bind(of, [row], label="x", decision="x", user=user)
        assert BoundVolume.objects.count() == Item.objects.count() == 1


class TestHoldings:
    def test_the_newest_issue_and_the_volumes_by_library(self, user):
        of = subscription()
        other = subscription(record=of.record, last_day=TODAY - DAY)
        old = services.check_in(issue(of, TODAY - 30 * DAY, "1"), user=user)
        services.bind(of, [old], label="2025", decision="1", user=user)
        services.check_in(issue(of, TODAY - 7 * DAY, "2"), user=user)
        services.check_in(issue(other, TODAY - 9 * DAY, "8"), user=user)
        issue(of, TODAY, "3")
        with CaptureQueriesContext(connection) as queries:
            held = periodical_holdings(of.record)
        assert len(queries) <= 3
        assert [(h.branch, h.latest.number, h.is_current, len(h.volumes)) for h in held] == [
            (of.branch, "2", True, 1), (other.branch, "8", False, 0)
        ]  # fmt: skip

    def test_other_records_cost_nothing(self):
        record = RecordFactory()
        with CaptureQueriesContext(connection) as queries:
            assert periodical_holdings(record) == []
        assert not queries.captured_queries

    def test_readers_see_it(self, client, user):
        of = subscription()
        services.check_in(issue(of, TODAY, "17"), user=user)
        page = client.get(of.record.get_absolute_url()).content.decode()
        assert "Latest received" in page and "№ 17" in page
