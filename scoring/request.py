"""The body of a scoring request, read so that all of its faults are named at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from scoring.answers import ANSWERS_SCHEMA
from scoring.definition import Questionnaire
from scoring.engine import score
from scoring.errors import AnswersRefusedError, Fault, Place, faults_of
from scoring.form import FULL
from scoring.profile import Profile

TargetLevel = Annotated[int, Field(ge=0, le=100)]


class ScoringRequest(BaseModel):
    """Answers of a company and how to score them."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    questionnaire: str | None = Field(
        None, description="Id of the questionnaire; `social-business` when absent."
    )
    version: str | None = Field(
        None, description="Version of the questionnaire; the latest released when absent."
    )
    tier: str = Field(FULL, description="`full`, or a shorter form of the questionnaire such as `express`.")
    answers: Annotated[dict[str, Any], WithJsonSchema(ANSWERS_SCHEMA)]
    targets: dict[str, TargetLevel] = Field(
        {}, description="Target levels by id of function or capability; else the definition's level."
    )
    self_rating: Annotated[int, Field(ge=1, le=10)] | None = Field(
        None, description="How close the company is to a socially-enabled one in its own eyes, 1 to 10."
    )


def read(body: object) -> tuple[ScoringRequest, list[Fault]]:
    """The request, and the faults of its shape; a faulty part is left out of the request."""
    try:
        return ScoringRequest.model_validate(body), []
    except ValidationError as error:
        faults = faults_of(error)
    sound = _without(body, [fault.place for fault in faults]) if isinstance(body, dict) else {}
    return ScoringRequest.model_validate({"answers": {}} | sound), faults


def _without(body: dict[str, Any], places: Iterable[Place]) -> dict[str, Any]:
    """The body without its faulty parts: keys, or single entries of a table such as `targets`."""
    sound = dict(body)
    for key, *inner in filter(None, places):
        table = sound.get(str(key))
        if inner and isinstance(table, dict):
            sound[str(key)] = {name: value for name, value in table.items() if name != inner[0]}
        else:
            sound.pop(str(key), None)
    return sound


def score_request(
    questionnaire: Questionnaire, request: ScoringRequest, faults: Sequence[Fault] = ()
) -> Profile:
    """Score a request; raises `AnswersRefusedError` with the faults of its shape and of its answers."""
    faults = [*faults, *_other_questionnaire(questionnaire, request)]
    try:
        profile = score(
            questionnaire,
            request.answers,
            tier=request.tier,
            targets=request.targets,
            self_rating=request.self_rating,
        )
    except AnswersRefusedError as error:
        raise AnswersRefusedError([*faults, *error.faults]) from None
    if faults:
        raise AnswersRefusedError(faults)
    return profile


def _other_questionnaire(questionnaire: Questionnaire, request: ScoringRequest) -> Iterator[Fault]:
    """Answers to another questionnaire, or another version of it, are not scored by this one."""
    for field, meant in (("questionnaire", questionnaire.id), ("version", questionnaire.version)):
        if getattr(request, field) not in {None, meant}:
            yield Fault((field,), f"unknown_{field}", f"the {field} here is {meant}")
