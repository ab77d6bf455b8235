from django.urls import path

from enquiries import views

app_name = "enquiries"

urlpatterns = [
    path("ask/", views.ask, name="ask"),
]
