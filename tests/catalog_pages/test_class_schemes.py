import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog_pages.class_schemes import forget_tables, is_within
from catalog_pages.class_schemes.built_in import BUILT_IN
from catalog_pages.class_schemes.keeping import keep_class_schemes
from catalog_pages.classes import main_class, name_of_number
from catalog_pages.models import CallNumberRule, Classification, ClassRange
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import BranchFactory, UserFactory


@pytest.mark.parametrize(
    ("scheme", "number", "expected"),
    [
        ("ddc", "894.361", True),
        ("ddc", "004", True),
        ("ddc", "[894.361]", True),
        ("ddc", "89", False),
        ("ddc", "8943", False),
        ("ddc", "84(5Аз)", False),
        ("ddc", "Fic", True),
        ("ddc", "FICTION", False),
        ("udc", "821.512.162-31", True),
        ("udc", "81'373", True),
        ("udc", "Ш5", False),
        ("bbk", "84(5Аз)6", True),
        ("bbk", "Ш5(2=Аз)", True),
        ("bbk", "W5", False),
        ("bbk", "Ъ5", False),
        ("udc", "=512.162", True),
        ("lcc", "PL314", False),
        ("", "894", False),
        ("ddc", "", True),
        ("", " ", True),
    ],
)
def test_a_number_can_be_outside_its_scheme(scheme, number, expected):
    assert is_within(scheme, number) is expected


@pytest.fixture
def schemes(db):
    keep_class_schemes()
    return {scheme.code: scheme for scheme in Classification.objects.all()}


def test_a_new_installation_has_the_three_schemes(schemes):
    assert set(schemes) == {"ddc", "udc", "bbk"}
    for code, scheme in schemes.items():
        assert dict(scheme.ranges.values_list("beginning", "colour")) == dict(BUILT_IN[code])


def test_what_staff_changed_or_took_away_stays_so(schemes):
    ClassRange.objects.filter(scheme=schemes["bbk"], beginning="63").update(colour=2)
    schemes["udc"].ranges.filter(beginning="4").delete()
    keep_class_schemes()
    assert main_class("bbk", "63.3") == 2
    assert not is_within("udc", "400")
    assert is_within("ddc", "400")


def test_a_change_shows_at_once_and_the_longest_beginning_decides(schemes):
    assert main_class("ddc", "398.2") == 3
    row = ClassRange.objects.create(
        scheme=schemes["ddc"], beginning="398.2", colour=8, name={"en": "Tales", "az": "Nağıllar"}
    )
    assert row.beginning == "3982"
    assert main_class("ddc", "398.209") == 8 and main_class("ddc", "398.9") == 3
    assert name_of_number("ddc", "398.2") == "Tales"
    assert name_of_number("ddc", "398.9") == "Social sciences"
    row.delete()
    assert main_class("ddc", "398.2") == 3


@pytest.mark.parametrize(("code", "beginning"), [("ddc", "Ш"), ("bbk", "..."), ("udc", "(5)"), ("ddc", "")])
def test_a_range_no_number_begins_with_is_refused(schemes, code, beginning):
    with pytest.raises(ValidationError):
        ClassRange(scheme=schemes[code], beginning=beginning, colour=1).full_clean()


def test_bbk_letters_typed_on_a_latin_keyboard_are_kept_in_cyrillic(schemes):
    row = ClassRange(scheme=schemes["bbk"], beginning="t3", colour=9)
    row.full_clean()
    assert row.beginning == "Т3"


def test_a_page_of_records_asks_for_the_tables_once(schemes, django_assert_num_queries):
    records = RecordFactory.build_batch(20)
    forget_tables()
    with django_assert_num_queries(1):
        assert {record.main_class for record in records} == {8}
    with django_assert_num_queries(0):
        assert records[0].main_class == 8


@pytest.mark.parametrize(("every", "choices"), [(True, 2), (False, 1)])
def test_rules_for_call_numbers_are_those_of_own_libraries(schemes, client, every, choices):
    own, other = BranchFactory.create_batch(2)
    user = UserFactory()
    rights = ["access_admin", "add_callnumberrule", "change_callnumberrule", *(["edit_every_branch"] * every)]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    user.branches.set([own])
    client.force_login(user)
    rule = CallNumberRule.objects.create(branch=other)
    address = reverse(CallNumberRule.snippet_viewset.get_url_name("edit"), args=[rule.pk])
    assert client.get(address).status_code == (200 if every else 302)
    add = reverse(CallNumberRule.snippet_viewset.get_url_name("add"))
    field = client.get(add).context["form"].fields["branch"]
    assert field.required is not every and field.queryset.count() == choices
