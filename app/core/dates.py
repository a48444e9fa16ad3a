"""Dates and moments as they are written in requests."""

import re
from datetime import date

from pydantic_core import PydanticCustomError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_written_out(value: object) -> object:
    """Dates are written as texts that begin with year, month and day; numbers are none."""
    if not isinstance(value, (str, date)) or (isinstance(value, str) and not _DAY.match(value)):
        raise PydanticCustomError("malformed", "write it as in 2026-11-23")
    return value
