"""A new record that begins on the MARC tab, and the checks of that tab."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from catalog_pages.cataloguing.editable import EditableMarc
from catalog_pages.cataloguing.services import marc_of
from catalog_pages.cataloguing.skeletons import skeleton as skeleton_of
from catalog_pages.models import MarcSource, Material, Record
from tests.factories.catalog_pages import RecordFactory
from tests.factories.library import UserFactory
from tests.factories.search import searchable

pytestmark = pytest.mark.django_db
RULES = ["marc21", "unimarc"]


def address(material="book", rules="marc21"):
    return reverse("cataloguing:add_marc", args=[material]) + f"?rules={rules}"


def send(client, lines, at=None, **data):
    return client.post(at or address(), {"lines": lines, **(data or {"save": "1"})})


def skeleton(client, at=None):
    return client.get(at or address()).context["lines"]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("material", Material.values)
def test_the_skeleton_becomes_a_record_of_its_kind(cataloguer, material, rules):
    at = address(material, rules)
    lines = skeleton(cataloguer, at)
    title = "245 00 $a" if rules == "marc21" else "200 1# $a"
    assert title in lines
    answer = send(cataloguer, lines.replace(title, f"{title}New title"), at)
    record = Record.objects.get()
    assert answer.status_code == 302 and answer.url == reverse("cataloguing:marc", args=[record.pk])
    assert (record.title, record.material, record.language) == ("New title", material, "aze")
    assert record.source == "local" and record.control_number.startswith("p")
    kept = MarcSource.objects.get()
    assert kept.format == rules and kept.edited
    marc = marc_of(record)[0]
    assert marc.control("001") == record.control_number and marc.control("005")
    assert len(marc.leader) == 24 and not [one for one in marc.fields if one.text.endswith("\x1fa")]


@pytest.mark.parametrize(
    ("tag", "code", "script"),
    [("az", "aze", "ba"), ("kk", "kaz", "ca"), ("ka", "geo", "ma"), ("tr", "tur", "ba")],
)
def test_the_skeleton_is_in_the_language_of_the_library(settings, tag, code, script):
    settings.LANGUAGE_CODE = tag
    general = EditableMarc.first(skeleton_of("book", "unimarc"), "100").first("a")
    assert general[8:9] == "d" and general[17:] == f"u  y0{code}y50      {script}"
    assert skeleton_of("book", "marc21").control("008")[35:38] == code


def test_what_is_left_empty_in_the_skeleton_is_left_out(cataloguer):
    lines = (
        skeleton(cataloguer)
        .replace("245 00 $a", "245 00 $aTitle")
        .replace("264 #1 $a$b$c", "264 #1 $aBakı$b$c2020")
    )
    send(cataloguer, lines)
    record = Record.objects.get()
    assert (record.place, record.publisher, record.year) == ("Bakı", "", 2020)
    tags = [field.tag for field in marc_of(record)[0].fields]
    assert set(tags) == {"001", "005", "008", "245", "264"}


@pytest.mark.parametrize(
    ("rules", "line", "said"),
    [
        ("marc21", "", "no title"), ("unimarc", "", "no title"),
        ("marc21", "245 10 $aT\n001 mine", "001"), ("marc21", "245 10 $aT\n020 ## $a9780306406158", "ISBN"),
        ("unimarc", "200 1# $aT\n010 ## $a9780306406158", "ISBN"),
        ("marc21", "245 10 $aT\n022 ## $a1234-5678", "ISSN"),
        ("marc21", "245 10 $aT\ngarbage", "tag"), ("marc21", "245 10 $aT\nLDR x", "24"),
        ("unimarc", "200 1# $aT\nLDR 00000nxm#a22000005i#4500", "Place 6"),
    ],
)  # fmt: skip
def test_what_is_wrong_comes_back_in_words(cataloguer, rules, line, said):
    answer = send(cataloguer, skeleton(cataloguer, address(rules=rules)) + "\n" + line, address(rules=rules))
    assert answer.status_code == 422 and not Record.objects.exists()
    assert any(said in problem.text for problem in answer.context["problems"]), answer.context["problems"]
    assert line in answer.context["lines"]


def test_the_tab_asks_what_the_form_asks(cataloguer, settings):
    other = RecordFactory(title="There already", isbns=["9780306406157"])
    lines = "245 10 $aALL IN CAPITALS\n020 ## $a9780306406157 (pbk.)\n082 04 $a9x9"
    with searchable(settings):
        answer = send(cataloguer, lines)
        texts = [warning.text for warning in answer.context["warnings"]]
        assert answer.status_code == 422 and len(texts) == 3
        assert any("capitals" in text for text in texts) and any("There already" in text for text in texts)
        send(cataloguer, lines, save="1", confirmed="not that")
        assert list(Record.objects.all()) == [other]
        send(cataloguer, lines, save="1", confirmed=answer.context["warnings_token"])
        assert Record.objects.count() == 2


def test_of_a_record_there_is_only_what_changed_is_asked_about(cataloguer):
    send(cataloguer, "245 10 $aTitle\n500 ## $aNote")
    record = Record.objects.get()
    Record.objects.filter(pk=record.pk).update(title="SHOUTED LOUD")
    page = cataloguer.get(reverse("cataloguing:marc", args=[record.pk]))
    at = reverse("cataloguing:marc", args=[record.pk])
    calm = page.context["lines"].replace("$aNote", "$aOther note")
    shouting = page.context["lines"].replace("$aNote", "$aSHOUTED NOTE")
    assert send(cataloguer, shouting, at).status_code == 422
    assert send(cataloguer, calm, at).status_code == 302


def test_looking_saves_nothing(cataloguer):
    answer = send(cataloguer, "245 10 $aSeen", preview="1")
    assert (
        answer.status_code == 200
        and answer.context["preview"].title == "Seen"
        and not Record.objects.exists()
    )


@pytest.mark.parametrize("material", ["nothing", "book-"])
def test_a_kind_or_rules_that_are_not_there(cataloguer, material):
    assert cataloguer.get(reverse("cataloguing:add_marc", args=[material])).status_code == 404
    assert cataloguer.get(address(rules="other")).status_code == 404


def test_who_may_not_add_is_turned_away(client):
    user = UserFactory()
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_record", "change_record"])
    )
    client.force_login(user)
    assert client.get(address()).status_code in (302, 403)
    assert send(client, "245 10 $aT").status_code in (302, 403) and not Record.objects.exists()


def test_the_tab_is_offered_where_kinds_are_chosen(cataloguer):
    page = cataloguer.get(reverse("cataloguing:kind")).text
    assert reverse("cataloguing:add_marc", args=["map"]) in page


@pytest.mark.parametrize("kind", ["electronic", "manuscript"])
def test_a_unimarc_leader_keeps_its_own_letters(cataloguer, kind):
    at = address(kind, "unimarc")
    send(cataloguer, skeleton(cataloguer, at).replace("200 1# $a", "200 1# $aTitle"), at)
    page = cataloguer.get(reverse("cataloguing:marc", args=[Record.objects.get().pk]))
    again = page.context["lines"].replace("$aTitle", "$aOther")
    assert (
        send(cataloguer, again, reverse("cataloguing:marc", args=[Record.objects.get().pk])).status_code
        == 302
    )
