"""What the scoring library refuses, and why.

A refusal lists every fault found, each with its place, and scores nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

Place = tuple[str | int, ...]


class Fault(NamedTuple):
    """One fault of an input: where it stands, a stable code, and a sentence."""

    place: Place
    code: str
    detail: str

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer (RFC 6901)."""
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self.place)


class ScoringError(ValueError):
    """The input cannot be scored."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep all faults; the message is the class's docstring and the faults' sentences."""
        self.faults = tuple(faults)
        sentences = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in self.faults)
        super().__init__(f"{(self.__doc__ or '').strip()} {sentences}".strip())


class AnswersRefusedError(ScoringError):
    """The answers do not fit the questionnaire."""
