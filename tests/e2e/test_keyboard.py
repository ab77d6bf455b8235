"""The site by keyboard alone: what one sees, reaches and can leave."""

import pytest

DESCRIBE = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  element.dataset.stop ||= String(window.stops = (window.stops || 0) + 1);
  const box = element.getBoundingClientRect();
  // The ring may stand around the whole row or the picture that the link fills.
  const around = [element, ...element.querySelectorAll("*")];
  for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) around.push(up);
  const ring = around.map((one) => getComputedStyle(one))
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3);
  return {
    stop: element.dataset.stop,
    name: (element.getAttribute("aria-label") || element.innerText || element.value || element.name || "").trim(),
    ring,
    shown: box.width > 0 && box.height > 0,
  };
}"""
UNREACHED = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary"
  )].filter((element) => element.tabIndex >= 0 && !element.disabled && element.getClientRects().length
    && !element.dataset.stop && !element.closest("[inert]")
    && element.checkVisibility({ contentVisibilityAuto: true }))
  .map((element) => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(
    "path", ["/", "/branches/", "/branches/merkezi/", "/about/", "/catalogue/", "/catalogue/1/", "/ask/"]
)
def test_tab_reaches_everything_and_shows_where_it_is(site, page, path):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}/az{path}")
    stops = []
    for _step in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(DESCRIBE)
        if stop is None or any(stop["stop"] == earlier["stop"] for earlier in stops):
            break
        stops.append(stop)
    assert [stop for stop in stops if not stop["ring"] or not stop["shown"]] == []
    assert page.evaluate(UNREACHED) == []


def test_the_first_stop_skips_to_the_content(site, page):
    page.goto(f"{site}/en/branches/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_escape_closes_a_menu_and_returns_to_its_button(site, page):
    page.goto(f"{site}/en/")
    menu = page.locator("details.menu").first
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_reading_comfort_holds_on_the_next_page(site, page):
    page.emulate_media(color_scheme="light")
    page.goto(f"{site}/en/")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    menu = page.locator("details.menu").nth(1)
    menu.locator("summary").click()
    menu.locator('button[name="scheme"][value="dark"]').click()
    menu.locator('button[name="text"][value="largest"]').click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    page.goto(f"{site}/en/branches/")
    assert page.get_attribute("html", "data-text") == "largest"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "23px"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
