"""The staff page that reads in the addresses of an old site; it stands where Wagtail has one without checks."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import FileExtensionValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from home.old_addresses import FileRefused, Outcome, import_addresses

RIGHT = "wagtailredirects.add_redirect"
LARGEST = 5 * 1024 * 1024


class OldAddressesForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV in UTF-8: in each line the old address and the new one."),
        validators=[FileExtensionValidator(["csv", "txt", "tsv"])],
    )
    other_hosts = forms.BooleanField(
        label=gettext_lazy("New addresses may be those of other sites"), required=False
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file


@require_http_methods(["GET", "POST"])
def import_old_addresses(request: HttpRequest) -> HttpResponse:
    """Try a list or read it in, and say what became of each line."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    form = OldAddressesForm(request.POST or None, request.FILES or None)
    outcome: Outcome | None = None
    if request.method == "POST" and form.is_valid():
        try:
            outcome = import_addresses(
                form.cleaned_data["file"].read(),
                dry_run="save" not in request.POST,
                other_hosts=form.cleaned_data["other_hosts"],
            )
        except FileRefused as error:
            form.add_error("file", str(error))
    context = {
        "form": form,
        "outcome": outcome,
        "was_saved": "save" in request.POST,
        "header_title": _("Addresses of an old site"),
        "header_icon": "redirect",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailredirects:index"), "label": _("Redirects")},
            {"url": "", "label": _("Addresses of an old site")},
        ],
    }
    return render(request, "home/admin/old_addresses.html", context)
