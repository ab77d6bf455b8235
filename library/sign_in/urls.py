"""Addresses of signing in, under /admin/. They stand before Wagtail's, which let in only who is signed in."""

from django.urls import path

from library.sign_in import views

urlpatterns = [
    path("login/", views.SignInView.as_view(), name="library_sign_in"),
    path("second-factor/", views.second_factor_step, name="library_second_factor"),
    path("second-factor/cancel/", views.cancel, name="library_sign_in_cancel"),
    path("second-factor/set-up/", views.set_up, name="library_second_factor_set_up"),
    path("second-factor/overview/", views.overview, name="library_second_factor_overview"),
    path("second-factor/codes/", views.renew_codes, name="library_second_factor_codes"),
    path("second-factor/off/", views.switch_off, name="library_second_factor_off"),
]
