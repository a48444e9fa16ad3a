"""Charts as PNG, from the same SVG, with the fonts of the package."""

import re

from app.look import FONTS

PIXELS = 1600  # across: sharp on paper at the width of a page
MARGIN = 8  # px of the drawing, so that nothing at its edge is cut
FAMILY = "Source Sans 3"
_BOX = re.compile(r'viewBox="([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+)"')
# What the fonts of the package have; for other scripts those of the machine help out.
_OURS = re.compile("[\x00-\u052f\u1e00-\u2bff]*")


def png(svg: str) -> bytes:
    """A drawing of ours as PNG on white, `PIXELS` wide; the same bytes for the same."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 -- a library that only pictures need

    return svg_to_bytes(
        svg_string=_BOX.sub(_wider, svg, count=1),
        width=PIXELS,
        background="#ffffff",
        skip_system_fonts=_OURS.fullmatch(svg) is not None,
        font_files=[str(file) for file in sorted(FONTS.glob("*.ttf"))],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )


def _wider(box: re.Match[str]) -> str:
    left, top, width, height = (float(number) for number in box.groups())
    return f'viewBox="{left - MARGIN:g} {top - MARGIN:g} {width + 2 * MARGIN:g} {height + 2 * MARGIN:g}"'
