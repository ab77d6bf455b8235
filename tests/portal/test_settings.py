"""A wrong setting stops the start with a sentence that names it; the reference lists every one."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

SETTING = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"|environ\.get\(\"([A-Z_]+)\"|env\.int\('([A-Z_]+)'")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL"),
        ("LIBRARY_LANGUAGE", "xx", "LIBRARY_LANGUAGE"),
        ("CONTENT_LANGUAGES", "ru,en", "CONTENT_LANGUAGES must include LIBRARY_LANGUAGE"),
        ("ELASTICSEARCH_PREFIX", "Ünsafe/", "ELASTICSEARCH_PREFIX"),
        ("TELEGRAM_BOT_TOKEN", "123:abc", "TELEGRAM_CHANNEL belong together"),
        ("TELEGRAM_API_URL", "api.telegram.org", "TELEGRAM_API_URL"),
        ("SEARCH_TIMEOUT", "soon", "could not convert"),
    ],
)
def test_a_wrong_value_stops_the_start(tmp_path, name, value, words):
    result = subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        cwd=settings.BASE_DIR, capture_output=True, text=True,
        env=os.environ | {"VAR_DIR": str(tmp_path), name: value},
    )  # fmt: skip
    assert result.returncode != 0
    assert words in result.stderr.splitlines()[-1]


def names():
    files = ["portal/settings.py", "portal/management/commands/serve.py"]
    text = "".join((settings.BASE_DIR / file).read_text() for file in files)
    return sorted({name for groups in SETTING.findall(text) for name in groups if name})


@pytest.mark.parametrize("name", names())
def test_every_setting_is_in_the_reference(name):
    assert f"`{name}`" in (settings.BASE_DIR / "docs" / "settings.md").read_text()


def test_the_secret_key_is_made_once(tmp_path):
    from portal.secrets import read_or_create_secret_key

    path = tmp_path / "secret_key"
    key = read_or_create_secret_key(path)
    assert len(key) > 50 and read_or_create_secret_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
