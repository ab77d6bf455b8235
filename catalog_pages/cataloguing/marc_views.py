"""The MARC tab: the whole record as lines, checked, looked at, saved; and a new record that begins there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog_pages.cataloguing import checks, services
from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.lines import Problem, from_lines, to_lines
from catalog_pages.cataloguing.rules import FORM_RULES
from catalog_pages.cataloguing.skeletons import skeleton, skeleton_lines, without_empty
from catalog_pages.cataloguing.views import ADD, CHANGE, VIEW, StaffPage, found_record
from catalog_pages.marc.errors import Rejected
from catalog_pages.models import Material, Record

RULES = {"marc21": "MARC21", "unimarc": "UNIMARC, RUSMARC", "irbis": "IRBIS"}
NEW_RULES = ("marc21", "unimarc")


class MarcView(StaffPage):
    """The record as lines; "preview" shows what readers would see, "save" keeps it."""

    rights = (VIEW, CHANGE)
    right_to_save = CHANGE
    template_name = "catalog_pages/cataloguing/marc.html"
    page_title = gettext_lazy("Record")
    record: Record | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.record = found_record(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return Truncator(self.record.title if self.record else "").chars(60)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self._page(*self._shown_first(), [])
        except Rejected as rejection:
            return self._page("", "marc21", [Problem(0, str(rejection.reason.label))])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(self.right_to_save):
            raise PermissionDenied
        text = request.POST.get("lines", "")
        rules = "marc21"
        try:
            before, rules = self._before()
            marc, problems = from_lines(self._typed(text), before, rules)
            problems += [Problem(0, said) for said in checks.number_problems(marc, before, rules)]
            columns = {} if problems else services.read_marc(marc, rules)[1]
        except Rejected as rejection:
            return self._page(text, rules, [Problem(0, str(rejection.reason.label))], status=422)
        if problems:
            return self._page(text, rules, problems, status=422)
        warnings = checks.column_warnings(columns, self._columns_before(before, rules), but=self._pk)
        if "preview" in request.POST:
            return self._page(text, rules, [], preview=Record(**columns), warnings=warnings)
        if warnings and request.POST.get("confirmed") != checks.token_of(warnings):
            return self._page(text, rules, [], warnings=warnings, status=422)
        return self._save(marc, rules, text)

    def _save(self, marc: EditableMarc, rules: str, text: str) -> HttpResponse:
        try:
            saved = services.save_marc(
                marc,
                user=self.request.user,
                record=self.record,
                rules=rules,
                seen_version=self.request.POST.get("seen_version", ""),
            )
        except services.Changed:
            assert self.record
            self.record.refresh_from_db()
            problem = _(
                "Somebody else has changed this entry since you opened it. Your own changes are still here. "
                "Open the entry in another window to compare; if you save again, yours replace the others."
            )
            return self._page(text, rules, [Problem(0, problem)], status=409)
        except ValidationError as error:
            problems = [Problem(0, text) for texts in error.message_dict.values() for text in texts]
            return self._page(text, rules, problems, status=422)
        title = Truncator(saved.title).chars(60)
        messages.success(self.request, _("“%(title)s” is saved.") % {"title": title})
        return redirect("cataloguing:marc", saved.pk)

    def _page(
        self,
        text: str,
        rules: str,
        problems: list[Problem],
        preview: Record | None = None,
        warnings: list[checks.Warning] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = self.get_context_data(
            record=self.record,
            lines=text,
            rules=RULES.get(rules, rules),
            is_marc21=rules == "marc21",
            has_form=rules in FORM_RULES,
            may_save=self.request.user.has_perm(self.right_to_save),
            problems=problems,
            preview=preview,
            warnings=warnings or [],
            warnings_token=checks.token_of(warnings or []),
            version=services.version_of(self.record) if self.record else "",
        )
        return self.render_to_response(context, status=status)

    # What a record that is there and a new one differ in.

    @property
    def _pk(self) -> int | None:
        return self.record.pk if self.record else None

    def _before(self) -> tuple[EditableMarc, str]:
        """The record before what was typed. Raises Rejected."""
        assert self.record
        return services.marc_of(self.record)

    def _shown_first(self) -> tuple[str, str]:
        marc, rules = self._before()
        return to_lines(marc, rules), rules

    def _typed(self, text: str) -> str:
        return text

    def _columns_before(self, before: EditableMarc, rules: str) -> dict[str, Any]:
        """What nobody has to be asked about: it stood there. A damaged record has nothing of the kind."""
        try:
            return services.read_marc(before, rules)[1]
        except Rejected:
            return {}


class NewMarcView(MarcView):
    """A new record as lines, by ``rules``; what is left empty in the skeleton is left out."""

    rights = (ADD,)
    right_to_save = ADD
    page_title = gettext_lazy("Add a record")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.material, self.rules = kwargs["material"], request.GET.get("rules", "marc21")
        if self.material not in Material.values or self.rules not in NEW_RULES:
            raise Http404
        return StaffPage.dispatch(self, request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(Material(self.material).label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choices = [(name, RULES[name], name == self.rules) for name in NEW_RULES]
        return super().get_context_data(material=self.material, rules_choices=choices, **kwargs)

    def _before(self) -> tuple[EditableMarc, str]:
        return skeleton(self.material, self.rules), self.rules

    def _shown_first(self) -> tuple[str, str]:
        return skeleton_lines(self.material, self.rules), self.rules

    def _typed(self, text: str) -> str:
        return without_empty(text)

    def _columns_before(self, before: EditableMarc, rules: str) -> dict[str, Any]:
        return {"class_scheme": "", "class_number": ""}
