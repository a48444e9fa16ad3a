"""What the scoring library refuses, and why.

A refusal lists every fault found, each with its place, and scores nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from scoring.wording import worded

Place = tuple[str | int, ...]

# Tags of what can be given by its id or as it is; no steps of a place.
BY_ID, AS_IT_IS = KINDS = ("[id]", "[new]")


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
    """The faults that pydantic found, in words of our own, without the values they are about."""
    return faults_in(error.errors(include_url=False, include_input=False))


def faults_in(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """The faults of what pydantic lists.

    A list whose only items are faulty counts as empty to pydantic; that it has items is to be seen.
    """
    found = [
        Fault(_place(e["loc"], e["type"]), *worded(e["type"], e["msg"], e.get("ctx", {}))) for e in errors
    ]
    inner = {fault.place[:length] for fault in found for length in range(len(fault.place))}
    return [fault for fault in found if fault.code != "too_short" or fault.place not in inner]


def _place(steps: Place, kind: str) -> Place:
    """The steps without marks: of pydantic, that a key is meant, and ours, which kind of value is."""
    kinds = [index for index, step in enumerate(steps) if index and step in KINDS][:1]
    steps = tuple(step for index, step in enumerate(steps) if index not in kinds)
    is_marked = len(steps) > 1 and steps[-1] == "[key]" and kind != "extra_forbidden"
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
