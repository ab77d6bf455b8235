"""What every test gets: a folder of its own for files, no leftovers in the cache, and a plain reason for a skip."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
import pytest
from django.test.utils import override_settings

# Set before Django reads its settings: tests touch no installation's files.
# (Were the settings named in pyproject.toml, pytest-django would read them before this file.)
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
_var = tempfile.mkdtemp(prefix="portal-tests-")
os.environ["VAR_DIR"] = _var
os.environ.setdefault("SECRET_KEY", "for-tests-only")
os.environ["STATIC_MANIFEST"] = "false"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"
os.environ.setdefault("PORTAL_SHARED", str(Path(__file__).resolve().parents[2] / "shared"))
django.setup()
# Tests read English, whether or not the catalogues were compiled here; those that need another language ask for it.
override_settings(LOCALE_PATHS=[]).enable()


def missing(reason: str) -> None:
    """Skip with a plain reason; fail instead where everything must be there (CI sets PORTAL_REQUIRE_ALL)."""
    if os.environ.get("PORTAL_REQUIRE_ALL"):
        pytest.fail(f"must not be skipped here: {reason}")
    pytest.skip(reason)


DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Mark what needs no database or engine, so that a second run on other servers can leave it out.

    Browsers come last: the driver leaves an event loop running, in which Django refuses the database.
    """
    items.sort(key=lambda item: "browser_name" in item.fixturenames)
    for item in items:
        touches = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)
        if not touches and not item.get_closest_marker("engine"):
            item.add_marker(pytest.mark.pure)


@pytest.fixture(autouse=True)
def clean_cache():
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def known_class_tables():
    """Colours of classes are asked for without the database, until a test changes the tables."""
    from catalog_pages.class_schemes import use_built_in

    use_built_in()


@pytest.fixture(autouse=True)
def own_directories(settings, tmp_path_factory):
    base = tmp_path_factory.mktemp("var")
    settings.SEARCH_INDEX_DIR = base / "index"
    settings.MEDIA_ROOT = base / "media"
    return base


@pytest.fixture(autouse=True)
def library_language():
    from django.utils import translation

    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory) -> list[Path]:
    """The project's translations, compiled for the tests that read another language than English."""
    from portal.settings import BASE_DIR, LOCALE_PATHS

    sys.path.insert(0, str(BASE_DIR / "scripts"))
    from compile_translations import compile_all

    folder = tmp_path_factory.mktemp("translations")
    copies = [Path(shutil.copytree(path, folder / path.name)) for path in LOCALE_PATHS]
    compile_all(*copies)
    return copies


@pytest.fixture
def translated(settings, catalogues):
    """Pages speak all seven languages during the test."""
    settings.LOCALE_PATHS = catalogues


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real files for trying; tests that need it are skipped where it is absent."""
    path = Path(os.environ["PORTAL_SHARED"])
    if not path.is_dir():
        pytest.skip("the folder of shared test data is not beside the project")
    return path


def pytest_sessionfinish(session, exitstatus):
    shutil.rmtree(_var, ignore_errors=True)
