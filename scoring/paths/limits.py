"""When a search stops that has not found its end: by a clock, or after so much work wherever it runs."""

import time
from collections.abc import Mapping
from typing import Protocol


class Limit(Protocol):
    """What several solves of one search share."""

    @property
    def options(self) -> Mapping[str, float]:
        """What the next solve may need, as an option of HiGHS; nothing where nothing is left."""

    def spend(self, nodes: int) -> None:
        """Note what a solve needed."""


class Clock:
    """So many seconds from now: how far a search gets depends on the machine."""

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self._end = time.monotonic() + seconds

    @property
    def options(self) -> Mapping[str, float]:
        """The seconds that are left."""
        left = self._end - time.monotonic()
        return {"time_limit": left} if left > 0 else {}

    def spend(self, nodes: int) -> None:
        """Nothing to note."""


class Nodes:
    """So many nodes of the trees of all solves, one at least for each: a search gets equally far anywhere."""

    def __init__(self, nodes: int) -> None:
        """`nodes` that are left."""
        self._left = nodes

    @property
    def options(self) -> Mapping[str, float]:
        """The nodes that are left."""
        return {"node_limit": self._left} if self._left > 0 else {}

    def spend(self, nodes: int) -> None:
        """Note the nodes of a solve, which is worth one at least."""
        self._left -= max(1, nodes)
