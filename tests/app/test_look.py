"""The look that all pages share: its files are served, and its text is readable on its ground."""

import re

import pytest
from fastapi.testclient import TestClient

from app.look import TOKENS

COLOUR = re.compile(r"--(\w+): light-dark\((#\w+), (#\w+)\);")
ON_PAPER = [("ink", 7.0), ("soft", 4.5), ("accent", 4.5), ("warn", 4.5), ("edge", 3.0)]


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == len("#rrggbb") else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _colours(mode: int) -> dict[str, str]:
    return {found[0]: found[1 + mode] for found in COLOUR.findall(TOKENS.read_text("utf-8"))}


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(mode: int) -> None:
    colours = _colours(mode)
    pairs = [(name, ground, least) for name, least in ON_PAPER for ground in ("paper", "wash", "tint")]
    pairs += [(f"t{level}", f"l{level}", 4.5) for level in range(6)] + [("on", "accent", 4.5)]
    faint = {
        (text, ground): round(_contrast(colours[text], colours[ground]), 2)
        for text, ground, least in pairs
        if _contrast(colours[text], colours[ground]) < least
    }
    assert not faint


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_the_levels_are_told_apart_in_grey(mode: int) -> None:
    colours = _colours(mode)
    ramp = [_luminance(colours[f"l{level}"]) for level in range(6)]
    assert ramp == sorted(ramp, reverse=mode == 0)


@pytest.mark.parametrize("name", ["tokens.css", "source-sans-3.woff2"])
def test_the_files_are_served(client: TestClient, name: str) -> None:
    assert client.get(f"/look/{name}").status_code == 200
