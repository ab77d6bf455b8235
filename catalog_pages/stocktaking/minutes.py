"""Papers of a count: minutes (form 12) and handover minutes (form 11), in the library's language (A27)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from catalog_pages.models import Stocktaking
from catalog_pages.stocktaking import tally
from catalog_pages.stocktaking.lists import LISTS
from library import pdf
from library.money import Price, prices

MOST_ROWS = 1000  # of one list on paper; the whole list is a table


def minutes(stocktaking: Stocktaking) -> bytes:
    """The minutes of a count (form 12). Raises library.pdf.PdfError."""
    with translation.override(settings.LANGUAGE_CODE):
        data = {
            "form": _("Form 12"),
            "title": _("Minutes of stocktaking"),
            "landscape": True,
            "facts": _facts(stocktaking),
            "sections": [
                commission_section(stocktaking.commission), *_sums(stocktaking), _missing(stocktaking),
                _found(stocktaking, "surplus"), _found(stocktaking, "misplaced"),
            ],
            "signatures": signatures(stocktaking.commission),
        }  # fmt: skip
        return pdf.render("minutes", data, language=settings.LANGUAGE_CODE)


def handover(stocktaking: Stocktaking, people: Mapping[str, Any]) -> bytes:
    """The minutes of a store that one person hands over to another (form 11). Raises library.pdf.PdfError.

    ``people`` is what HandoverForm gives.
    """
    with translation.override(settings.LANGUAGE_CODE):
        both = [
            (_("Hands over"), people["giver_office"], people["giver"]),
            (_("Takes over"), people["taker_office"], people["taker"]),
        ]
        facts = [(_("Day"), day(people["day"])), *_facts(stocktaking)]
        facts += [(role, ", ".join(filter(None, (name, office)))) for role, office, name in both]
        if people["reason"]:
            facts.append((_("Reason"), people["reason"]))
        data = {
            "form": _("Form 11"),
            "title": _("Handover minutes"),
            "landscape": True,
            "facts": facts,
            "sections": [
                commission_section(stocktaking.commission),
                *_sums(stocktaking),
                _missing(stocktaking),
            ],
            "signatures": [
                *((" · ".join(filter(None, (role, office))), name) for role, office, name in both),
                *signatures(stocktaking.commission),
            ],
        }
        return pdf.render("minutes", data, language=settings.LANGUAGE_CODE)


def _facts(stocktaking: Stocktaking) -> list[tuple[str, str]]:
    facts = [
        (_("Library"), str(stocktaking.branch)),
        (_("Store"), str(stocktaking.get_store_display())),
        (_("State"), str(stocktaking.get_state_display())),
        (_("Counted"), " – ".join((day(stocktaking.started_on), _last_day(stocktaking)))),
    ]
    if stocktaking.shelf:
        facts.append((_("Shelf"), stocktaking.shelf))
    if stocktaking.class_from or stocktaking.class_to:
        facts.append((_("Classes"), f"{stocktaking.class_from} – {stocktaking.class_to}"))
    if stocktaking.approved_at:
        by = stocktaking.approved_by
        name = (by.get_full_name() or by.get_username()) if by else ""
        facts.append((_("Approved"), ", ".join(filter(None, (day(stocktaking.approved_at), name)))))
    return facts


def _last_day(stocktaking: Stocktaking) -> str:
    return day(stocktaking.closed_at) if stocktaking.closed_at else "…"


def commission_section(commission: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The table of a commission's names and offices."""
    return {
        "heading": _("Commission"),
        "columns": [_("Name"), _("Office")],
        "rows": [[member["name"], member["office"]] for member in commission],
    }


def signatures(commission: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    return [(member["office"] or _("Member of the commission"), member["name"]) for member in commission]


def _sums(stocktaking: Stocktaking) -> list[dict[str, Any]]:
    whole, price = tally.whole(stocktaking.totals), prices()
    parts = ((_("By kind of material"), _("Kind"), "materials"), (_("By class"), _("Class"), "classes"))
    return [
        {
            "heading": heading,
            "columns": [
                first, _("In the register"), _("Value"), _("Counted"), _("On loan, under way or at the binder"),
                _("Lent or returned meanwhile"), _("Missing"), _("Value of what is missing"),
            ],
            "numeric": list(range(1, 8)),
            "widths": [3, 1, 1, 1, 1, 1, 1, 1],
            "rows": [_row(line, price) for line in [*tally.lines(stocktaking.totals, group), whole]],
        }
        for heading, first, group in parts
    ]  # fmt: skip


def _row(line: tally.Line, price: Price) -> list[str]:
    return [
        line.label, number(line.registered), price(line.value), number(line.counted), number(line.away),
        number(line.moved), number(line.missing), price(line.missing_value),
    ]  # fmt: skip


def _missing(stocktaking: Stocktaking) -> dict[str, Any]:
    rows, price = stocktaking.missing.filter(found_at=None), prices()
    total, value = rows.count(), rows.aggregate(value=Sum("price"))["value"] or Decimal(0)
    section: dict[str, Any] = {
        "heading": _("Missing"),
        "columns": [
            _("No."), _("Accession number"), _("Barcode"), _("Author, title"), _("Year"), _("Call number"),
            _("Price"),
        ],
        "widths": [1, 2, 2, 6, 1, 2, 1],
        "numeric": [0, 6],
        "rows": [
            [
                str(place), row.accession_number, row.barcode, " · ".join(filter(None, (row.author, row.title))),
                str(row.year or ""), row.call_number, price(row.price),
            ]
            for place, row in enumerate(rows.order_by("pk")[:MOST_ROWS], 1)
        ],
        "sums": [(_("Missing in all"), number(total)), (_("Value"), price(value))],
    }  # fmt: skip
    if since := stocktaking.missing.exclude(found_at=None).count():
        section["sums"].append((_("Found since the lists were made"), number(since)))
    return section | {"text": left_out(total)}


def _found(stocktaking: Stocktaking, code: str) -> dict[str, Any]:
    found = LISTS[code]
    rows = found.rows(stocktaking)
    total = rows.count()
    return {
        "heading": str(found.label),
        "columns": [_("No."), *(str(heading) for heading in found.headings)],
        "widths": [1, 2, 4, 2, 3, 2, 1, 1, 2],
        "numeric": [0],
        "rows": [
            [str(place), *(str(value) for value in found.values(row))]
            for place, row in enumerate(rows.order_by("pk")[:MOST_ROWS], 1)
        ],
        "sums": [(_("In all"), number(total))],
        "text": left_out(total),
    }


def left_out(total: int) -> str:
    """What to say where a list is too long for paper."""
    if total <= MOST_ROWS:
        return ""
    return _("The first %(shown)s of %(total)s; the whole list is attached as a table.") % {
        "shown": number(MOST_ROWS), "total": number(total),
    }  # fmt: skip


def day(moment: Any) -> str:
    local = moment if type(moment) is date else timezone.localtime(moment)
    return str(date_format(local, "SHORT_DATE_FORMAT"))


def number(count: int) -> str:
    return str(number_format(count))
