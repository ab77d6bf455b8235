"""Check every catalogue: in step with the sources, complete, nothing fuzzy, placeholders and mark-up kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from console import ROOT, Problem, run_main
from extract_messages import LOCALE, PLURALS, as_forms, collect, read

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}|</?[a-z]+")
SHOWN = 10
# Wagtail's administration in the languages that Wagtail itself lacks.
ADMIN = ROOT / "locale_admin"
ADMIN_LANGUAGES = ("az", "kk", "ka", "uz")


def faults(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, one sentence each."""
    wanted = {(message.context, message.id) for message in template if message.id}
    present = {(message.context, message.id) for message in catalogue if message.id}
    for _, text in sorted(wanted - present, key=str):
        yield f"missing: {text!r} (make translations adds it)"
    for _, text in sorted(present - wanted, key=str):
        yield f"no longer used: {text!r} (make translations removes it)"
    for message in catalogue:
        if message.id and (message.context, message.id) in wanted:
            yield from message_faults(message)


def message_faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    forms, originals = as_forms(message.string), as_forms(message.id)
    if not all(forms):
        yield f"not translated: {message.id!r}"
        return
    if message.fuzzy:
        yield f"marked fuzzy: {message.id!r}"
    allowed = set(PLACEHOLDER.findall(originals[-1])) | set(PLACEHOLDER.findall(originals[0]))
    for form in forms:
        # The singular may say "one" instead of the number, so only the last form must keep everything.
        found = set(PLACEHOLDER.findall(form))
        if found - allowed or (form is forms[-1] and set(PLACEHOLDER.findall(originals[-1])) - found):
            yield f"placeholders or tags differ: {message.id!r} → {form!r}"
        if (form[:1] == "\n", form[-1:] == "\n") != (originals[0][:1] == "\n", originals[0][-1:] == "\n"):
            yield f"line breaks at the ends differ: {message.id!r}"


def check_folder(folder: Path, template: Catalog, languages: Iterable[str]) -> list[str]:
    """What is wrong with the catalogues of a folder; a folder without any is not begun yet and has no faults."""
    paths = {path.parent.parent.name: path for path in sorted(folder.glob("*/LC_MESSAGES/django.po"))}
    lacking = [
        f"{folder.name}/{language} is missing" for language in languages if paths and language not in paths
    ]
    for language, path in paths.items():
        catalogue = read(path, language)
        found = list(faults(catalogue, template))
        write_mo(io.BytesIO(), catalogue)
        lacking += [f"{folder.name}/{language}: {fault}" for fault in found[:SHOWN]]
        if len(found) > SHOWN:
            lacking.append(f"{folder.name}/{language}: and {len(found) - SHOWN} more")
    return lacking


def admin_template() -> Catalog:
    """Wagtail's texts that locale_admin/ translates: one a line of its list."""
    catalogue = Catalog()
    for text in (ADMIN / "messages.txt").read_text(encoding="utf-8").splitlines():
        catalogue.add(text)
    return catalogue


def main() -> None:
    template, admin = collect(), admin_template()
    lacking = check_folder(LOCALE, template, PLURALS) + check_folder(ADMIN, admin, ADMIN_LANGUAGES)
    if lacking:
        raise Problem("the translations are not complete\n  " + "\n  ".join(lacking))
    print(f"{len(template)} texts, and {len(admin)} of the administration, complete in every language")


if __name__ == "__main__":
    run_main(main)
