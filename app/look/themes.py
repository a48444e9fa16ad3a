"""A theme from six tokens: all other colours are derived, each to the contrast that it needs.

Colours are `#rrggbb`. A ratio of contrast lies between 1 and 21 (WCAG 2.2): text needs 4.5 (1.4.3), edges of
controls need 3 (1.4.11).
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

TEXT_RATIO, EDGE_RATIO = 4.5, 3.0

Colours = dict[str, str]
_Rgb = tuple[float, float, float]

_STEPS = 100
_LINEAR = 0.04045  # up to here sRGB is linear


class Base(NamedTuple):
    """The colours that a theme gives; the others follow from them."""

    accent: str
    surface: str
    text: str


LIGHT = Base("#0b5d5b", "#ffffff", "#16211f")
DARK = Base("#6cc5bf", "#101817", "#e6eeec")
_WARNINGS = ("#8a4b08", "#f0b26b")


def contrast(one: str, other: str) -> float:
    """The ratio of contrast of two colours.

    >>> round(contrast("#000000", "#ffffff"), 2), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mended(colour: str, surface: str, ratio: float = TEXT_RATIO) -> str:
    """The nearest colour of the same hue with enough contrast: the colour itself, or a darker or lighter one.

    >>> mended("#0b5d5b", "#ffffff"), mended("#ffcc00", "#ffffff")
    ('#0b5d5b', '#8f7200')
    """
    away = "#000000" if _luminance(surface) > _luminance("#757575") else "#ffffff"
    return _first(lambda share: mixed(away, colour, share), lambda made: contrast(made, surface) >= ratio)


def derived(base: Base) -> Colours:
    """The colours of a page by the names of `tokens.css`; text and accent have enough contrast already."""
    accent, surface, text = base
    wash = _last(lambda s: mixed(text, surface, s), lambda c: contrast(text, c) >= TEXT_RATIO, most=0.04)
    tint = _last(lambda s: mixed(accent, surface, s), lambda c: contrast(text, c) >= TEXT_RATIO, most=0.1)
    grounds = (surface, wash, tint)

    def readable(colour: str, ratio: float) -> bool:
        return all(contrast(colour, ground) >= ratio for ground in grounds)

    colours = {
        "ink": text,
        "paper": surface,
        "accent": accent,
        "on": on(accent),
        "soft": _first(lambda s: mixed(text, surface, 0.6 + 0.4 * s), lambda c: readable(c, TEXT_RATIO)),
        "edge": _first(lambda s: mixed(text, surface, 0.3 + 0.7 * s), lambda c: readable(c, EDGE_RATIO)),
        "line": mixed(text, surface, 0.14),
        "wash": wash,
        "tint": tint,
        "warn": mended(_WARNINGS[on(surface) == "#ffffff"], tint),
    }
    for level, share in enumerate((0.08, 0.2, 0.4, 0.6, 0.8, 1.0)):
        step = mixed(accent, surface, share)
        colours |= {f"l{level}": step, f"t{level}": text if contrast(text, step) >= TEXT_RATIO else on(step)}
    return colours


def on(ground: str) -> str:
    """Black or white, whichever is read better upon it: one of them always has a ratio of 4.5."""
    return max("#ffffff", "#000000", key=lambda text: contrast(text, ground))


def mixed(colour: str, ground: str, share: float) -> str:
    """So much of a colour upon a ground, `share` between 0 and 1.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    parts = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(255 * (c * share + g * (1 - share))):02x}" for c, g in parts)


def _first(make: Callable[[float], str], fits: Callable[[str], bool]) -> str:
    """The first colour that fits on the way to the last one, which has to do."""
    steps = [make(step / _STEPS) for step in range(_STEPS + 1)]
    return next(filter(fits, steps), steps[-1])


def _last(make: Callable[[float], str], fits: Callable[[str], bool], most: float) -> str:
    """The furthest colour that fits."""
    steps = [make(most * step / _STEPS) for step in range(_STEPS, -1, -1)]
    return next(filter(fits, steps), steps[-1])


def _channels(colour: str) -> _Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        c / 12.92 if c <= _LINEAR else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class ThemeFault(NamedTuple):
    """A colour without enough contrast to what it stands upon, and one that would do."""

    token: str
    ratio: float
    proposal: str

    def said(self, ground: str) -> str:
        """What is wrong, and what to do; `ground` says upon what."""
        return f"its ratio to {ground} is {self.ratio:.2f}, not {TEXT_RATIO}; {self.proposal} would do"


def base_of(given: Mapping[str, str | None], mode: str) -> Base:
    """The colours of a theme in its first mode: those that are given, else our own."""
    own = DARK if mode == "dark" else LIGHT
    return Base(*(given.get(name) or ours for name, ours in own._asdict().items()))


def theme_faults(base: Base) -> list[ThemeFault]:
    """The text, then the accent, where it cannot be read upon the surface."""
    faults = []
    for token in ("text", "accent"):
        colour = getattr(base, token)
        ratio = contrast(colour, base.surface)
        if ratio < TEXT_RATIO:
            faults.append(ThemeFault(token, ratio, mended(colour, base.surface)))
    return faults


def schemes(base: Base, mode: str) -> dict[str, Colours]:
    """Colours by scheme; where the device decides, the dark ones are ours, the accent made lighter."""
    if mode != "auto":
        return {mode: derived(base)}
    dark = DARK._replace(accent=mended(base.accent, DARK.surface))
    return {"light": derived(base), "dark": derived(dark)}


def accent_faults(accent: str) -> list[ThemeFault]:
    """Where an accent cannot be read upon white, as in a report."""
    return theme_faults(LIGHT._replace(accent=accent))


def accented(accent: str) -> dict[str, Colours]:
    """The colours of a report by scheme, light and dark, in an accent."""
    return schemes(LIGHT._replace(accent=accent), "auto")


def accented_css(accent: str) -> str:
    """The same as custom properties, to stand behind `tokens.css`."""
    light, dark = accented(accent).values()
    pairs = (f"--{name}: light-dark({colour}, {dark[name]});" for name, colour in light.items())
    return f":root {{ {' '.join(pairs)} }}"
