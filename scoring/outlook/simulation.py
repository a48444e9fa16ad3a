"""What if: a request for a score with some of it changed, scored by the same engine."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from scoring.errors import Fault, Place, faults_of
from scoring.levels import LevelRule
from scoring.method.scheme import MOST_WEIGHT, Scheme
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Form
from scoring.request import ScoringRequest, TargetLevel
from scoring.respondents.answers import ANSWERS_SCHEMA, merged
from scoring.respondents.responses import Consensus

Weight = Annotated[int, Field(ge=1, le=MOST_WEIGHT)]
CHANGES: Place = ("changes",)


class Gate(BaseModel):
    """Another gate; what is left out stays as it is (§5)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    coverage_percent: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="The weight, in percent, that must stand at a level."
    )
    max_shortfall: Annotated[int, Field(ge=0, le=100)] | None = Field(
        None, description="How many levels below it a single capability may lie."
    )


class Changes(BaseModel):
    """What is to be otherwise; what is left out stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    answers: Annotated[dict[str, Any], WithJsonSchema(ANSWERS_SCHEMA)] = Field(
        {},
        description="Answers by question id; `null` takes one back. With several respondents a change is an "
        "option, and counts as if all had settled on it.",
    )
    targets: dict[str, TargetLevel] = Field(
        {}, description="Target levels by id of function or capability, beside those that there are."
    )
    weights: dict[str, Weight] = Field(
        {}, description="Weights by id of function, capability, or question of a capability with several."
    )
    level_rule: Gate | None = None


class Simulated(NamedTuple):
    """The changed request and the rules to score it by; and the faults of the changes."""

    request: ScoringRequest
    scheme: Scheme
    faults: list[Fault]


def simulated(questionnaire: Questionnaire, request: ScoringRequest, given: object) -> Simulated:
    """The request with these changes, and all faults of them; what is faulty changes nothing."""
    try:
        changes = Changes.model_validate(given)
    except ValidationError as error:
        faults = [fault._replace(place=(*CHANGES, *fault.place)) for fault in faults_of(error)]
        return Simulated(request, Scheme(), faults)
    form = questionnaire.form_of(request.tier)
    weights, faults = _weights(form, changes.weights)
    targets = {**request.targets, **changes.targets}
    changed = request.model_copy(update={"targets": targets})
    if request.responses:
        changed, found = _settled(changed, form, changes.answers)
    else:
        answers, found = merged(form, request.answers or {}, changes.answers, None)
        found = [fault._replace(place=(*CHANGES, *fault.place)) for fault in found]
        changed = changed.model_copy(update={"answers": answers})
    return Simulated(changed, Scheme(weights, _rule(form, changes.level_rule)), [*faults, *found])


def _rule(form: Form, gate: Gate | None) -> LevelRule | None:
    if gate is None:
        return None
    coverage, shortfall = gate.coverage_percent, gate.max_shortfall
    own = form.rule
    return LevelRule(
        own.coverage_percent if coverage is None else coverage,
        own.max_shortfall if shortfall is None else shortfall,
    )


def _weights(form: Form, given: Mapping[str, int]) -> tuple[dict[str, int], list[Fault]]:
    known = {*form.function_of, *form.capability_of, *form.question_ids}
    detail = f"the tier {form.tier!r} has no such function, capability or question"
    faults = [
        Fault((*CHANGES, "weights", name), "unknown_weight", detail) for name in given if name not in known
    ]
    return {name: weight for name, weight in given.items() if name in known}, faults


def _settled(
    request: ScoringRequest, form: Form, given: Mapping[str, Any]
) -> tuple[ScoringRequest, list[Fault]]:
    """The request with options that count as a consensus; whether they fit is found when it is scored."""
    faults = list(_not_options(form, given))
    wrong = {fault.place[-1] for fault in faults}
    settled = {
        form.question_of[name].id: Consensus(option=option, rationale="Simulated.")
        for name, option in given.items()
        if name not in wrong
    }
    own = {
        (form.question_of[name].id if name in form.question_of else name): said
        for name, said in request.consensus.items()
    }
    return request.model_copy(update={"consensus": own | settled}), faults


def _not_options(form: Form, given: Mapping[str, Any]) -> Iterator[Fault]:
    for name, option in given.items():
        place: Place = (*CHANGES, "answers", name)
        question = form.question_of.get(name)
        if question is None:
            yield Fault(place, "unknown_question", f"the tier {form.tier!r} has no such question")
        elif not isinstance(option, str) or option not in question.points:
            yield Fault(place, "unknown_option", f"the options are {', '.join(question.points)}")
