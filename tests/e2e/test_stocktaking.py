"""The scanner's page: the verdict is spoken, and a lost connection loses no scan and counts none twice."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def counting(page, site):
    page.goto(f"{site}/admin/login/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", "only for this test")
    page.press("#id_password", "Enter")
    page.wait_for_url(f"{site}/admin/")
    page.goto(f"{site}/admin/catalogue/stocktaking/open/")
    for place in range(3):
        page.fill(f"input[name=member-{place}-name]", f"Member {place}")
    page.locator("main form button[type=submit]").click()
    page.goto(f"{page.url}scan/")
    return page


def scan(page, barcode):
    page.fill("input[name=barcode]", barcode)
    page.keyboard.press("Enter")


def test_scans_wait_while_there_is_no_connection(counting, context):
    page = counting
    verdict, waiting = page.get_by_role("status").last, page.locator("[data-waiting-line]")
    last, mine = page.locator("[data-last] li"), page.locator("[data-mine]")
    expect(page.locator("input[name=barcode]")).to_be_focused()
    scan(page, "made-up-1")
    expect(verdict).to_contain_text("made-up-1")
    expect(last).to_have_count(1)
    context.set_offline(True)
    for barcode in ("made-up-1", "made-up-2", "mistake"):
        scan(page, barcode)
    expect(waiting).to_contain_text("3")
    page.locator("[data-undo] button").click()
    expect(waiting).to_contain_text("2")
    context.set_offline(False)
    expect(waiting).to_be_hidden()
    expect(last).to_have_count(2)
    expect(mine).to_have_text("2")
    page.reload()
    expect(mine).to_have_text("2")
    assert "mistake" not in page.content()
