import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from home.staff_directory import StaffWish, read_directory
from library.models import Department, StaffMember
from tests.factories.library import BranchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    central, village = BranchFactory(code="central"), BranchFactory(code="village")
    readers = Department.objects.create(branch=central, name={"en": "Reader services"})
    hall = Department.objects.create(branch=village, name={"en": "Hall"}, phone="305-00-00")
    for name, department, shown in [
        ("Cəfər", readers, True), ("Çingiz", readers, True), ("Hidden", readers, False), ("Əli", hall, True),
    ]:  # fmt: skip
        StaffMember.objects.create(
            department=department, name=name, role={"en": "librarian"}, show_on_site=shown,
            email=f"{department.pk}@library.example",
        )  # fmt: skip
    return {"readers": readers, "hall": hall}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"Cəfər", "Çingiz", "Əli"}),
        ({"q": "cingiz"}, {"Çingiz"}),
        ({"q": "librarian"}, {"Cəfər", "Çingiz", "Əli"}),
        ({"branch": "village"}, {"Əli"}),
        ({"department": "readers"}, {"Cəfər", "Çingiz"}),
        ({"branch": "nowhere", "department": "9" * 30}, {"Cəfər", "Çingiz", "Əli"}),
        ({"department": "²"}, {"Cəfər", "Çingiz", "Əli"}),
        ({"q": "x" * 5000}, {"Cəfər", "Çingiz", "Əli"}),
        ({"q": "nobody"}, set()),
    ],
)
@pytest.mark.parametrize("order", ["", "name"])
def test_the_directory_is_narrowed(client, staff, query, expected, order):
    if query.get("department") in staff:
        query = {"department": staff[query["department"]].pk}
    response = client.get("/en/staff/", {**query, "order": order})
    shown = {
        name for name in ("Cəfər", "Çingiz", "Əli", "Hidden") if f"<strong>{name}</strong>" in response.text
    }
    assert shown == expected
    assert ("Nobody fits all of this" in response.text) == (not expected)


@pytest.mark.parametrize(("language", "expected"), [("az", ["Cəfər", "Çingiz", "Əli"]), ("en", None)])
def test_names_stand_in_the_order_of_the_alphabet(staff, language, expected):
    with translation.override(language):
        names = [person.name for person in read_directory(StaffWish()).people]
    assert len(names) == 3
    if expected:
        assert names == expected


def test_mail_and_phone_are_links(client, staff):
    text = client.get("/en/staff/").text
    assert "mailto:" in text and "tel:3050000" in text


@pytest.mark.parametrize("language", ["az", "kk", "ka", "uz", "tr", "ru", "en"])
def test_in_every_language(client, staff, language):
    assert client.get(f"/{language}/staff/").status_code == 200


def test_an_empty_directory_says_so(client):
    assert "No names are shown yet" in client.get("/en/staff/").text


def test_no_query_more_for_many_staff(client, staff):
    few = queries_of(client)
    for branch in BranchFactory.create_batch(60):
        department = Department.objects.create(branch=branch, name={"en": "Hall"})
        for number in range(2):
            StaffMember.objects.create(department=department, name=f"Person {number}", show_on_site=True)
    assert queries_of(client) == few <= 20


def queries_of(client) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/staff/")
    return len(queries)
