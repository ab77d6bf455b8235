from django.urls import path
from django.views.generic import RedirectView

from events import views

app_name = "events"

urlpatterns = [
    path("events/", views.events, name="events"),
    path("events/calendar.ics", RedirectView.as_view(pattern_name="calendar_feed"), name="feed"),
    path("halls/", views.halls, name="halls"),
    path("mobile/", views.mobile, name="mobile"),
]
