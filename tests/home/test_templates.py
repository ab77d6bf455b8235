"""The public site's policy forbids inline code: no template may hold any."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.pure

INLINE = re.compile(
    r"<script(?![^>]*\b(src|type=\"application/(ld\+)?json\")\b)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|href=\"javascript:",
    re.IGNORECASE,
)
TEMPLATES = sorted(path for path in Path(settings.BASE_DIR, "templates").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_holds_inline_code(path):
    assert not INLINE.search(path.read_text(encoding="utf-8"))
