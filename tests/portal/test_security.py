import json
import logging

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_public_pages_have_a_strict_policy(client):
    policy = client.get("/az/branches/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy and "http" not in policy


def test_the_admin_has_a_policy_of_its_own(client):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "object-src 'none'" in policy and "http" not in policy


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_headers(client, header, value):
    assert client.get("/az/branches/")[header] == value


def test_public_pages_set_no_cookie(client):
    assert not client.get("/az/branches/").cookies


def test_the_log_says_what_was_asked_but_not_what_was_searched(client, caplog):
    from portal.logs import JsonFormatter

    with caplog.at_level(logging.INFO, logger="portal.requests"):
        client.get("/az/branches/", {"q": "very private words"})
    lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records]
    assert [(line["path"], line["status"]) for line in lines if line["logger"] == "portal.requests"] == [
        ("/az/branches/", 200)
    ]
    assert "private" not in json.dumps(lines)


def test_deployment_checks_are_clean_over_https(tmp_path):
    import os
    import subprocess
    import sys

    from django.conf import settings

    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        env=os.environ
        | {
            "VAR_DIR": str(tmp_path),
            "BASE_URL": "https://library.example",
            "ALLOWED_HOSTS": "library.example",
            "SECRET_KEY": "x" * 20 + "abcdefghijklmnopqrstuvwxyz0123456789-!",
            "HSTS_SECONDS": "31536000",
        },
    )
    assert result.returncode == 0, result.stderr


def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
