"""The documentation names what there is, its links lead somewhere, and it is true on every machine."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.version import __version__, read_version

ROOT = settings.BASE_DIR
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
ROOMS = (
    "portal",
    "home",
    "circulation",
    "enquiries",
    "archive",
    "events",
    "catalog_pages",
    "library",
    "search",
)

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# A hook of ours where it is asked for, or named for others; those of Wagtail are only registered here.
HOOK = re.compile(r"(?:get_hooks\(|HOOK = )\s*\"(register_\w+)\"")
# Folders of one machine and addresses of package registries; a server's own things belong in /srv and /etc.
MACHINE = r"(?<![\w.])/(?:work|tmp|root|home|mnt|opt)/\w"
REGISTRY = r"pypi\.org|/simple/|npmjs|registry\.yarn|repo1\.maven|proxy\.golang"
FOREIGN = re.compile(f"{MACHINE}|{REGISTRY}")
CLASS_COLOUR = re.compile(r"^\| (\d) \|.*`(#[0-9a-f]{6})` \|$", re.MULTILINE)


def commands() -> list[str]:
    paths = (ROOT.glob(f"{room}/management/commands/*.py") for room in ROOMS)
    return sorted(path.stem for found in paths for path in found if path.stem != "__init__")


def hooks() -> list[str]:
    sources = (path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted({name for source in sources for name in HOOK.findall(source)})


def relative_links(page: Path) -> list[str]:
    return [
        link
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not re.match(r"https?:|mailto:", link)
    ]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and its like make them."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("command", commands())
def test_every_command_is_described(command):
    assert f"\n## {command}\n" in (DOCS / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", hooks())
def test_every_hook_is_described(hook):
    assert f"`{hook}`" in (DOCS / "developers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    for link in relative_links(document):
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{link} names no heading"


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_nothing_of_one_machine_is_named(document):
    assert not FOREIGN.search(document.read_text(encoding="utf-8"))


def test_every_page_is_in_an_index():
    linked = {
        (index.parent / link.partition("#")[0]).resolve()
        for index in (ROOT / "README.md", DOCS / "README.md", DOCS / "decisions" / "README.md")
        for link in relative_links(index)
    }
    assert not set(DOCS.rglob("*.md")) - linked - {DOCS / "README.md"}


def test_decisions_are_numbered_without_a_gap():
    files = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    titles = [file.read_text(encoding="utf-8").splitlines()[0] for file in files]
    assert [title.split(".")[0] for title in titles] == [f"# {number}" for number in range(1, len(files) + 1)]
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))


def test_class_colours_are_those_of_the_site():
    described = dict(CLASS_COLOUR.findall((DOCS / "librarians.md").read_text(encoding="utf-8")))
    style = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    used = {digit: re.search(rf"--class-{digit}: (#[0-9a-f]{{6}});", style)[1] for digit in "0123456789"}
    assert described == used


def test_the_version_is_that_of_the_newest_change():
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first[1] == __version__


def test_a_list_of_changes_without_a_version_is_refused(tmp_path):
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changes\n\n## Soon\n")
    with pytest.raises(ValueError, match="CHANGELOG.md"):
        read_version(changelog)
