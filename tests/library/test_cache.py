"""A first migration needs the cache's table before its own tables are filled."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.slow
def test_migrate_alone_makes_a_working_portal(tmp_path):
    environment = os.environ | {"VAR_DIR": str(tmp_path), "CACHE_URL": "dbcache://portal_cache"}
    environment.pop("DATABASE_URL", None)
    for _time in range(2):
        result = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
