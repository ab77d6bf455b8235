import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.theme import PAPER, palette
from library.colours import contrast

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.pure
@given(colours, colours)
def test_whatever_colours_are_chosen_the_text_stays_readable(accent, second):
    shades = palette(accent, second)
    for scheme, paper in PAPER.items():
        for name in ("accent", "second"):
            assert contrast(shades[f"{name}-{scheme}"], paper) >= 4.5
            assert contrast(shades[f"{name}-{scheme}"], shades[f"{name}-soft-{scheme}"]) >= 4.5
        assert contrast(shades[f"accent-{scheme}"], shades[f"on-accent-{scheme}"]) >= 4.5
    assert contrast(shades["deep"], shades["on-deep-muted"]) >= 4.5


@pytest.mark.django_db
def test_the_style_sheet_follows_the_settings(client, django_capture_on_commit_callbacks):
    from wagtail.models import Site

    from library.models import SystemSettings

    page = client.get("/en/branches/").text
    address = page.split('href="/theme.css')[1].split('"')[0]
    assert "immutable" in client.get(f"/theme.css{address}")["Cache-Control"]
    settings = SystemSettings.for_site(Site.objects.get())
    settings.accent, settings.radius, settings.heading_font = "#402060", 11, "sans"
    with django_capture_on_commit_callbacks(execute=True):
        settings.save()
    response = client.get(f"/theme.css{address}")
    assert response["Content-Type"].startswith("text/css")
    assert "--theme-accent-light: #402060" in response.text and "--theme-radius: 11px" in response.text
    assert "immutable" not in response["Cache-Control"]
    assert f"theme.css{address}" not in client.get("/en/branches/").text
