"""Drawings as pixels, by resvg: nothing is loaded from anywhere, and the same gives the same bytes."""

from app.look import FONTS

FAMILY = "Source Sans 3"


def pixels(
    svg: str, *, width: int | None = None, background: str | None = None, has_own_fonts: bool = True
) -> bytes:
    """A drawing as PNG, `width` px across; raises `ValueError` for what is none.

    `has_own_fonts`: those of the package are all that it needs, else fonts of the machine help out.
    """
    from resvg_py import svg_to_bytes  # noqa: PLC0415 -- a library that only pictures need

    return svg_to_bytes(
        svg_string=svg,
        width=width,
        background=background,
        skip_system_fonts=has_own_fonts,
        font_files=[str(file) for file in sorted(FONTS.glob("*.ttf"))],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
