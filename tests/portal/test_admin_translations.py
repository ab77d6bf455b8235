"""Wagtail's administration in the languages that Wagtail itself lacks."""

import io
import sys
from pathlib import Path

import pytest
import wagtail
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

sys.path.insert(0, str(settings.BASE_DIR / "scripts"))

from check_translations import ADMIN, ADMIN_LANGUAGES, admin_template, check_folder


def test_they_are_complete():
    template = admin_template()
    assert len(template) >= 300
    assert check_folder(ADMIN, template, ADMIN_LANGUAGES) == []


def test_every_text_is_one_of_wagtails():
    """After an upgrade this names the texts that Wagtail has changed."""
    known = {
        message.id
        for path in Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po")
        for message in read_po(io.BytesIO(path.read_bytes()))
        if not message.context
    }
    assert {message.id for message in admin_template() if message.id} - known == set()


@pytest.mark.parametrize(
    ("language", "expected"), [("az", "Yadda saxla"), ("kk", "Сақтау"), ("ka", "შენახვა"), ("uz", "Saqlash")]
)
def test_the_administration_speaks_them(language, expected, translated):
    assert DjangoTranslation(language).gettext("Save") == expected
