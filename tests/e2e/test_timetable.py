"""Opening hours are edited without scripts, and read by a screen reader."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

DAY = date.today() + timedelta(days=40)


@pytest.fixture
def sign_in(site):
    def enter(page):
        page.goto(f"{site}/admin/login/")
        page.fill("#id_username", "admin")
        page.fill("#id_password", "only for this test")
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{site}/admin/")
        return page

    return enter


def week_address(page, site):
    page.goto(f"{site}/az/branches/")
    code = (
        page.locator(".branch-name a, a.branch-name")
        .first.get_attribute("href")
        .rstrip("/")
        .rpartition("/")[2]
    )
    return f"/admin/hours/branch/{code}/"


def test_a_day_is_closed_without_scripts(browser, site, sign_in):
    context = browser.new_context(java_script_enabled=False)
    page = sign_in(context.new_page())
    week = week_address(page, site)
    page.goto(f"{site}{week}?week={DAY}")
    page.locator(f'a[href$="/{DAY}/"]').click()
    page.check('input[name="state"][value="closed"]')
    page.check('input[name="scope"][value="day"]')
    page.fill('input[name^="reason"][lang="az"]', "Sınaq günü")
    page.locator('form[method="post"] button[type="submit"]').first.click()
    assert "Sınaq günü" in page.locator(".timetable-week").inner_text()
    page.goto(f"{site}/az/branches/{week.rstrip('/').rpartition('/')[2]}/")
    assert "Sınaq günü" in page.locator(".hours-ahead").inner_text()
    context.close()


def test_the_pages_are_accessible(page, site, sign_in):
    sign_in(page)
    week = week_address(page, site)
    reports = []
    hours = (week, f"{week}{DAY}/", f"{week}preset/", "/admin/hours/holidays/", "/admin/hours/year/")
    for address in (*hours, "/admin/statistics/"):
        page.goto(f"{site}{address}")
        rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
        results = Axe().run(page, context="main", options={"runOnly": rules})
        if results.violations_count:
            reports.append(f"{address}\n{results.generate_report()}")
    assert not reports, "\n".join(reports)
