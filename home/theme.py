"""The look the library chose, as CSS custom properties that everything else derives from.

Derived shades are computed here and not by the browser, so that each is checked for contrast and old browsers on
reading-room computers show them too.
"""

import colorsys

from library.colours import contrast

PAPER = {"light": "#f9f4ea", "dark": "#191714"}
INK = {"light": "#211d18", "dark": "#efe8dc"}
FONTS = {"sans": "var(--font-sans)", "serif": "var(--font-serif)"}


def mix(one: str, other: str, share: float) -> str:
    """Return `share` of the colour `one` in `other`."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def with_lightness(colour: str, lightness: float) -> str:
    hue, _old, saturation = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    return "#" + "".join(f"{round(c * 255):02x}" for c in colorsys.hls_to_rgb(hue, lightness, saturation))


def readable(colour: str, paper: str, ratio: float = 4.5) -> str:
    """Return the colour, lightened or darkened only as far as it must be to reach `ratio` on `paper`."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    lightness = colorsys.rgb_to_hls(red, green, blue)[1]
    step, end = (0.01, 1.0) if contrast(paper, "#ffffff") > contrast(paper, "#000000") else (-0.01, 0.0)
    while contrast(colour, paper) < ratio and lightness != end:
        lightness = min(1.0, max(0.0, lightness + step))
        colour = with_lightness(colour, lightness)
    return colour


def text_on(colour: str) -> str:
    """Return white or near-black, whichever reads better on the colour."""
    return max("#ffffff", "#14110d", key=lambda text: contrast(text, colour))


def palette(accent: str, second: str) -> dict[str, str]:
    """Return every shade derived from the two colours, by the name of its custom property."""
    shades: dict[str, str] = {}
    for scheme, paper in PAPER.items():
        for name, colour in (("accent", accent), ("second", second)):
            soft = mix(colour, paper, 0.12 if scheme == "light" else 0.2)
            # Links stand on the soft tint too.
            shades[f"{name}-{scheme}"] = base = readable(readable(colour, soft, 4.6), paper, 4.6)
            shades[f"{name}-soft-{scheme}"] = soft
            shades[f"{name}-strong-{scheme}"] = mix(base, INK[scheme], 0.7)
            if name == "accent":
                shades[f"on-accent-{scheme}"] = text_on(base)
    deep = readable(mix(accent, "#10100e", 0.72), "#f7f2e8", 9)
    shades |= {
        "deep": deep,
        "deep-dark": mix(deep, "#0c0c0b", 0.62),
        "on-deep": "#f7f2e8",
        "on-deep-muted": mix("#f7f2e8", deep, 0.78),
    }
    return shades


def stylesheet(*, accent: str, second: str, radius: int, heading_font: str) -> str:
    """Return the text of /theme.css for the library's choices."""
    values = palette(accent, second) | {
        "radius": f"{radius}px",
        "font-heading": FONTS.get(heading_font, FONTS["sans"]),
    }
    lines = "".join(f"  --theme-{name}: {value};\n" for name, value in values.items())
    return f":root {{\n{lines}}}\n"
