from datetime import date

from django.urls import path, register_converter

from library.timetable import views


class DateConverter:
    """A day of this century as 2026-11-30; anything else is no such page."""

    regex = r"20\d\d-\d\d-\d\d"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DateConverter, "day")

app_name = "timetable"

urlpatterns = [
    path("year/", views.year, name="this_year"),
    path("year/<int:number>/", views.year, name="year"),
    path("holidays/", views.holidays, name="holidays"),
    path("branch/<slug:code>/", views.week, name="week"),
    path("branch/<slug:code>/preset/", views.preset, name="preset"),
    path("branch/<slug:code>/<day:day>/", views.day, name="day"),
]
