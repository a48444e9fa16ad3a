"""Functions that a process is lost in."""

import os
from threading import Event
from typing import NoReturn

from app.core.errors import MissingError


def wait_for_ever() -> None:
    """Wait for what never comes."""
    Event().wait()


def die() -> NoReturn:
    """End at once, without a word."""
    os._exit(1)


def refuse() -> NoReturn:
    """Refuse as a service does."""
    raise MissingError("report")
