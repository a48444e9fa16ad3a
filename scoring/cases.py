"""Cases: a request and what has to come out of it, as `questionnaires/README.md` describes them.

An expectation is a part of the profile's JSON. Where the JSON has a list of objects with ids, the
expectation may have a table by id instead; `"null"` stands for `null`, which TOML does not have.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scoring.errors import AnswersRefusedError
from scoring.presentation.document import present
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.words import Words, language_of
from scoring.request import read, score_request

NULL = "null"
KEYS_OF_LISTS = ("id", "function", "capability", "question")

Json = dict[str, Any]


class Refusal(BaseModel):
    """A fault that the request is refused for."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    pointer: str
    code: str


class Case(BaseModel):
    """A case file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    description: str = Field(min_length=1)
    request: Json
    expected: Json | None = Field(None, min_length=1)
    refused: list[Refusal] | None = Field(None, min_length=1)

    @model_validator(mode="after")
    def _expects_one_outcome(self) -> Self:
        if (self.expected is None) == (self.refused is None):
            message = "a case has either [expected] or [[refused]]"
            raise ValueError(message)
        return self


def read_case(file: Path) -> Case:
    """The case of a file; an unknown key is refused."""
    return Case.model_validate(tomllib.loads(file.read_text("utf-8")))


def profile_of(questionnaire: Questionnaire, body: Json) -> Json:
    """The English profile of a request's body, as JSON."""
    request, faults = read(body)
    profile = score_request(questionnaire, request, faults)
    words = Words(questionnaire, language_of(questionnaire, "en"))
    shown: Json = json.loads(json.dumps(present(profile, words)))
    return shown


def refusals_of(questionnaire: Questionnaire, body: Json) -> list[Refusal]:
    """The faults that a request's body is refused for; none where it is scored."""
    try:
        profile_of(questionnaire, body)
    except AnswersRefusedError as error:
        return [Refusal(pointer=fault.pointer, code=fault.code) for fault in error.faults]
    return []


def differences(expected: Json, profile: Json) -> list[str]:
    """Where a profile is not as expected: `gaps` are the first ones, `notices` are codes."""
    first = len(expected.get("gaps", ()))
    actual = profile | {
        "gaps": profile["gaps"][:first] if first else profile["gaps"],
        "notices": [notice["code"] for notice in profile["notices"]],
    }
    return list(_compare(expected, actual, ""))


def failures(questionnaire: Questionnaire, case: Case) -> list[str]:
    """What of a case does not come out; empty where all does."""
    if case.expected is None:
        found = refusals_of(questionnaire, case.request)
        if found == case.refused:
            return []
        return [f"refused for {[(fault.pointer, fault.code) for fault in found]}"]
    try:
        return differences(case.expected, profile_of(questionnaire, case.request))
    except AnswersRefusedError as error:
        return [f"{fault.pointer}: {fault.detail}" for fault in error.faults]


def _compare(expected: object, actual: object, place: str) -> Iterator[str]:
    if isinstance(expected, dict):
        yield from _compare_tables(expected, _by_id(actual), place)
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            yield f"{place}: {len(expected)} items expected, there are {len(actual)}: {actual!r}"
        for index, (wanted, found) in enumerate(zip(expected, actual, strict=False)):
            yield from _compare(wanted, found, f"{place}[{index}]")
    elif not _equal(expected, actual):
        yield f"{place}: {expected!r} expected, it is {actual!r}"


def _compare_tables(expected: Json, actual: object, place: str) -> Iterator[str]:
    if not isinstance(actual, dict):
        yield f"{place}: a table expected, it is {actual!r}"
        return
    for key, wanted in expected.items():
        inner = f"{place}.{key}" if place else key
        if key in actual:
            yield from _compare(wanted, actual[key], inner)
        else:
            yield f"{inner}: there is no such key, only {', '.join(map(str, actual))}"


def _by_id(actual: object) -> object:
    """A list of objects as a table by their ids; anything else as it is."""
    if not isinstance(actual, list):
        return actual
    for key in KEYS_OF_LISTS:
        ids = [item.get(key) if isinstance(item, dict) else None for item in actual]
        if None not in ids and len(set(ids)) == len(ids):
            return dict(zip(ids, actual, strict=True))
    return actual


def _equal(expected: object, actual: object) -> bool:
    if expected == NULL:
        return actual is None
    return expected == actual and isinstance(expected, bool) == isinstance(actual, bool)
