"""Whose profile a report is of."""

from datetime import date
from typing import NamedTuple

from app.look.logos import picture_address


class Brand(NamedTuple):
    """How whose page it is shows itself: a colour as in `#0b5d5b`, else our own, and a logo as PNG."""

    accent: str | None = None
    logo: bytes | None = None

    @property
    def logo_address(self) -> str | None:
        """The logo as an address that holds it."""
        return None if self.logo is None else picture_address(self.logo)


class About(NamedTuple):
    """Whose profile it is: whose page, which company, on which occasion and day.

    `other_language` is the address of the same page in the other language.
    """

    publisher: str
    company: str | None = None
    occasion: str | None = None
    day: date | None = None
    other_language: str | None = None
    brand: Brand = Brand()
