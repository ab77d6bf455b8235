from django.urls import path

from catalog_pages.duplicates import views

app_name = "duplicates"

urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<int:first>/<int:second>/", views.CompareView.as_view(), name="compare"),
]
