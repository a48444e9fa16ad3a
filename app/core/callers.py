"""Who calls, as far as services are concerned."""

from typing import NamedTuple


class Caller(NamedTuple):
    """A workspace, and the id of the key or participant that acts in it."""

    workspace: str
    id: str
