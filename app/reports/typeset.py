"""PDF by typst: from a template of ours and data that is never markup (PDF/UA-1, ISO 14289-1)."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.look import FONTS

if TYPE_CHECKING:
    from typst import Compiler

STANDARD = "PDF/UA-1"
TEMPLATES = Path(__file__).parent / "templates" / "paper"


def pdf(template: str, data: bytes, moment: datetime) -> bytes:
    """A PDF of JSON `data`, made at a moment: the same bytes for the same.

    It is PDF/UA-1 with the fonts of the package. Where these lack a sign, as of Chinese, fonts of the machine
    help out, and the PDF is tagged all the same but claims no standard.
    """
    from typst import TypstError  # noqa: PLC0415 -- a compiler of 30 MB, which only reports need

    try:
        return _compiled(template, data, moment, is_accessible=True)
    except TypstError as error:
        if not error.message.startswith(STANDARD):
            raise
        return _compiled(template, data, moment, is_accessible=False)


def _compiled(template: str, data: bytes, moment: datetime, *, is_accessible: bool) -> bytes:
    made = _compiler(with_system_fonts=not is_accessible).compile(
        input={"main": (TEMPLATES / template).read_bytes(), "data.json": data},  # type: ignore[type-var] # files by their names, which its types leave out
        format="pdf",
        pdf_standards=["ua-1"] if is_accessible else [],
        timestamp=moment.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError(template)
    return made


@cache
def _compiler(*, with_system_fonts: bool) -> "Compiler":
    """A compiler that has read its fonts."""
    from typst import Compiler  # noqa: PLC0415 -- as above

    return Compiler(root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=not with_system_fonts)
