"""The scanner's page: single scans by a form, lists from the page's queue or from a file, and undoing."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from catalog_pages.models import Stocktaking
from catalog_pages.stocktaking import services
from catalog_pages.stocktaking.forms import ScanFileForm, ScanForm, scans_of
from catalog_pages.stocktaking.services import Answer, CountRefused, NewScan
from catalog_pages.stocktaking.staff import demand
from catalog_pages.stocktaking.views import CHANGE, OfCount

CONFLICT = 409
LAST_SCANS = 8


class OfOpenCount(OfCount):
    """A page for those who may count here."""

    rights = (CHANGE,)

    def prepare(self, request: HttpRequest, **kwargs: Any) -> None:
        super().prepare(request, **kwargs)
        demand(request, CHANGE, self.count.branch)


class ScanPage(OfOpenCount):
    """One large field; Enter after each barcode. Without scripts each scan is a form sent."""

    template_name = "catalog_pages/stocktaking/scan.html"

    def get_context_data(
        self, answer: Answer | None = None, shelf: str = "", **kwargs: Any
    ) -> dict[str, Any]:
        mine = self.count.scans.filter(by=self.user, undone=False)
        form = ScanForm(
            initial={"client_id": uuid.uuid4(), "shelf": shelf or self.request.GET.get("shelf", "")}
        )
        return super().get_context_data(
            **({"form": form} | kwargs),
            answer=answer,
            last=mine.order_by("-pk")[:LAST_SCANS],
            mine=mine.count(),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = ScanForm(request.POST)
        if not form.is_valid():
            return self.again(form=form)
        scan = NewScan(
            form.cleaned_data["client_id"], form.cleaned_data["barcode"], form.cleaned_data["shelf"]
        )
        try:
            (answer,) = services.add_scans(self.count, [scan], user=self.user)
        except CountRefused as error:
            form.add_error(None, str(error))
            return self.again(status=CONFLICT, form=form)
        return self.render_to_response(self.get_context_data(answer=answer, shelf=scan.shelf))


@never_cache
@require_POST
def send_scans(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a list of scans in JSON and answer each; sent again, it is answered alike and nothing counts twice."""
    count = get_object_or_404(Stocktaking.objects.select_related("branch"), pk=pk)
    user = demand(request, CHANGE, count.branch)
    try:
        scans = scans_of(request.body)
    except ValueError:
        return JsonResponse({"error": _("This is no list of scans.")}, status=400)
    try:
        answers = [answer for step in services.add_list(count, scans, user=user) for answer in step]
    except CountRefused as error:
        return JsonResponse({"error": str(error)}, status=CONFLICT)
    return JsonResponse({"answers": [_as_json(answer) for answer in answers]})


def _as_json(answer: Answer) -> dict[str, Any]:
    return {
        "id": str(answer.client_id), "barcode": answer.barcode, "words": answer.words, "tone": answer.tone,
        "title": answer.title, "place": answer.place, "isNew": answer.is_new,
    }  # fmt: skip


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the person's last scan."""
    count = get_object_or_404(Stocktaking.objects.select_related("branch"), pk=pk)
    user = demand(request, CHANGE, count.branch)
    try:
        scan = services.undo_scan(count, user=user)
        if scan:
            messages.success(request, _("Taken back: %(barcode)s") % {"barcode": scan.barcode})
        else:
            messages.warning(request, _("There is nothing of yours to take back."))
    except CountRefused as error:
        messages.error(request, str(error))
    return redirect("stocktaking:scan", count.pk)


class ScanFilePage(OfOpenCount):
    """What a scanner has collected, pasted or as a file; sent twice, it counts once."""

    template_name = "catalog_pages/stocktaking/file.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**({"form": ScanFileForm()} | kwargs))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = ScanFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.again(form=form)
        codes, shelf = form.cleaned_data["codes"], form.cleaned_data["shelf"]
        totals: Counter[str] = Counter()
        refused: list[str] = []
        try:
            scans = [NewScan(uuid.uuid4(), code, shelf) for code in codes]
            for step in services.add_list(self.count, scans, user=self.user):
                for answer in step:
                    totals[answer.words] += 1
                    if answer.verdict == services.REFUSED:
                        refused.append(answer.barcode)
        except CountRefused as error:
            form.add_error(None, str(error))
            return self.again(status=CONFLICT, form=form)
        return self.render_to_response(
            self.get_context_data(totals=totals.most_common(), lines=len(codes), refused=refused[:20])
        )
