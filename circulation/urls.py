from django.urls import path

from circulation import views

app_name = "circulation"

urlpatterns = [
    path("my/", views.my, name="my"),
    path("desk/", views.desk, name="desk"),
]
