"""What staff see: links that do not work, trials that end, and how much each resource is used."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from catalog_pages.e_resources import checking
from catalog_pages.e_resources.asking import Answer
from catalog_pages.models import EResourcePage, EResourceSubject, LinkCheck
from library import statistics
from library.aliases import make_aliases
from library.roles import group_of, keep_roles
from tests.factories.catalog_pages import make_e_resource
from tests.factories.library import UserFactory

pytestmark = pytest.mark.django_db
REPORT = "catalogue_e_resources"


@pytest.fixture
def librarian(client):
    keep_roles()
    user = UserFactory(is_staff=True)
    user.groups.add(group_of("librarian"))
    client.force_login(user)
    return client


@pytest.fixture
def pages(index):
    today = timezone.localdate()
    pages = {
        "fine": make_e_resource(index, "Fine", address="https://fine.example/"),
        "gone": make_e_resource(index, "=Gone", address="https://gone.example/"),
        "soon": make_e_resource(index, "Soon", access="trial", trial_until=today + timedelta(days=30)),
        "later": make_e_resource(index, "Later", access="trial", trial_until=today + timedelta(days=31)),
        "ended": make_e_resource(index, "Ended", access="trial", trial_until=today - timedelta(days=1)),
    }
    for page in pages.values():
        make_aliases(page=page)
    checking.note("https://fine.example/", Answer("ok", 200), timezone.now())
    checking.note("https://gone.example/", Answer("broken", 404), timezone.now())
    return pages


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Fine", "=Gone", "Soon", "Later", "Ended"}),
        ("?state=ending", {"Soon"}),
        ("?state=ended", {"Ended"}),
        ("?state=broken", {"=Gone"}),
        ("?state=unchecked", {"Soon", "Later", "Ended"}),
        ("?access=trial", {"Soon", "Later", "Ended"}),
    ],
)
def test_each_resource_stands_once_in_the_report(librarian, pages, query, titles):
    response = librarian.get(reverse(REPORT) + query)
    assert response.status_code == 200
    assert {page.title for page in response.context["object_list"]} == titles
    assert len(response.context["object_list"]) == len(titles)


def test_the_table_has_the_state_of_links_and_no_formulas(librarian, pages):
    statistics.count("e_resources", kind=pages["gone"].slug, n=7)
    response = librarian.get(reverse(REPORT) + "?export=csv&state=broken")
    table = b"".join(response.streaming_content).decode()
    assert "'=Gone,https://gone.example/,Database,Free" in table
    assert "Does not work (404)" in table
    assert table.rstrip().endswith(",7")


def test_a_page_of_the_report_takes_the_same_queries_for_any_number(
    librarian, pages, index, django_assert_max_num_queries
):
    for number in range(20):
        make_e_resource(index, f"One more {number}")
    librarian.get(reverse(REPORT))
    with django_assert_max_num_queries(25):
        librarian.get(reverse(REPORT))


def test_others_may_not_look(client, pages):
    user = UserFactory(is_staff=True)
    keep_roles()
    user.groups.add(group_of("answerer"))
    client.force_login(user)
    for response in (client.get(reverse(REPORT)), client.post(reverse("catalogue_e_resources_check"))):
        assert response.status_code == 302
        assert response.headers["Location"] == reverse("wagtailadmin_home")
    assert not DBTaskResult.objects.filter(task_path=checking.check_links.module_path).exists()


def test_staff_have_the_links_checked_once_at_a_time(librarian, pages, settings):
    address = reverse("catalogue_e_resources_check")
    assert librarian.get(address).status_code == 405
    for _time in range(2):
        assert librarian.post(address).status_code == 302
    assert DBTaskResult.objects.filter(task_path=checking.check_links.module_path).count() == 1
    settings.LINK_CHECK = False
    assert checking.ask_for_check() is False
    assert "Check the links now" not in librarian.get(reverse(REPORT)).content.decode()


def test_librarians_keep_the_subjects(librarian):
    viewset = EResourceSubject.snippet_viewset
    assert librarian.get(reverse(viewset.get_url_name("list"))).status_code == 200
    assert librarian.get(reverse(viewset.get_url_name("add"))).status_code == 200


def test_the_job_asks_each_address_once_and_those_that_are_due(index, monkeypatch):
    for title, address in (
        ("A", "https://a.example/"),
        ("B", "https://a.example/"),
        ("C", "https://c.example/"),
    ):
        make_e_resource(index, title, address=address)
    make_e_resource(index, "Draft", address="https://draft.example/", live=False)
    asked = []
    monkeypatch.setattr(checking, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(checking.asking, "ask", lambda address: asked.append(address) or Answer("ok", 200))
    checking.check_links.func()
    checking.check_links.func()  # cut off and begun again, it goes on where it was
    assert asked == ["https://a.example/", "https://c.example/"]
    EResourcePage.objects.filter(title="C").delete()
    checking.forget_unused()
    assert [check.address for check in LinkCheck.objects.all()] == ["https://a.example/"]


def test_a_broken_link_keeps_the_day_since_when():
    first = timezone.now() - timedelta(days=14)
    address = "https://a.example/"
    checking.note(address, Answer("broken", 404), first)
    again = checking.note(address, Answer("refused", reason="not_public"), first + timedelta(days=7))
    assert again.broken_since == first
    assert checking.note(address, Answer("ok", 200), timezone.now()).broken_since is None
    later = timezone.now()
    assert checking.note(address, Answer("broken", reason="too_slow"), later).broken_since == later


@pytest.mark.parametrize(
    ("answers", "noted"),
    [
        (["no_host"] * 5, 0),  # it is us who have no way out
        (["no_host", "no_answer", "", "too_slow", "no_host"], 5),
        (["no_host"], 1),
        (["no_host", "certificate", "no_host", "no_host"], 4),
    ],
)
def test_a_server_without_a_way_out_blames_nobody(index, monkeypatch, answers, noted):
    for number, _answer in enumerate(answers):
        make_e_resource(index, f"R{number}", address=f"https://r{number}.example/")
    left = iter(answers)
    monkeypatch.setattr(checking, "PAUSE_SECONDS", 0)

    def ask(_address):
        reason = next(left)
        return Answer("broken", reason=reason) if reason else Answer("ok", 200)

    monkeypatch.setattr(checking.asking, "ask", ask)
    checking.check_links.func()
    assert LinkCheck.objects.count() == noted


def test_a_long_check_goes_on_in_another_job_and_comes_to_an_end(index, monkeypatch):
    for number in range(5):
        make_e_resource(index, f"R{number}", address=f"https://r{number}.example/")
    asked = []
    monkeypatch.setattr(checking, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(checking, "MOST_SECONDS", -1)
    monkeypatch.setattr(
        checking.asking, "ask", lambda address: asked.append(address) or Answer("broken", 404)
    )
    jobs = DBTaskResult.objects.filter(task_path=checking.check_links.module_path)
    checking.check_links.func()
    for _time in range(4):
        job = jobs.get()
        assert job.run_after > timezone.now()
        job.delete()
        checking.check_links.func(**job.args_kwargs["kwargs"])
    assert len(asked) == len(set(asked)) == 5
    assert not jobs.exists()
    assert len(checking.due_addresses(timezone.now())) == 5  # what does not work is asked every day


def test_the_schedule_asks_for_a_check_only_where_one_is_due(index):
    jobs = DBTaskResult.objects.filter(task_path=checking.check_links.module_path)
    checking.check_when_due()
    assert not jobs.exists()
    make_e_resource(index, "New")
    checking.check_when_due()
    assert jobs.count() == 1
