"""A record is catalogued in a browser, with scripts and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_book_with_two_authors_is_catalogued(site, browser, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    window = context.new_page()
    window.goto(f"{site}/admin/login/")
    window.fill("#id_username", "admin")
    window.fill("#id_password", "only for this test")
    window.press("#id_password", "Enter")
    window.wait_for_url(f"{site}/admin/")
    window.goto(f"{site}/admin/catalogue/records/add/book/")
    window.fill("[name=title]", "Qala")
    window.fill("[name=names-0-text]", "Kafka, Franz")
    window.locator("[data-group=names] button[name=more]").click()
    window.fill("[name=names-1-text]", "Muir, Willa")
    if scripts:
        assert window.locator("[name=names-TOTAL_FORMS]").input_value() == "2"
        found = Axe().run(window, context="main").response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] != "minor"] == []
    window.locator(".cat-actions button[name=save]").click()
    window.wait_for_url("**/catalogue/records/*/")
    assert window.locator("[name=names-1-text]").input_value() == "Muir, Willa"
    assert window.locator("[name=title]").input_value() == "Qala"
    context.close()
