import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation

from library.colours import contrast
from library.fields import TranslatedFormField
from library.models import Branch, Department, OpeningHours, SystemSettings
from library.text import in_language


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ({"az": "Kitabxana", "ru": "Библиотека"}, "ru", "Библиотека"),
        ({"az": "Kitabxana", "ru": "Библиотека"}, "ka", "Kitabxana"),
        ({"ru": "Библиотека"}, "ka", "Библиотека"),
        ({"ru": ""}, "ru", ""),
        ({}, "ru", ""),
        (None, None, ""),
    ],
)
def test_in_language(value, language, expected):
    assert in_language(value, language) == expected


def test_a_branch_is_named_in_the_readers_language():
    branch = Branch(code="merkezi", name={"az": "Mərkəzi kitabxana", "ru": "Центральная библиотека"})
    with translation.override("ru"):
        assert str(branch) == "Центральная библиотека"
        assert branch.get_absolute_url() == "/ru/branches/merkezi/"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"latitude": "40.9"}, "longitude"),
        ({"latitude": "95", "longitude": "45"}, "latitude"),
        ({"accessibility": ["step_free", "moat"]}, "accessibility"),
        ({"name": {"xx": "?"}}, "name"),
        ({"name": {}}, "name"),
        ({"code": "not a code"}, "code"),
    ],
)
@pytest.mark.django_db
def test_a_wrong_branch_is_refused_with_the_field_named(fields, wrong):
    with pytest.raises(ValidationError) as error:
        Branch(**({"code": "a", "name": {"az": "A"}} | fields)).full_clean()
    assert wrong in error.value.message_dict


@pytest.mark.django_db
def test_hours_cannot_end_before_they_begin():
    branch = Branch.objects.create(code="a", name={"az": "A"})
    hours = OpeningHours(branch=branch, weekday=0, opens="18:00", closes="09:00")
    with pytest.raises(IntegrityError):
        hours.save()


def test_translated_form_field_keeps_only_what_was_written():
    field = TranslatedFormField(required=True)
    assert field.clean(["Kitabxana", "", " ", "", "", "Библиотека", ""]) == {
        "az": "Kitabxana",
        "ru": "Библиотека",
    }
    with pytest.raises(ValidationError):
        field.clean([""] * 7)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1)],
)
def test_contrast(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(("accent", "readable"), [("#1f5c57", True), ("#ffd54a", False)])
def test_pale_colours_are_refused(accent, readable):
    settings = SystemSettings(accent=accent)
    if readable:
        settings.clean()
    else:
        with pytest.raises(ValidationError) as error:
            settings.clean()
        assert "accent" in error.value.message_dict


def test_a_department_is_named():
    assert str(Department(name={"en": "Children"})) == "Children"


def test_the_languages_the_library_writes_in_come_first(settings):
    settings.CONTENT_LANGUAGES = ["az", "ru"]
    html = TranslatedFormField().widget.render("name", {"en": "Library"}, attrs={"id": "id_name"})
    before, _details, behind = html.partition("<details>")
    assert [code for code in ("az", "ru", "en", "ka", "uz") if f'name="name_{code}"' in before] == [
        "az",
        "ru",
        "en",
    ]
    assert [code for code in ("az", "ru", "en", "ka", "uz") if f'name="name_{code}"' in behind] == [
        "ka",
        "uz",
    ]
