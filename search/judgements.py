"""Judgements and titles as files: tab-separated, UTF-8, plain or gzip.

    # query        language   expected title   options
    kitablarımız   az         Kitab            class=inflection
    kitaptarymyz   kk         Кітап            class=script

Lines that begin with # and empty lines do not count, nor does a first line with the names of the columns.
"""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from search.evaluation import FIRST_HITS, EvaluationError, Judgement
from search.service import MOST_PER_PAGE

SUFFIXES = (".tsv", ".tsv.gz")


def read_judgements(directory: Path) -> list[Judgement]:
    """The judgements of every .tsv and .tsv.gz in the folder, file by file in the order of their names.

    Raises `EvaluationError`, with file and line, for whatever cannot be read.
    """
    if not directory.is_dir():
        raise EvaluationError(_("%(path)s is not a folder.") % {"path": directory})
    files = sorted(path for path in directory.iterdir() if path.name.endswith(SUFFIXES))
    judgements = [judgement for path in files for judgement in _judgements(path)]
    if not judgements:
        raise EvaluationError(_("No judgements (*.tsv, *.tsv.gz) in %(path)s.") % {"path": directory})
    return judgements


def read_titles(path: Path) -> Iterator[tuple[str, str]]:
    """The titles of a file, each with its language ("" where none is given)."""
    for number, (title, *rest) in _rows(path, heading="title"):
        if not title:
            raise _at(path, number, _("The title is missing."))
        yield title, rest[0] if rest else ""


def _judgements(path: Path) -> Iterator[Judgement]:
    for number, (query, *rest) in _rows(path, heading="query"):
        if len(rest) < 2:
            raise _at(path, number, _("Query, language and expected title are needed, parted by tabs."))
        language, title, *options = rest
        chosen = _options(options)
        if not query:
            raise _at(path, number, _("The query is missing."))
        if not title and not chosen.get("id"):
            raise _at(path, number, _("The expected title is missing."))
        limit = chosen.get("limit", str(FIRST_HITS))
        if not (limit.isdecimal() and 1 <= int(limit) <= MOST_PER_PAGE):
            raise _at(path, number, _("limit must be from 1 to %(most)s.") % {"most": MOST_PER_PAGE})
        yield Judgement(
            query=query,
            language=language.lower(),
            title=title,
            group=chosen.get("class") or path.name.removesuffix(".gz").removesuffix(".tsv"),
            id=chosen.get("id", ""),
            kinds=(chosen.get("kind", "record"),),
            limit=int(limit),
        )


def _options(columns: list[str]) -> dict[str, str]:
    """Options such as "class=typing; limit=5"; what we do not know is left to those who wrote it."""
    parts = " ".join(columns).replace(";", " ").replace(",", " ").split()
    named = (part.partition("=") for part in parts)
    return {name.lower(): value for name, sign, value in named if sign}


def _rows(path: Path, heading: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row with its line's number."""
    is_first = True
    try:
        with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                cells = [cell.strip() for cell in _decoded(line, path, number).split("\t")]
                if not any(cells) or cells[0].startswith("#"):
                    continue
                if not (is_first and cells[0].lower() == heading):
                    yield number, cells
                is_first = False
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", "") or _("the file is damaged")
        raise EvaluationError(_("%(path)s: %(reason)s") % {"path": path, "reason": reason}) from error


def _decoded(line: bytes, path: Path, number: int) -> str:
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise _at(path, number, _("This is not UTF-8.")) from error


def _at(path: Path, number: int, message: str) -> EvaluationError:
    return EvaluationError(f"{path}:{number}: {message}")
