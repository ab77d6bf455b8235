"""Rooms and their directions: what import-linter cannot see."""

import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings

# From the bottom up; rooms on one level never point at each other.
LEVELS = {
    "search": 0,
    "library": 1,
    "catalog_pages": 2,
    "events": 3,
    "archive": 4,
    "circulation": 5,
    "enquiries": 5,
    "home": 6,
    "portal": 7,
}


def relations():
    for room in LEVELS:
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            for field in model._meta.get_fields():
                if field.is_relation and not field.auto_created and field.related_model:
                    yield model, field.related_model


def test_every_room_is_installed():
    assert set(LEVELS) <= set(settings.INSTALLED_APPS)


def test_foreign_keys_point_downwards():
    wrong = [
        f"{model._meta.label} -> {target._meta.label}"
        for model, target in relations()
        if target._meta.app_label in LEVELS
        and model._meta.app_label != target._meta.app_label
        and LEVELS[target._meta.app_label] >= LEVELS[model._meta.app_label]
    ]
    assert not wrong


def test_relations_are_seen_at_all():
    assert any(model._meta.app_label == "catalog_pages" for model, _target in relations())


@pytest.mark.slow
def test_the_portal_lives_without_lending(tmp_path):
    """`circulation` taken out of INSTALLED_APPS leaves a working portal."""
    code = """
import django
from django.conf import settings
from portal import settings as portal
portal.INSTALLED_APPS.remove("circulation")
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
for address in ("/az/", "/az/catalogue/1/", "/az/events/", "/az/desk/"):
    print(address, Client().get(address).status_code)
"""
    environment = {
        "PATH": "/usr/bin:/bin",
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "STATIC_MANIFEST": "false",
        "CACHE_URL": "locmemcache://",
        "ALLOWED_HOSTS": "testserver",
        "SECRET_KEY": "for-tests-only",
    }
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=settings.BASE_DIR, env=environment
    )
    assert result.returncode == 0, result.stderr
    answers = dict(line.split() for line in result.stdout.splitlines() if line.startswith("/"))
    assert answers == {"/az/": "200", "/az/catalogue/1/": "404", "/az/events/": "200", "/az/desk/": "404"}
