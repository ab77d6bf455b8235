"""A reader's own list in a real browser: gathered with stars, kept on the device, shared by its address."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def watched(page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def test_books_are_gathered_shown_and_shared_without_an_account(watched, browser, site):
    watched.goto(f"{site}/en/catalogue/?q=nizami")
    stars = watched.locator("[data-list-record]")
    stars.nth(0).click()
    stars.nth(1).click()
    expect(stars.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(watched.locator("[data-list-count]")).to_have_text(" 2")
    watched.check("input[name=language][value=aze]")
    expect(watched.locator("[data-list-record][aria-pressed=true]").first).to_be_visible()

    watched.goto(f"{site}/en/catalogue/my-list/")
    expect(watched.locator(".list-row")).to_have_count(2)
    watched.locator("[data-list-record]").first.click()
    watched.reload()
    expect(watched.locator(".list-row")).to_have_count(1)

    other = browser.new_context()
    visitor = other.new_page()
    visitor.goto(watched.locator("#list-share").get_attribute("href"))
    visitor.locator("[data-list-keep]").click()
    visitor.goto(f"{site}/en/catalogue/my-list/")
    expect(visitor.locator(".list-row")).to_have_count(1)
    visitor.locator("[data-list-clear]").click()
    expect(visitor.locator(".list-empty")).to_be_visible()
    other.close()


def test_without_scripts_the_page_explains_itself(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/catalogue/?q=nizami")
    expect(page.locator("[data-list-record]").first).to_be_hidden()
    page.goto(f"{site}/en/catalogue/my-list/")
    expect(page.locator("noscript .notice, .list-empty .notice").first).to_be_visible()
    context.close()
