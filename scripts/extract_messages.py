"""Collect the interface's texts into locale/<language>/LC_MESSAGES/django.po, keeping the translations that fit.

Stock Debian has no xgettext, so Django's `templatize` turns templates into Python that Babel's extractor reads.
Entries are sorted and carry no line numbers, so that a catalogue changes only where a text does.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from console import ROOT, run_main
from django.utils.translation.template import templatize

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
LOCALE = ROOT / "locale"
# English is the language of the texts themselves.
PLURALS = dict.fromkeys(("az", "kk", "ka", "uz", "tr"), "nplurals=2; plural=(n != 1);") | {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
}
KEYWORDS = dict(DEFAULT_KEYWORDS) | {
    f"{name}{ending}": DEFAULT_KEYWORDS.get(name)
    for name in ("gettext", "ngettext", "pgettext", "npgettext")
    for ending in ("_lazy", "_noop")
}
NEEDLESS_HEADERS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team):.*\n',
    re.MULTILINE,
)


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every file that may hold a text of the interface."""
    for room in ROOMS:
        yield from (path for path in sorted((root / room).rglob("*.py")) if "migrations" not in path.parts)
    for folder in (root / "templates", *(root / room / "templates" for room in ROOMS)):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".txt", ".xml"))


def python_of(path: Path) -> str:
    """The file's source; of a template, what `templatize` makes of it, without indents that Python would refuse."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())


def collect(root: Path = ROOT) -> Catalog:
    """A catalogue of all texts, without translations."""
    catalogue = Catalog(project="Library portal", charset="utf-8", fuzzy=False)
    for path in sources(root):
        found = extract(
            "python", io.BytesIO(python_of(path).encode()), KEYWORDS, comment_tags=["Translators:"],
            options={"encoding": "utf-8"}, strip_comment_tags=True,
        )  # fmt: skip
        for _, message, comments, context in found:
            if message and message != ("", ""):
                place = (path.relative_to(root).as_posix(), None)
                catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def empty_catalogue(language: str) -> Catalog:
    header = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Library portal\\n"\n'
        f'"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n'
    )
    return read_po(io.BytesIO(header.encode()), locale=language)


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=language)


def written(catalogue: Catalog) -> str:
    """The text of a .po file: sorted, without line numbers and dates."""
    target = io.BytesIO()
    write_po(target, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return NEEDLESS_HEADERS.sub("", target.getvalue().decode())


def update(language: str, template: Catalog) -> int:
    """Bring the catalogue of `language` in line with `template`; return how many texts lack a translation."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    catalogue = read(path, language) if path.exists() else empty_catalogue(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.header_comment = f"# The texts of the library portal in {catalogue.locale.english_name}."
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(catalogue), encoding="utf-8")
    return sum(1 for message in catalogue if message.id and not all(as_forms(message.string)))


def as_forms(text: object) -> tuple[str, ...]:
    """A message's forms: several when it has plurals, else one."""
    return tuple(text) if isinstance(text, (list, tuple)) else (str(text or ""),)


def main() -> None:
    template = collect()
    print(f"{len(template)} texts")
    for language in PLURALS:
        print(f"  {language}: {update(language, template)} without translation")


if __name__ == "__main__":
    run_main(main)
