"""Parts of documents that recur from profile to profile, each encoded once."""

from collections.abc import Callable
from typing import TypeVar, cast

Part = TypeVar("Part")


class Prepared:
    """Capabilities as they come out for plain answers, and those of a comparison that stay as they are.

    Who serializes many profiles gives `present` and `present_comparison` one of these and an encoder of his,
    so that the parts that recur are not built again. There are as many as capabilities times options times
    targets.
    """

    def __init__(self, encode: Callable[[object], object]) -> None:
        """Start empty; parts are encoded when they are first seen."""
        self._encode = encode
        self._parts: dict[tuple[object, ...], object] = {}

    def part(self, key: tuple[object, ...], build: Callable[[], Part]) -> Part:
        """The encoded part for everything that decides it, built where it is new.

        It takes the place of a part of a document that is handed to the encoder and not read.
        """
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = self._encode(build())
        return cast("Part", part)
