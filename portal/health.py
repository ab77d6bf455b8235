"""Two addresses for whoever watches the server: does it run, and is everything under it well?"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from library.worker import HEARTBEAT_KEY, HEARTBEAT_SECONDS
from search.service import ping

LOW_DISK_BYTES = 200 * 1024 * 1024


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process serves requests at all."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, engine, storage and worker are well, else 503 with what is wrong in words."""
    checks = {name: _run(check) for name, check in CHECKS.items()}
    well = all(result == "ok" for result in checks.values())
    return JsonResponse({"status": "ok" if well else "unwell", "checks": checks}, status=200 if well else 503)


def _run(check: Callable[[], str]) -> str:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer must name the part it is wrong with
        return f"{type(error).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _engine() -> str:
    status = ping()
    return "ok" if status.ok else status.detail


def _storage() -> str:
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=settings.MEDIA_ROOT, prefix=".health-")
    os.close(handle)
    os.unlink(name)
    free = shutil.disk_usage(settings.MEDIA_ROOT).free
    return "ok" if free > LOW_DISK_BYTES else f"only {free // 2**20} MB of disk left"


def _worker() -> str:
    beat = cache.get(HEARTBEAT_KEY)
    if beat is None:
        return "not running"
    age = time.time() - beat
    return "ok" if age < 4 * HEARTBEAT_SECONDS else f"silent for {age:.0f} seconds"


CHECKS = {"database": _database, "engine": _engine, "storage": _storage, "worker": _worker}
