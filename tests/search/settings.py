"""The search room alone, for processes that tests start and kill: they must start fast and share nothing else."""

import os
from pathlib import Path

VAR_DIR = Path(os.environ["VAR_DIR"])
SECRET_KEY = "for-tests-only"
USE_TZ = True
INSTALLED_APPS = ["search"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "db.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
SEARCH_INDEX_DIR = VAR_DIR / "index"
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
ELASTICSEARCH_PREFIX = os.environ.get("ELASTICSEARCH_PREFIX", "killed")
SEARCH_TIMEOUT = 5.0
LANGUAGE_CODE = "az"
