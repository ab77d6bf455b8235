"""Cut the fonts by script, so that a page loads only the letters it shows, and write the style sheet that says so.

FiraGO (text) holds 2,500 glyphs in 250 KB for each weight; the interface languages need a few hundred of them. Noto
Serif (headings) comes cut by script already, but with the letters of Azerbaijani among a thousand others.
Without the font packages an empty style sheet is written and pages use the system's fonts.

For papers in PDF the text font is also written whole, out of its web wrapping, which typst does not read.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from console import ROOT, VAR_DIR

SOURCE = ROOT / "node_modules" / "@fontsource"
FONTS = VAR_DIR / "assets" / "fonts"
PRINT_FONTS = VAR_DIR / "print-fonts"
TEXT_WEIGHTS = (400, 600)
HEADING_WEIGHT = 600

# A browser loads a file only when the page holds a letter of its range, so letters that only some pages need (names
# of other languages, transliteration) are kept out of the everyday Latin and Cyrillic files.
SCRIPTS = {
    "latin": "U+0020-007E, U+00A0, U+00A7, U+00A9, U+00AB, U+00AD, U+00B0, U+00B7, U+00BB, U+00C7, U+00D6, U+00DC, "
    "U+00E7, U+00F6, U+00FC, U+00D7, U+011E-011F, U+0130-0131, U+015E-015F, U+018F, U+0259, U+02BB-02BC, "
    "U+2010-2011, U+2013-2014, U+2018-201A, U+201C-201E, U+2022, U+2026, U+20BA, U+20BD, U+2116, U+2190, U+2192, "
    "U+2212",
    "latin-ext": "U+00A1-00A6, U+00A8, U+00AA, U+00AC, U+00AE-00AF, U+00B1-00B6, U+00B8-00BA, U+00BC-00C6, "
    "U+00C8-00D5, U+00D8-00DB, U+00DD-00E6, U+00E8-00F5, U+00F8-00FB, U+00FD-011D, U+0120-012F, U+0132-015D, "
    "U+0160-017F, U+01E6-01E7, U+0218-021B, U+1E24-1E25, U+1E92-1E93, U+20AC",
    "cyrillic": "U+0401, U+0410-044F, U+0451",
    "cyrillic-ext": "U+0406, U+040E, U+0456, U+045E, U+0492-0493, U+049A-049B, U+04A2-04A3, U+04AE-04B3, "
    "U+04BA-04BB, U+04D8-04D9, U+04E8-04E9, U+0490-0491, U+0404, U+0407, U+0454, U+0457, U+04B8-04B9, U+049C-049D",
    "georgian": "U+10D0-10FC",
}
FEATURES = ["kern", "mark", "ccmp", "locl", "tnum", "lnum", "calt"]


def codepoints(unicode_range: str) -> set[int]:
    """The code points of a CSS unicode-range."""
    points: set[int] = set()
    for part in unicode_range.replace("U+", "").split(","):
        first, _, last = part.strip().partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def cut(source: Path, target: Path, points: set[int]) -> None:
    """Write the letters `points` of `source` to `target` as WOFF2."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence asks that copyright and licence travel with the font
    options.notdef_outline = True
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    save_font(font, str(target), options)
    font.close()


@dataclass(frozen=True)
class Face:
    """One file of a page's fonts: the letters of `script` that the file `source` of a package has."""

    family: str
    package: str
    source: str
    script: str
    weight: int

    @property
    def source_file(self) -> Path:
        return SOURCE / self.package / "files" / f"{self.package}-{self.source}-{self.weight}-normal.woff2"

    @property
    def name(self) -> str:
        # Two sources of one script make two files.
        piece = self.script if self.source in (self.script, "latin") else f"{self.script}-{self.source}"
        return f"{self.package}-{piece}-{self.weight}.woff2"

    def rule(self, unicode_range: str) -> str:
        return (
            f'@font-face {{\n  font-family: "{self.family}";\n  font-style: normal;\n'
            f"  font-weight: {self.weight};\n  font-display: swap;\n"
            f'  src: url("{self.name}") format("woff2");\n  unicode-range: {unicode_range};\n}}\n'
        )


TEXT = [Face("FiraGO", "firago", "latin", script, weight) for weight in TEXT_WEIGHTS for script in SCRIPTS]
HEADINGS = [
    Face("Noto Serif", package, source, script, HEADING_WEIGHT)
    for package, source, script in [
        ("noto-serif", "latin", "latin"),
        ("noto-serif", "latin-ext", "latin"),
        ("noto-serif", "latin-ext", "latin-ext"),
        ("noto-serif", "cyrillic", "cyrillic"),
        ("noto-serif", "cyrillic", "cyrillic-ext"),
        ("noto-serif", "cyrillic-ext", "cyrillic-ext"),
        ("noto-serif-georgian", "georgian", "georgian"),
    ]
]


def letters_in(source: Path) -> set[int]:
    from fontTools.ttLib import TTFont

    with TTFont(source) as font:
        return set(font.getBestCmap())


def as_range(points: set[int]) -> str:
    """Code points as a CSS unicode-range."""
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return ", ".join(
        f"U+{first:04X}" if first == last else f"U+{first:04X}-{last:04X}" for first, last in runs
    )


def unwrap(source: Path, target: Path) -> None:
    """Write the whole font as TrueType or OpenType."""
    from fontTools.ttLib import TTFont

    with TTFont(source) as font:
        font.flavor = None
        font.save(target)


def write_print_fonts() -> None:
    whole = [Face("FiraGO", "firago", "latin", "latin", weight) for weight in TEXT_WEIGHTS]
    for face in whole:
        if face.source_file.exists():
            PRINT_FONTS.mkdir(parents=True, exist_ok=True)
            unwrap(face.source_file, PRINT_FONTS / f"{face.package}-{face.weight}.ttf")


def main() -> None:
    write_print_fonts()
    FONTS.mkdir(parents=True, exist_ok=True)
    style_sheet = FONTS / "fonts.css"
    faces = [face for face in TEXT + HEADINGS if face.source_file.exists()]
    if not faces:
        if not style_sheet.exists():
            style_sheet.write_text("/* The font packages are missing: system fonts. */\n")
        return
    rules = []
    taken: dict[tuple[str, int], set[int]] = {}
    for face in faces:
        # Each letter is in one file of its family and weight only, so that no page loads it twice.
        others = taken.setdefault((face.family, face.weight), set())
        points = (codepoints(SCRIPTS[face.script]) & letters_in(face.source_file)) - others
        others |= points
        cut(face.source_file, FONTS / face.name, points)
        rules.append(face.rule(as_range(points)))
    for package in {face.package for face in faces}:
        shutil.copyfile(SOURCE / package / "LICENSE", FONTS / f"{package}-LICENSE.txt")
    style_sheet.write_text("".join(rules), encoding="utf-8")


if __name__ == "__main__":
    main()
