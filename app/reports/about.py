"""Whose profile a report is of."""

from datetime import date
from typing import NamedTuple


class About(NamedTuple):
    """Whose profile it is: whose page, which company, on which occasion and day.

    `other_language` is the address of the same page in the other language.
    """

    publisher: str
    company: str | None = None
    occasion: str | None = None
    day: date | None = None
    other_language: str | None = None
