"""Every kind of page, as a browser shows it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGES = {
    "home": "/",
    "content": "/about/",
    "libraries": "/branches/",
    "no library": "/branches/?q=zzzz",
    "nearest": "/branches/?near=qovlar&internet=1",
    "library": "/branches/merkezi/",
    "hours for the door": "/branches/merkezi/hours/",
    "staff": "/staff/",
    "catalogue": "/catalogue/",
    "results": "/catalogue/?q=kitab",
    "no results": "/catalogue/?q=zzzzzzzz",
    "record": "/catalogue/1/",
    "search": "/search/?q=kitab",
    "e-resources": "/e-resources/",
    "events": "/events/",
    "halls": "/halls/",
    "mobile": "/mobile/",
    "archive": "/archive/",
    "ask": "/ask/",
    "my": "/my/",
    "not found": "/no/such/page/",
}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@every_page
def test_axe_finds_nothing(site, page, path):
    found = []
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(f"{site}/az{path}")
            results = Axe().run(page, options=AXE_OPTIONS)
            found += [
                f"{width} {scheme} {violation['id']}: {node['target']}"
                for violation in results.response["violations"]
                for node in violation["nodes"]
            ]
    assert not found


@every_page
def test_nothing_sticks_out_on_a_phone_in_any_language(site, page, path):
    page.set_viewport_size({"width": 320, "height": 700})  # as 1280 pixels at 400 %
    wide = {}
    for language in LANGUAGES:
        page.goto(f"{site}/{language}{path}")
        assert page.get_attribute("html", "lang") == language
        wide[language] = page.evaluate("document.documentElement.scrollWidth")
    assert {language: width for language, width in wide.items() if width > 320} == {}


@every_page
def test_no_request_leaves_the_site_and_no_policy_is_broken(site, page, path):
    elsewhere, complaints = [], []
    page.on(
        "request",
        lambda request: None if request.url.startswith((site, "data:")) else elsewhere.append(request.url),
    )
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    response = page.goto(f"{site}/ru{path}")
    if response.status == 404:
        complaints = [text for text in complaints if "404" not in text]
    assert not elsewhere
    assert not complaints
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    "path", ["/", "/branches/", "/branches/merkezi/", "/catalogue/?q=kitab", "/catalogue/1/"]
)
def test_pages_work_without_scripts(site, browser, path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en{path}")
    page.get_by_text("Language:").locator("xpath=ancestor::summary").click()
    page.get_by_role("link", name="Русский").click()
    assert page.url == f"{site}/ru{path}"
    context.close()
