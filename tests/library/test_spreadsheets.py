"""No table that leaves the portal makes a spreadsheet calculate."""

import re
from pathlib import Path

import pytest
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from library.spreadsheets import harmless
from library.staff_reports import StaffReportView

ROOMS = (
    "search",
    "library",
    "catalog_pages",
    "events",
    "archive",
    "enquiries",
    "circulation",
    "home",
    "portal",
)
# They write what is read again by ourselves or by the tools of developers: rows as they came.
NOT_FOR_SPREADSHEETS = {"catalog_pages/spreadsheets.py"}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        " =1",
        "\xa0=1",
        "\ufeff=1",
        "\u200b=1",
        "＝1",
    ],
)
def test_what_begins_a_formula_is_quoted(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Tovuz", "C#", "1-2", "", " 7", 7, -7, None, True])
def test_everything_else_stays(value):
    assert harmless(value) == value


def test_every_writer_of_tables_makes_them_harmless():
    base = Path(__file__).resolve().parents[2]
    wrong = [
        str(path.relative_to(base))
        for room in ROOMS
        for path in (base / room).rglob("*.py")
        if re.search(r"csv\.(Dict)?[wW]riter", text := path.read_text()) and "harmless" not in text
    ]
    assert set(wrong) <= NOT_FOR_SPREADSHEETS


def test_every_report_and_list_of_ours_exports_through_the_common_view():
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - loads every view

    def below(view):
        for child in view.__subclasses__():
            yield child
            yield from below(child)

    ours = [view for view in below(SpreadsheetExportMixin) if view.__module__.partition(".")[0] in ROOMS]
    exporting = {view for view in ours if view.list_export}
    assert exporting
    assert all(issubclass(view, StaffReportView) for view in exporting)
