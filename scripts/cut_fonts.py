"""Cut FiraGO by script, so that a page loads only the letters it shows, and write the style sheet that says so.

FiraGO holds 2,500 glyphs in 250 KB for each weight; the interface languages need a few hundred of them.
Without the font package an empty style sheet is written and pages use the system's fonts.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from console import ROOT, VAR_DIR

SOURCE = ROOT / "node_modules" / "@fontsource" / "firago" / "files"
FONTS = VAR_DIR / "assets" / "fonts"
WEIGHTS = (400, 600)

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


def cut(source: Path, target: Path, unicode_range: str) -> None:
    """Write the letters of `unicode_range` in `source` to `target` as WOFF2."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True)
    options.name_IDs = [0, 1, 2, 13, 14]  # the licence asks that copyright and licence travel with the font
    options.notdef_outline = True
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints(unicode_range))
    subsetter.subset(font)
    save_font(font, str(target), options)
    font.close()


def font_face(weight: int, script: str, unicode_range: str) -> str:
    return (
        f'@font-face {{\n  font-family: "FiraGO";\n  font-style: normal;\n  font-weight: {weight};\n'
        f'  font-display: swap;\n  src: url("firago-{script}-{weight}.woff2") format("woff2");\n'
        f"  unicode-range: {unicode_range};\n}}\n"
    )


def main() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    style_sheet = FONTS / "fonts.css"
    if not SOURCE.is_dir():
        if not style_sheet.exists():
            style_sheet.write_text("/* The font package is missing: system fonts. */\n")
        return
    faces = []
    for weight in WEIGHTS:
        source = SOURCE / f"firago-latin-{weight}-normal.woff2"
        for script, unicode_range in SCRIPTS.items():
            cut(source, FONTS / f"firago-{script}-{weight}.woff2", unicode_range)
            faces.append(font_face(weight, script, unicode_range))
    shutil.copyfile(SOURCE.parent / "LICENSE", FONTS / "FiraGO-LICENSE.txt")
    style_sheet.write_text("".join(faces), encoding="utf-8")


if __name__ == "__main__":
    main()
