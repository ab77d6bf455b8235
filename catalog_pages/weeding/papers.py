"""The weeding proposal (form 10), in the library's language: for signing before, as proof after."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from catalog_pages.models import WeedingEntry, WeedingList
from catalog_pages.stocktaking.minutes import commission_section, day, number, signatures
from library import pdf
from library.models import User
from library.money import Price, prices


def proposal(weeding_list: WeedingList) -> bytes:
    """The list as PDF. Raises library.pdf.PdfError."""
    with translation.override(settings.LANGUAGE_CODE):
        deciders = [(_("Approved"), _name(weeding_list.decided_by))]
        data = {
            "form": _("Form 10"),
            "title": _("Weeding proposal"),
            "landscape": True,
            "facts": _facts(weeding_list),
            "sections": [
                commission_section(weeding_list.commission),
                _entries(weeding_list),
                _sums(weeding_list),
            ],
            "signatures": [*signatures(weeding_list.commission), *deciders],
        }
        return pdf.render("minutes", data, language=settings.LANGUAGE_CODE)


def totals(weeding_list: WeedingList) -> list[tuple[str, int, Decimal]]:
    """Reason, copies and value of each reason there is."""
    rows = weeding_list.entries.order_by().values_list("reason").annotate(n=Count("pk"), value=Sum("price"))
    return sorted(
        (str(WeedingEntry.Reason(reason).label), n, value or Decimal(0)) for reason, n, value in rows
    )


def _facts(weeding_list: WeedingList) -> list[tuple[str, str]]:
    facts = [
        (_("Library"), str(weeding_list.branch)),
        (_("List"), weeding_list.name),
        (_("State"), str(weeding_list.get_state_display())),
    ]
    steps = (
        (_("Proposed"), weeding_list.proposed_at, weeding_list.proposed_by),
        (_("Decided"), weeding_list.decided_at, weeding_list.decided_by),
        (_("Written off"), weeding_list.written_off_at, None),
    )
    facts += [(label, ", ".join(filter(None, (day(at), _name(by))))) for label, at, by in steps if at]
    if weeding_list.decision_note:
        facts.append((_("Reason of the decision"), weeding_list.decision_note))
    return facts


def _entries(weeding_list: WeedingList) -> dict[str, Any]:
    price = prices()
    return {
        "heading": _("Copies"),
        "columns": [
            _("No."), _("Accession number"), _("Barcode"), _("Author, title"), _("Year"), _("Call number"),
            _("Reason"), _("Value"),
        ],
        "widths": [1, 2, 2, 6, 1, 2, 3, 1],
        "numeric": [0, 7],
        "rows": [_row(place, entry, price) for place, entry in enumerate(weeding_list.entries.order_by("pk"), 1)],
    }  # fmt: skip


def _row(place: int, entry: WeedingEntry, price: Price) -> list[str]:
    reason = ": ".join(filter(None, (str(entry.get_reason_display()), entry.note)))
    if entry.obstacle:
        reason += " — " + _("not written off")
    return [
        str(place), entry.accession_number, entry.barcode, " · ".join(filter(None, (entry.author, entry.title))),
        str(entry.year or ""), entry.call_number, reason, price(entry.price),
    ]  # fmt: skip


def _sums(weeding_list: WeedingList) -> dict[str, Any]:
    rows, price = totals(weeding_list), prices()
    whole = (
        _("In all"),
        sum(n for _label, n, _value in rows),
        sum((value for *_rest, value in rows), Decimal(0)),
    )
    return {
        "heading": _("By reason"),
        "columns": [_("Reason"), _("Copies"), _("Value")],
        "widths": [3, 1, 1],
        "numeric": [1, 2],
        "rows": [[label, number(n), price(value)] for label, n, value in [*rows, whole]],
    }


def _name(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""
