from django.urls import path

from home.views.branches import branch_detail, branch_hours, branch_list, choose_branch
from home.views.comfort import set_comfort
from home.views.contact import answer_form, form_sent
from home.views.search import everything, suggestions
from home.views.sharing import sharing_picture
from home.views.staff import staff_directory

app_name = "home"

urlpatterns = [
    path("branches/", branch_list, name="branches"),
    path("branches/<slug:code>/", branch_detail, name="branch"),
    path("branches/<slug:code>/hours/", branch_hours, name="branch_hours"),
    path("branches/<slug:code>/choose/", choose_branch, name="choose_branch"),
    path("staff/", staff_directory, name="staff"),
    path("search/", everything, name="search"),
    path("search/suggest", suggestions, name="suggest"),
    path("sharing/<slug:kind>/<int:pk>/<slug:mark>", sharing_picture, name="sharing_picture"),
    path("comfort/", set_comfort, name="comfort"),
    path("forms/<int:page_id>/<slug:block_id>/", answer_form, name="form"),
    path("forms/<int:page_id>/<slug:block_id>/sent/", form_sent, name="form_sent"),
]
