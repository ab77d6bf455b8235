"""What django-axes is told: whose tries are counted, from where, and what a locked-out person sees."""

from datetime import datetime
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

# Several people of a library share one address: it may fail so many times as often as one of them.
PEOPLE_BEHIND_AN_ADDRESS = 10


class SignInHandler(AxesDatabaseHandler):
    """Counts tries by name and address together, and by the address alone with a wider limit."""

    def get_failures(self, request: Any, credentials: dict | None = None) -> int:
        recent = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address, attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
        )
        from_address = recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
        return max(super().get_failures(request, credentials), from_address // PEOPLE_BEHIND_AN_ADDRESS)


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """The page that says how long to wait."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    answer = render(request, "library/sign_in/locked_out.html", {"minutes": seconds // 60}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def due(at: datetime) -> QuerySet[AccessAttempt]:
    """The tries that no longer count at a moment, with the names and addresses in them."""
    return AccessAttempt.objects.filter(attempt_time__lt=at - settings.AXES_COOLOFF_TIME)
