"""The page of statistics and yearly reports."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from wagtail import hooks
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail.users.models import UserProfile

from home.models import YearlyReportIndexPage, YearlyReportPage
from home.yearly.freezing import freeze
from library.models import Branch, DailyCount
from library.statistics import Measure, Statistic
from tests.factories.blocks import make_document
from tests.factories.home import make_page, make_site
from tests.factories.library import BranchFactory
from tests.factories.press import make_counts, make_report, make_statistics

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YEAR = TODAY.year
CORRECTED = (
    "correction",
    {"figure": "visits", "number": 90, "reason": "Counted twice", "corrected_on": "2026-02-03"},
)
FURTHER = (
    "further",
    {"label": "Readers", "number": 34120, "source": "Lists of the libraries", "counted_on": "2026-01-05"},
)


@pytest.fixture(autouse=True)
def visits():
    statistic = Statistic("visits", "Visits", "People who came in.", public=True)
    seats = Measure("seats", "Seats", "From rows", lambda _year: [(0, None, 40)], by_month=False)
    with hooks.register_temporarily("register_statistics", lambda: [statistic, seats]):
        yield


@pytest.fixture
def branches():
    found = BranchFactory.create_batch(12)
    make_counts("visits", {(date(YEAR - 1, month, 2), b): 10 for month in range(1, 13) for b in found})
    make_counts("visits", {(date(YEAR, TODAY.month, 1), found[0]): 1234})
    return found


def table(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_it_shows_figures_with_charts_that_need_no_colour(client, branches):
    page = make_statistics(make_site()["en"])
    html = client.get(page.url).text
    assert "Visits" in html and "1,234" in html and "Seats" in html
    assert "The month is not over yet." in html and "url(#hatch-visits)" in html
    assert "Requests above the limit" not in html
    html = client.get(page.url, {"year": YEAR - 1}).text
    assert "1,440" in html and html.count('class="chart-value"') == 12
    assert "<caption" in html and "2 more libraries" in html
    assert "Seats" not in html  # how many there were, nobody knows
    assert "hatch-visits" not in html


def test_a_library_and_a_figure_can_be_chosen(client, branches):
    page = make_statistics(make_site()["en"])
    chosen = client.get(page.url, {"year": YEAR - 1, "branch": branches[3].code})
    assert '<p class="figure-total">120</p>' in chosen.text
    assert chosen["X-Robots-Tag"] == "noindex, follow"
    whole = client.get(page.url, {"year": YEAR - 1, "figure": "visits"}).text
    body = whole.split("figure-matrix")[1].split("<tbody>")[1].split("</tbody>")[0]
    assert body.count("<tr>") == 12 and str(branches[0]) in body


@pytest.mark.parametrize(
    "query",
    [
        {"year": "1492"},
        {"year": "now"},
        {"branch": "nowhere"},
        {"branch": "\0"},
        {"figure": "limited"},
        {"year": "٢"},
    ],
    ids=str,
)
@pytest.mark.parametrize("below", ["", "csv/"])
def test_what_is_not_there_is_not_found(client, branches, query, below):
    if below and "figure" in query:
        return
    page = make_statistics(make_site()["en"])
    assert client.get(page.url + below, query).status_code == 404


def test_the_table_is_for_spreadsheets(client, branches):
    Branch.objects.filter(pk=branches[0].pk).update(name={"en": "=HYPERLINK(1)", "az": "Şəki"})
    page = make_statistics(make_site()["en"])
    response = client.get(f"{page.url}csv/", {"year": YEAR - 1})
    assert response["Content-Disposition"] == f'attachment; filename="statistics-{YEAR - 1}.csv"'
    rows = table(response)
    assert rows[0][:4] == ["Figure", "Library", "Month", "Number"] and len(rows) == 1 + 12 * 12
    assert rows[1] == ["Visits", "'=HYPERLINK(1)", f"{YEAR - 1}-01", "10", "Counted by the portal day by day"]
    page.copy_for_translation(Locale.objects.get(language_code="az"), alias=True, copy_parents=True)
    az = table(client.get(f"/az/statistics/csv/?year={YEAR - 1}&branch={branches[0].code}"))
    assert az[1][1] == "Şəki" and len(az) == 13


def test_sixty_three_libraries_cost_no_more_queries_than_two(client, django_assert_max_num_queries):
    page = make_statistics(make_site()["en"])
    BranchFactory.create_batch(63)
    make_counts(
        "visits", {(date(YEAR, m, 1), b): m for m in range(1, TODAY.month + 1) for b in Branch.objects.all()}
    )
    client.get("/en/branches/")
    with django_assert_max_num_queries(24) as first:
        response = client.get(page.url)
    with django_assert_max_num_queries(len(first.captured_queries) - 4):
        client.get(f"{page.url}?year={YEAR}")  # the figures are kept
    assert len(response.content) < 200_000


def test_the_page_is_honest_while_nothing_is_counted(client):
    with hooks.register_temporarily("register_statistics", list):
        page = make_statistics(make_site()["en"])
        DailyCount.objects.all().delete()
        html = client.get(page.url, {"branch": BranchFactory().code}).text
    assert "There are no figures for this choice yet." in html


def test_a_report_keeps_the_figures_of_its_year(client, branches):
    home = make_site()["en"]
    page = make_report(home, YEAR - 1, taken=freeze(YEAR - 1))
    DailyCount.objects.all().delete()
    Branch.objects.filter(pk=branches[0].pk).update(name={"en": "Renamed"}, code="renamed")
    cache.clear()
    html = client.get(page.url).text.split("<main")[1].split("</main")[0]
    assert "1,440" in html and "Visits" in html and "Renamed" not in html
    assert "Counted by the portal day by day" in html and str(TODAY.year) in html
    assert "Seats" in html  # what there is early in the next year is as good
    assert "corrected" not in html
    rows = table(client.get(f"{page.url}csv/"))
    assert len(rows) == 1 + 12 * 12 + 1


def test_frozen_figures_are_plain_and_speak_every_language(branches):
    taken = json.loads(json.dumps(freeze(YEAR - 1)))
    assert (taken["year"], taken["taken_on"]) == (YEAR - 1, TODAY.isoformat())
    entry = next(one for one in taken["figures"] if one["name"] == "visits")
    assert set(entry["label"]) == {"az", "kk", "ka", "uz", "tr", "ru", "en"}
    assert entry["taken_on"] == TODAY.isoformat() and entry["source"]["en"]
    assert len(entry["rows"]) == 12 and set(entry["rows"]) == set(taken["branches"])
    assert "seats" not in {one["name"] for one in freeze(YEAR - 2)["figures"]}


def test_corrected_and_further_figures_are_marked(client, branches):
    page = make_report(make_site()["en"], YEAR - 1, CORRECTED, FURTHER, taken=freeze(YEAR - 1))
    html = client.get(page.url).text
    assert '<strong>90</strong><br><span class="tag">corrected</span>' in html
    assert "90 instead of 1,440" in html and "Counted twice" in html
    assert "34,120" in html and "Lists of the libraries" in html
    rows = table(client.get(f"{page.url}csv/"))
    assert ["Visits", "All libraries, corrected", str(YEAR - 1), "90", "Counted twice"] in rows


def test_a_translation_shows_the_figures_of_its_source(client, branches, settings):
    homes = make_site()
    page = make_report(homes[settings.LANGUAGE_CODE], YEAR - 1, CORRECTED, taken=freeze(YEAR - 1))
    russian = page.copy_for_translation(homes["ru"].locale, copy_parents=True)
    russian.taken = {}
    russian.figures = []
    russian.live = True
    russian.save()
    html = client.get(russian.url).text
    assert "Counted twice" in html and russian.source == page
    with translation.override("ru"):
        form = YearlyReportPage.get_edit_handler().get_form_class()(instance=russian, for_user=None)
    assert "take_figures" not in form.fields


def test_the_archive_lists_reports_by_year_with_their_files(client, django_assert_max_num_queries):
    home = make_site()["en"]
    for year in (2023, 2025, 2024):
        make_report(home, year, document=make_document(name=f"{year}.pdf", content=b"%PDF" * 300))
    index = YearlyReportIndexPage.objects.get()
    client.get(index.url)
    with django_assert_max_num_queries(20):
        html = client.get(index.url, {"page": 1}).text
    assert re.findall(r'issue-mark">(\d+)<', html) == ["2025", "2024", "2023"]
    assert html.count("Report as PDF") == 3 and "PDF, 1.2" in html


def form_of(page=None, **values):
    return nested_form_data(
        {"title": "Report", "slug": "report", "intro": "", "document": "", "comments-TOTAL_FORMS": 0,
         "comments-INITIAL_FORMS": 0, "comments-MIN_NUM_FORMS": 0, "comments-MAX_NUM_FORMS": "",
         "body": streamfield([]), "figures": streamfield([]), "seo_title": "", "search_description": ""}
        | values
    )  # fmt: skip


@pytest.fixture
def staff(client, admin_user):
    UserProfile.objects.create(user=admin_user, preferred_language="en")
    client.force_login(admin_user)
    return client


def test_figures_are_taken_in_the_form_and_stay_until_they_are_taken_anew(staff, branches):
    index = make_page(make_site()["en"], "Reports", kind=YearlyReportIndexPage)
    add = reverse("wagtailadmin_pages:add", args=["home", "yearlyreportpage", index.pk])
    assert "Take the figures of the year now" in staff.get(add).text
    answer = staff.post(add, form_of(year=YEAR - 1, take_figures="on", **{"action-publish": "1"}))
    assert answer.status_code == 302
    page = YearlyReportPage.objects.get(alias_of=None)
    assert page.live and page.taken["year"] == YEAR - 1
    make_counts("visits", {(date(YEAR - 1, 5, 5), None): 60})
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = staff.get(edit).text
    assert "They stand as taken on" in shown and "1,440" in shown
    staff.post(edit, form_of(year=YEAR - 1, **{"action-publish": "1"}))
    assert visits_of(page) == 1440
    staff.post(edit, form_of(year=YEAR - 1, take_figures="on"))
    assert visits_of(page) == 1440  # a draft changes nothing for readers
    staff.post(edit, form_of(year=YEAR - 1, **{"action-publish": "1"}))
    assert visits_of(page) == 1500


def visits_of(page) -> int:
    taken = YearlyReportPage.objects.get(pk=page.pk).taken
    entry = next(one for one in taken["figures"] if one["name"] == "visits")
    return sum(map(sum, entry["rows"].values()))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"year": YEAR + 1}, "This year has not begun yet."),
        ({"year": 1492}, "greater than or equal to 1900"),
        ({"year": YEAR - 2}, "There is a report of this year already."),
        ({"year": YEAR - 3}, f"The figures are those of {YEAR - 1}"),
        ({"year": "last"}, "Enter a whole number"),
    ],
    ids=str,
)
def test_a_year_that_cannot_be_is_refused_with_words(staff, values, words):
    home = make_site()["en"]
    page = make_report(home, YEAR - 1, taken=freeze(YEAR - 1))
    make_report(home, YEAR - 2)
    answer = staff.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(**values))
    assert answer.status_code == 200 and words in answer.text
