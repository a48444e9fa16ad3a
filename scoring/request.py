"""The body of a scoring request, read so that all of its faults are named at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from scoring.engine import score, score_responses
from scoring.errors import AnswersRefusedError, Fault, Place, faults_of
from scoring.method.scheme import Scheme
from scoring.profile import Profile
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL
from scoring.respondents.answers import ANSWERS_SCHEMA
from scoring.respondents.consolidate import Consolidation, Policy
from scoring.respondents.responses import Consensus, OneToTen, Response

TargetLevel = Annotated[int, Field(strict=True, ge=0, le=100)]

MOST_RESPONSES = 500

# What belongs to the answers of several respondents.
OF_SEVERAL = ("consolidation", "consensus", "anonymous", "scope")


class ScoringRequest(BaseModel):
    """Answers of a company and how to score them.

    Exactly one of `answers`, of one respondent, and `responses`, of several.
    """

    # Its JSON Schema says the choice in words: generated clients make a `oneOf` beside properties untyped.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    questionnaire: str | None = Field(
        None, description="Id of the questionnaire; `social-business` when absent."
    )
    version: str | None = Field(
        None, description="Version of the questionnaire; the latest released when absent."
    )
    tier: str = Field(FULL, description="`full`, or a shorter form of the questionnaire such as `express`.")
    answers: Annotated[dict[str, Any] | None, WithJsonSchema(ANSWERS_SCHEMA)] = None
    responses: Annotated[
        tuple[Response, ...], Field(strict=False, min_length=1, max_length=MOST_RESPONSES)
    ] = Field((), description="One entry for each respondent, in any order.")
    targets: dict[str, TargetLevel] = Field(
        {}, description="Target levels by id of function or capability; else the definition's level."
    )
    importance: OneToTen | None = Field(
        None, description="How important that is, 1 to 10, where it is asked. Beside `answers`."
    )
    self_rating: OneToTen | None = Field(
        None,
        description="How close the company is to a socially-enabled one in its own eyes, 1 to 10. "
        "Beside `answers`.",
    )
    consolidation: Policy = Field(
        "median", description="How several known answers to a question become one. Beside `responses`."
    )
    consensus: dict[str, Consensus] = Field(
        {}, description="What was settled on, by id of question; it overrides. Beside `responses`."
    )
    anonymous: bool = Field(
        default=False,
        description="Show nothing about fewer than five people. Beside `responses`.",
    )
    scope: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = Field(
        None,
        description="Functions that the company is asked about, else all; the others are not applicable. "
        "Beside `responses`.",
    )


def read(body: object) -> tuple[ScoringRequest, list[Fault]]:
    """The request, and the faults of its shape; a faulty part is left out of the request."""
    faults = list(_one_or_several(body))
    while True:
        try:
            return ScoringRequest.model_validate(body), faults
        except ValidationError as error:
            found = faults_of(error)
        faults += found
        sound = _without(body, [fault.place for fault in found]) if isinstance(body, dict) else {}
        body = {} if sound == body else sound


def _one_or_several(body: object) -> Iterator[Fault]:
    """Exactly one of `answers` and `responses`, each with nothing that belongs to the other."""
    given = {key for key, value in body.items() if value is not None} if isinstance(body, dict) else set()
    one, several = "answers" in given, "responses" in given
    if isinstance(body, dict) and one == several:
        yield Fault((), "one_of_answers_responses", "give either answers or responses")
    if one and not several:
        for key in OF_SEVERAL:
            if key in given:
                yield Fault((key,), "only_with_responses", f"{key} belongs to responses")
    for rating, each in (("importance", "an importance"), ("self_rating", "a self_rating")):
        if several and rating in given:
            detail = f"beside responses, each respondent has {each}"
            yield Fault((rating,), "only_with_answers", detail)


def _without(body: dict[str, Any], places: Iterable[Place]) -> dict[str, Any]:
    """The body without its faulty parts: keys, single entries of a table, or parts of a response."""
    sound = {key: _copied(part) for key, part in body.items()}
    for key, *inner in filter(None, places):
        part = sound.get(str(key))
        if inner and isinstance(part, dict):
            part.pop(inner[0], None)
        elif inner and isinstance(part, list) and key == "responses":
            _drop(part, *inner)
        else:
            sound.pop(str(key), None)
    return sound


def _drop(responses: list[Any], index: Any, *inner: Any) -> None:  # noqa: ANN401 -- steps of a place
    """Leave out a part of a response, or all that it says; the places of the others stay."""
    if inner and isinstance(responses[index], dict):
        responses[index].pop(inner[0], None)
    else:
        responses[index] = {}


def _copied(part: object) -> object:
    if isinstance(part, list):
        return [dict(item) if isinstance(item, dict) else item for item in part]
    return dict(part) if isinstance(part, dict) else part


def score_request(  # noqa: PLR0913 -- what is scored, and how
    questionnaire: Questionnaire,
    request: ScoringRequest,
    faults: Sequence[Fault] = (),
    missing: int = 0,
    scheme: Scheme | None = None,
    *,
    near: Profile | None = None,
) -> Profile:
    """Score a request; raises `AnswersRefusedError` with the faults of its shape and of its answers.

    `missing` says how many were invited beside its responses, see `Consolidation`. The rules are the
    questionnaire's own or a scheme's. What a profile `near` by has in common with this one is not computed
    again.
    """
    faults = [*faults, *_other_questionnaire(questionnaire, request)]
    try:
        profile = _score(questionnaire, request, missing, scheme, near)
    except AnswersRefusedError as error:
        raise AnswersRefusedError([*faults, *error.faults]) from None
    if faults:
        raise AnswersRefusedError(faults)
    return profile


def _score(
    questionnaire: Questionnaire,
    request: ScoringRequest,
    missing: int,
    scheme: Scheme | None,
    near: Profile | None,
) -> Profile:
    if request.responses:
        return score_responses(
            questionnaire,
            request.responses,
            Consolidation(
                request.consolidation, request.consensus, request.anonymous, request.scope, missing
            ),
            tier=request.tier,
            targets=request.targets,
            scheme=scheme,
            near=near,
        )
    return score(
        questionnaire,
        request.answers or {},
        tier=request.tier,
        targets=request.targets,
        self_rating=request.self_rating,
        importance=request.importance,
        scheme=scheme,
        near=near,
    )


def _other_questionnaire(questionnaire: Questionnaire, request: ScoringRequest) -> Iterator[Fault]:
    """Answers to another questionnaire, or another version of it, are not scored by this one."""
    for field, meant in (("questionnaire", questionnaire.id), ("version", questionnaire.version)):
        if getattr(request, field) not in {None, meant}:
            yield Fault((field,), f"unknown_{field}", f"the {field} here is {meant}")
