"""Help while searching, in a real browser: suggestions by keyboard, facets without scripts, other spellings."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def unscripted(browser):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("path", "field"), [("/en/", "#hero-search"), ("/en/branches/", "#site-search")])
def test_suggestions_are_spoken_and_chosen_by_keyboard(page, site, path, field):
    asked = []
    page.on("request", lambda request: asked.append(request) if "suggest" in request.url else None)
    page.goto(f"{site}{path}")
    box = page.locator(field)
    box.press_sequentially("ni", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(page.get_by_role("group", name="Authors")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_text(
        f"{options.count()} suggestions"
    )
    assert "suggest?" in asked[-1].url and not asked[-1].headers.get("referer")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_value("ni")
    box.press("Escape")
    expect(options.first).to_be_hidden()
    box.press("ArrowDown")
    author = page.get_by_role("group", name="Authors").get_by_role("option").first
    while author.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/en/catalogue/?q=author%3A%22*")
    expect(page.locator(".hit").first).to_be_visible()


def test_enter_without_a_choice_searches_what_is_typed(page, site):
    page.goto(f"{site}/en/")
    page.locator("#hero-search").press_sequentially("nizami", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("#hero-search").press("Enter")
    page.wait_for_url("**/en/search/?q=nizami")


def test_without_scripts_values_are_found_within_a_long_list_and_several_are_chosen(unscripted, site):
    page = unscripted
    page.goto(f"{site}/en/catalogue/?q=roman")
    page.get_by_role("link", name="All authors").click()
    page.get_by_label("Find within the list").fill("pamuk")
    page.get_by_role("button", name="Show the list").click()
    page.locator("input[name=author]").first.check()
    page.get_by_label("Find within the list").fill("elcin")
    page.get_by_label("Find within the list").press("Enter")
    expect(page.locator("input[name=author]:checked")).to_have_count(1)
    page.locator("input[name=author]:not(:checked)").first.check()
    page.get_by_role("button", name="Show results").click()
    expect(page.locator(".chips .chip")).to_have_count(2)
    expect(page.locator(".hit").nth(1)).to_be_visible()
    assert page.url.count("author=") == 2 and "find" not in page.url and "q=roman" in page.url


def test_with_scripts_the_list_follows_what_is_typed(page, site):
    page.goto(f"{site}/en/catalogue/facet/author/?q=roman")
    page.locator("input[name=author]").first.check()
    chosen = page.locator("input[name=author]").first.get_attribute("value")
    page.get_by_label("Find within the list").press_sequentially("pamuk", delay=20)
    expect(page.locator("#facet-total")).to_have_text("1 value")
    expect(page.locator(f"input[value='{chosen}']")).to_be_checked()
    page.get_by_role("button", name="Show results").click()
    page.wait_for_url("**/en/catalogue/?q=roman&author=*")


def test_a_slip_of_the_pen_is_asked_back(page, site):
    page.goto(f"{site}/en/catalogue/?q=nizmai")
    link = page.locator(".meant a").first
    meant = link.inner_text()
    link.click()
    expect(page.locator("#catalogue-q")).to_have_value(meant)
    expect(page.locator(".hit").first).to_be_visible()


def test_the_literal_search_is_one_click_away_and_back(page, site):
    page.goto(f"{site}/en/catalogue/?q=romanlarimiz")
    page.get_by_role("link", name="Search exactly for “romanlarimiz”").click()
    page.wait_for_url("**/en/catalogue/?q=romanlarimiz&literal=1")
    page.locator(".chip", has_text="Exactly as typed").click()
    page.wait_for_url("**/en/catalogue/?q=romanlarimiz")
    expect(page.locator(".spelling")).to_be_visible()
