"""Events, halls and the mobile library, as readers see them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from icalendar import Calendar


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    return render(request, "events/events.html")


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    return render(request, "events/halls.html")


@require_safe
def mobile(request: HttpRequest) -> HttpResponse:
    return render(request, "events/mobile.html")


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The calendar to subscribe to. Valid while it is empty, so that a subscription made today keeps working."""
    calendar = Calendar()
    calendar.add("prodid", "-//Library portal//Events//EN")
    calendar.add("version", "2.0")
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="events.ics"'
    return response
