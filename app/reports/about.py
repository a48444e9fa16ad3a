"""Whose profile a report is of, and what came before it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from app.look.logos import picture_address
from scoring.presentation.display import LevelDocument, ScoreDocument


class Brand(NamedTuple):
    """How whose page it is shows itself: a colour as in `#0b5d5b`, else our own, and a logo as PNG."""

    accent: str | None = None
    logo: bytes | None = None

    @property
    def logo_address(self) -> str | None:
        """The logo as an address that holds it."""
        return None if self.logo is None else picture_address(self.logo)


class Figures(NamedTuple):
    """What a function or the whole came to, and whether at least half of its questions are known."""

    score: ScoreDocument | None
    level: LevelDocument | None
    is_mostly_known: bool


class Before(NamedTuple):
    """The result before: of which occasion and day, by which version and tier, and what it came to.

    `overall` has the index, 0 to 100, as its score; `functions`, by id, are on the scale of the levels.
    """

    occasion: str
    day: date
    version: str
    tier: str
    overall: Figures
    functions: Mapping[str, Figures]


class About(NamedTuple):
    """Whose profile it is: whose page, which company, on which occasion and day, how many were invited.

    `other_language` is the address of the same page in the other language; `before` what it is compared with.
    """

    publisher: str
    company: str | None = None
    occasion: str | None = None
    day: date | None = None
    other_language: str | None = None
    brand: Brand = Brand()
    before: Before | None = None
    invited: int | None = None


NOBODY = About("")
