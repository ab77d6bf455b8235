"""The MARC tab: the whole record as lines, checked, looked at, saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_pages.cataloguing import services
from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.lines import Problem, from_lines, to_lines
from catalog_pages.cataloguing.rules import FORM_RULES
from catalog_pages.cataloguing.views import CHANGE, VIEW, StaffPage, found_record
from catalog_pages.marc.errors import Rejected
from catalog_pages.models import Record

RULES = {"marc21": "MARC21", "unimarc": "UNIMARC, RUSMARC", "irbis": "IRBIS"}


class MarcView(StaffPage):
    """The record as lines; "preview" shows what readers would see, "save" keeps it."""

    rights = (VIEW, CHANGE)
    template_name = "catalog_pages/cataloguing/marc.html"
    page_title = gettext_lazy("Record")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.record = found_record(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return Truncator(self.record.title).chars(60)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            marc, rules = services.marc_of(self.record)
        except Rejected as rejection:
            return self._page("", "marc21", [Problem(0, str(rejection.reason.label))])
        return self._page(to_lines(marc, rules), rules, [])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        text = request.POST.get("lines", "")
        try:
            before, rules = services.marc_of(self.record)
            marc, problems = from_lines(text, before, rules)
            columns = {} if problems else services.read_marc(marc, rules)[1]
        except Rejected as rejection:
            return self._page(text, "marc21", [Problem(0, str(rejection.reason.label))], status=422)
        if problems:
            return self._page(text, rules, problems, status=422)
        if "preview" in request.POST:
            return self._page(text, rules, [], preview=Record(**columns))
        return self._save(marc, rules, text)

    def _save(self, marc: EditableMarc, rules: str, text: str) -> HttpResponse:
        try:
            services.save_marc(
                marc,
                user=self.request.user,
                record=self.record,
                rules=rules,
                seen_version=self.request.POST.get("seen_version", ""),
            )
        except services.Changed:
            self.record.refresh_from_db()
            problem = _(
                "Somebody else has changed this entry since you opened it. Your own changes are still here. "
                "Open the entry in another window to compare; if you save again, yours replace the others."
            )
            return self._page(text, rules, [Problem(0, problem)], status=409)
        except ValidationError as error:
            problems = [Problem(0, text) for texts in error.message_dict.values() for text in texts]
            return self._page(text, rules, problems, status=422)
        messages.success(self.request, _("“%(title)s” is saved.") % {"title": self.get_page_subtitle()})
        return redirect("cataloguing:marc", self.record.pk)

    def _page(
        self, text: str, rules: str, problems: list[Problem], preview: Record | None = None, status: int = 200
    ) -> HttpResponse:
        context = self.get_context_data(
            record=self.record,
            lines=text,
            rules=RULES.get(rules, rules),
            has_form=rules in FORM_RULES,
            problems=problems,
            preview=preview,
            version=self._version(),
        )
        return self.render_to_response(context, status=status)

    def _version(self) -> str:
        return services.version_of(self.record)
