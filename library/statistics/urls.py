from django.urls import path

from library.statistics import views

app_name = "statistics"

urlpatterns = [
    path("", views.report, name="report"),
    path("counts.csv", views.export, name="export"),
]
