"""Set-up: what is pinned, what is said when something is missing, what the scripts make."""

import io
import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import check_translations  # noqa: E402
import compile_translations  # noqa: E402
import cut_fonts  # noqa: E402
import extract_messages  # noqa: E402
import run  # noqa: E402
import services  # noqa: E402
import setup  # noqa: E402
from console import Problem  # noqa: E402

from tests.conftest import missing  # noqa: E402

REQUIREMENTS = ["requirements.txt", "requirements-dev.txt"]


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is not a git clone")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# --- Pins ---


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_each_requirement_is_pinned_with_hashes_and_names_no_index(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[\w.]+ \\\n", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]
    assert not re.search(r"index-url|find-links|trusted-host|https?:", text)


def test_tests_run_on_the_versions_that_the_portal_runs_on():
    runtime, dev = (
        dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", (ROOT / name).read_text(), flags=re.MULTILINE))
        for name in REQUIREMENTS
    )
    assert {name: dev[name] for name in dev.keys() & runtime.keys()} == {
        name: runtime[name] for name in dev.keys() & runtime.keys()
    }


def test_browser_packages_are_locked_by_integrity_and_without_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    installed = {path: entry for path, entry in packages.items() if path}
    assert {f"node_modules/{name}" for name in wanted} <= installed.keys()
    for path, entry in installed.items():
        assert entry["integrity"].startswith("sha512-"), path
        assert "resolved" not in entry, path


def test_no_registry_host_or_machine_path_in_any_tracked_file():
    # Written apart, so that this file does not name what it forbids.
    names = [("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("maven", "org"),
             ("debian", "org")]  # fmt: skip
    hosts = [".".join(name) for name in names]
    forbidden = re.compile(
        rf"//[\w.-]*({'|'.join(map(re.escape, hosts))})|(?<![\w./~-])/(?:work|root|Users)/\w"
    )
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in forbidden.finditer(text)]
    assert found == []


def test_nothing_made_at_run_time_is_tracked():
    assert [
        p for p in tracked_files() if {"var", ".venv", "node_modules"} & set(p.parts[len(ROOT.parts) :])
    ] == []


# --- What is said when something is missing ---


def test_an_old_python_is_named_with_the_way_out():
    with pytest.raises(Problem, match=r"Python 3\.11 or newer is needed, and this one is 3\.9\.2.*PYTHON="):
        setup.check_python((3, 9, 2))
    setup.check_python((3, 11, 0))


def test_a_missing_venv_module_is_named_with_its_package():
    with pytest.raises(Problem, match="apt install python3-venv"):
        setup.check_venv(lambda name: None if name == "ensurepip" else object())


def test_a_full_disk_is_named(tmp_path):
    with pytest.raises(Problem, match=r"GB are free at .* needed"):
        setup.check_disk(tmp_path, needed=10**18)


def test_a_taken_port_is_named_and_another_offered():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=rf"Port {port} is taken.*PORT="):
            setup.check_port(str(port))
    assert setup.check_port(str(port)) == port


@pytest.mark.parametrize("value", ["", "abc", "0", "70000", "-1", "80 80"])
def test_a_port_that_is_none_is_refused(value):
    with pytest.raises(Problem, match="PORT must be a number"):
        setup.check_port(value)


def test_an_unreachable_registry_is_said_in_one_sentence(monkeypatch):
    def no_network(command):
        raise Problem("pip failed:\nERROR: No matching distribution found for django==5.2.19")

    monkeypatch.setattr(setup, "output_of", no_network)
    with pytest.raises(Problem, match="registry did not answer.*HTTPS_PROXY.*PIP_INDEX_URL"):
        setup.install(["pip"])


def test_without_the_npm_registry_setting_up_goes_on(monkeypatch, tmp_path, capsys):
    def no_network(*arguments, **options):
        raise Problem("npm failed")

    monkeypatch.setattr(setup, "output_of", no_network)
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    setup.install_browser_packages()
    assert "system's fonts" in capsys.readouterr().out


def test_an_unknown_demo_library_is_refused_with_those_there_are(tmp_path):
    (tmp_path / "tovuz").mkdir()
    assert run.check_demo("tovuz", tmp_path) == "tovuz"
    with pytest.raises(Problem, match="not part of this version yet. There is: tovuz"):
        run.check_demo("rustavi", tmp_path)
    with pytest.raises(Problem, match="DEMO=../etc is not a demo library"):
        run.check_demo("../etc", tmp_path)


def test_a_step_that_fails_ends_with_one_line_and_code_1():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "services.py", "dance"], capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.strip() == "Stopped: say start, stop or status"


@pytest.mark.parametrize(("variable", "value"), [("PG_PORT", "x"), ("ES_PORT", "-3")])
def test_a_service_port_that_is_none_is_refused(monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    with pytest.raises(Problem, match=f"{variable} must be a port number"):
        services.number(variable, 1)


# --- Fonts ---

LETTERS = {
    "latin": "azAZ09 əƏğĞıIiİşŞçÇöÖüÜ ʻʼ “”«»–—…",
    "cyrillic": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАЯЁ",
    "cyrillic-ext": "әғқңөұүһіўҳӘҒҚҢӨҰҮҺІЎҲ",
    "georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
}


@pytest.mark.parametrize("script", LETTERS)
def test_each_script_is_declared_with_its_letters(script):
    declared = cut_fonts.codepoints(cut_fonts.SCRIPTS[script])
    assert [letter for letter in LETTERS[script] if ord(letter) not in declared] == []


def test_no_letter_is_in_two_files():
    sets = [cut_fonts.codepoints(unicode_range) for unicode_range in cut_fonts.SCRIPTS.values()]
    assert sum(map(len, sets)) == len(set().union(*sets))


def test_cut_fonts_hold_their_letters_and_stay_small(monkeypatch, tmp_path):
    if not cut_fonts.SOURCE.exists():
        missing("the font packages are not installed (no npm registry)")
    from fontTools.ttLib import TTFont

    monkeypatch.setattr(cut_fonts, "FONTS", tmp_path)
    monkeypatch.setattr(cut_fonts, "TEXT", [face for face in cut_fonts.TEXT if face.weight == 400])
    cut_fonts.main()
    style_sheet = (tmp_path / "fonts.css").read_text()
    for family, largest in (("firago", 40_000), ("noto-serif", 35_000)):
        files = list(tmp_path.glob(f"{family}-*.woff2"))
        found: set[int] = set()
        for file in files:
            with TTFont(file) as font:
                found |= set(font.getBestCmap())
            assert f'url("{file.name}")' in style_sheet
        wanted = set("".join(LETTERS.values()))
        assert [letter for letter in wanted if ord(letter) not in found] == [], family
        assert sum(file.stat().st_size for file in files) < largest


def test_without_the_font_package_the_style_sheet_is_there_and_empty(monkeypatch, tmp_path):
    monkeypatch.setattr(cut_fonts, "SOURCE", tmp_path / "absent")
    monkeypatch.setattr(cut_fonts, "FONTS", tmp_path / "fonts")
    cut_fonts.main()
    assert "@font-face" not in (tmp_path / "fonts" / "fonts.css").read_text()


# --- Translations ---


@pytest.fixture
def small_project(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "home" / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext_lazy\n"
        '_("Found %(count)s")\npgettext_lazy("month", "May")\nngettext("%(n)s book", "%(n)s books", 2)\n'
    )
    (tmp_path / "templates" / "page.html").write_text(
        "<p title='it's'>\n    {% translate \"Hello\" %}\n  {% blocktranslate with name=x %}Dear {{ name }}"
        '{% endblocktranslate %}\n      {{ _("Inline") }}</p>'
    )
    return tmp_path


def test_texts_are_collected_from_code_and_templates(small_project):
    found = {
        (message.context, message.id) for message in extract_messages.collect(small_project) if message.id
    }
    assert found == {
        (None, "Found %(count)s"),
        ("month", "May"),
        (None, ("%(n)s book", "%(n)s books")),
        (None, "Hello"),
        (None, "Dear %(name)s"),
        (None, "Inline"),
    }


def catalogue(text: str):
    return read_po(io.BytesIO(text.encode()), locale="ru")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Found %(count)s"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "Found %(count)s"\nmsgstr "Найдено: %(count)s"', "marked fuzzy"),
        ('msgid "Found %(count)s"\nmsgstr "Найдено: %(cuont)s"', "placeholders or tags differ"),
        ('msgid "Found %(count)s"\nmsgstr "Найдено"', "placeholders or tags differ"),
        ('msgid "Gone"\nmsgstr "Нет"', "no longer used"),
    ],
)
def test_a_faulty_translation_is_named(entry, fault):
    template = catalogue('msgid "Found %(count)s"\nmsgstr ""\n')
    found = list(check_translations.faults(catalogue(entry), template))
    assert any(line.startswith(fault) for line in found), found


def test_a_right_translation_passes():
    template = catalogue('msgid "Found %(count)s"\nmsgstr ""\n')
    right = catalogue('msgid "Found %(count)s"\nmsgstr "Найдено: %(count)s"')
    assert list(check_translations.faults(right, template)) == []


def test_updating_a_catalogue_twice_changes_nothing(small_project, monkeypatch):
    monkeypatch.setattr(extract_messages, "LOCALE", small_project / "locale")
    template = extract_messages.collect(small_project)
    assert extract_messages.update("ru", template) == 6
    path = small_project / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    first = path.read_text()
    extract_messages.update("ru", template)
    assert path.read_text() == first
    assert "Date" not in first


def test_compiling_tolerates_no_catalogues_and_compiles_once(tmp_path):
    assert compile_translations.compile_all(tmp_path / "absent") == 0
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "Hello"\nmsgstr "Привет"\n')
    assert compile_translations.compile_all(tmp_path) == 1
    assert (folder / "django.mo").stat().st_size > 0
    assert compile_translations.compile_all(tmp_path) == 0
