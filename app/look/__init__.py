"""The look that all pages share: colours, type and the font, as files that any of them links or takes in."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"
TOKENS = STATIC / "tokens.css"
FONT = STATIC / "source-sans-3.woff2"
FONTS = Path(__file__).parent / "fonts"  # for paper: as TrueType, unchanged, at two weights
FONT_ADDRESS = "/look/source-sans-3.woff2"
