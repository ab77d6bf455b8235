"""The catalogue in a real browser: filters at once, years by dragging, suggestions, phones, no scripts."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def watched(page):
    """A page that fails the test when the browser complains or asks another host for anything."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def total(page) -> int:
    return int(re.sub(r"\D", "", page.locator("#results-total .numeric").inner_text()))


def test_filters_apply_at_once_and_keep_focus_and_page(watched, site):
    watched.goto(f"{site}/en/catalogue/?q=roman")
    before = total(watched)
    watched.evaluate("window.isSamePage = true")
    watched.check("input[name=language][value=aze]")
    watched.wait_for_url("**language=aze")
    expect(watched.locator(".chips .chip")).to_have_count(1)
    assert total(watched) < before
    assert watched.evaluate("[window.isSamePage, document.activeElement.value]") == [True, "aze"]
    watched.go_back()
    watched.wait_for_url("**/catalogue/?q=roman")
    expect(watched.locator(".chips")).to_have_count(0)


def test_years_are_chosen_by_dragging_over_the_chart(watched, site):
    watched.goto(f"{site}/en/catalogue/")
    chart = watched.locator(".year-chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    watched.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 30)
    watched.mouse.down()
    watched.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 30, steps=4)
    watched.mouse.up()
    watched.wait_for_url("**year_from=*year_to=*")
    expect(watched.locator(".chips .chip")).to_have_count(1)


def test_suggestions_are_a_combobox_for_the_keyboard(watched, site):
    watched.goto(f"{site}/en/catalogue/")
    field = watched.get_by_role("combobox", name="Title, author, subject, ISBN")
    field.press_sequentially("nizami", delay=30)
    options = watched.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    chosen = watched.locator("[role=option][aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    field.press("Escape")
    expect(options.first).to_be_hidden()
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    watched.wait_for_url("**/catalogue/?q=**")
    assert total(watched) >= 1


def test_on_a_phone_filters_are_a_sheet_that_closes_with_escape(watched, site):
    watched.set_viewport_size({"width": 360, "height": 740})
    watched.goto(f"{site}/en/catalogue/?language=aze")
    expect(watched.locator("#filters")).to_be_hidden()
    watched.get_by_role("button", name="Filters · 1").click()
    expect(watched.locator("#filters")).to_be_visible()
    watched.keyboard.press("Escape")
    expect(watched.locator("#filters")).to_be_hidden()
    watched.get_by_role("button", name="Filters · 1").click()
    watched.locator("#filters input[name=material]").first.check()
    watched.get_by_role("button", name="Show results").click()
    watched.wait_for_url("**material=**")
    expect(watched.locator("#filters")).to_be_hidden()


def test_without_scripts_the_same_form_does_the_same(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/catalogue/?q=roman")
    before = total(page)
    page.check("input[name=language][value=aze]")
    page.get_by_role("button", name="Show results").click()
    assert "language=aze" in page.url
    assert total(page) < before
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_hit_leads_to_its_record_and_the_shelf_beside_it(watched, site, width):
    watched.set_viewport_size({"width": width, "height": 800})
    watched.goto(f"{site}/en/catalogue/?q=nizami")
    watched.locator(".hit-title a").first.click()
    watched.wait_for_url(re.compile(r"/catalogue/\d+/$"))
    expect(watched.locator(".answer-line")).to_be_visible()
    assert watched.evaluate("document.documentElement.scrollWidth <= innerWidth")
    neighbour = watched.locator(".neighbour-link").first
    target = neighbour.get_attribute("href")
    neighbour.click()
    watched.wait_for_url(f"**{target}")
