"""Charts as PNG, from the same SVG, with the fonts of the package."""

import re

from app.look.pixels import pixels

PIXELS = 1600  # across: sharp on paper at the width of a page
MARGIN = 8  # px of the drawing, so that nothing at its edge is cut
_BOX = re.compile(r'viewBox="([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.]+)"')
# What the fonts of the package have; for other scripts those of the machine help out.
_OURS = re.compile("[\x00-\u052f\u1e00-\u2bff]*")


def png(svg: str) -> bytes:
    """A drawing of ours as PNG on white, `PIXELS` wide; the same bytes for the same."""
    wider = _BOX.sub(_wider, svg, count=1)
    is_ours = _OURS.fullmatch(svg) is not None
    return pixels(wider, width=PIXELS, background="#ffffff", has_own_fonts=is_ours)


def _wider(box: re.Match[str]) -> str:
    left, top, width, height = (float(number) for number in box.groups())
    return f'viewBox="{left - MARGIN:g} {top - MARGIN:g} {width + 2 * MARGIN:g} {height + 2 * MARGIN:g}"'
