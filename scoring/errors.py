"""What the scoring library refuses, and why.

A refusal lists every fault found, each with its place, and scores nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import ValidationError

Place = tuple[str | int, ...]


class Fault(NamedTuple):
    """One fault of an input: where it stands, a stable code, and a sentence."""

    place: Place
    code: str
    detail: str

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer (RFC 6901)."""
        return pointer_to(self.place)


def pointer_to(place: Place) -> str:
    """A place as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)


def faults_of(error: ValidationError) -> list[Fault]:
    """The faults that pydantic found, without the values they are about.

    A list whose only items are faulty counts as empty to pydantic; that it has items is to be seen.
    """
    found = [
        Fault(_place(e["loc"], e["type"]), e["type"], e["msg"])
        for e in error.errors(include_url=False, include_input=False)
    ]
    inner = {fault.place[:length] for fault in found for length in range(len(fault.place))}
    return [fault for fault in found if fault.code != "too_short" or fault.place not in inner]


def _place(steps: Place, code: str) -> Place:
    """The steps without pydantic's mark that a key and not its value is meant."""
    is_marked = len(steps) > 1 and steps[-1] == "[key]" and code != "extra_forbidden"
    return steps[:-1] if is_marked else steps


class ScoringError(ValueError):
    """The input cannot be scored."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep all faults; the message is the class's docstring and the faults' sentences."""
        self.faults = tuple(faults)
        sentences = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in self.faults)
        super().__init__(f"{(self.__doc__ or '').strip()} {sentences}".strip())


class AnswersRefusedError(ScoringError):
    """The answers do not fit the questionnaire."""
