"""The body of a request for a plan, read so that all of its faults are named at once."""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scoring.errors import Fault, faults_of
from scoring.paths.goals import Goal
from scoring.paths.planning import Wishes
from scoring.profile import Profile
from scoring.questionnaire.definition import Questionnaire
from scoring.request import ScoringRequest, TargetLevel, read, score_request

MOST_SECONDS = 10
Whole = Annotated[int, Field(ge=0, le=1_000_000)]


class GoalInput(BaseModel):
    """What a plan is to reach: exactly one of these."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    verdict: Literal["met"] | None = Field(None, description="That the definition is met.")
    level: Annotated[int, Field(ge=1, le=100)] | None = Field(None, description="An overall level.")
    index: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, description="An index, 0 to 100, with at most one decimal."
    )
    budget: Whole | None = Field(
        None, description="As high an overall score as this much buys, open answers at their least."
    )


class PlanInput(BaseModel):
    """What a plan is for, and what it has to keep to."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    goal: GoalInput = Field(GoalInput(verdict="met"), description='`{"verdict": "met"}` when absent.')
    costs: dict[str, Annotated[tuple[Whole, ...], Field(strict=False, min_length=1, max_length=100)]] = Field(
        {},
        description="By capability, what each step up costs, the one from level 0 first; else its efforts.",
    )
    ceilings: dict[str, TargetLevel] = Field(
        {}, description="By function or capability, the level that it is not to be raised above."
    )
    capacity: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="What a wave may cost; all in one wave when absent."
    )
    alternatives: Annotated[int, Field(ge=0, le=3)] = Field(3, description="How many runners-up.")
    seconds: Annotated[float, Field(gt=0, le=MOST_SECONDS)] = Field(
        5, description="How long to look for all of it."
    )


class PlanRequest(PlanInput, ScoringRequest):
    """Answers of a company, how to score them, and what a plan is to reach."""


class Asked(NamedTuple):
    """A request for a plan, and the faults of its shape."""

    scoring: ScoringRequest
    wanted: PlanInput
    faults: list[Fault]


def read_plan(body: object) -> Asked:
    """The request; a faulty part is left out of it."""
    given = body if isinstance(body, dict) else {}
    own = {key: value for key, value in given.items() if key in PlanInput.model_fields}
    rest = {key: value for key, value in given.items() if key not in own} if isinstance(body, dict) else body
    request, faults = read(rest)
    try:
        return Asked(request, PlanInput.model_validate(own), faults)
    except ValidationError as error:
        return Asked(request, PlanInput(), [*faults, *faults_of(error)])


def asked_of(questionnaire: Questionnaire, asked: Asked) -> tuple[Profile, Wishes]:
    """The profile to start from and what is wanted; raises `AnswersRefusedError` with all faults."""
    found = [*asked.faults, *faults_of_wishes(questionnaire, asked.scoring.tier, asked.wanted)]
    profile = score_request(questionnaire, asked.scoring, found)
    return profile, wishes_of(questionnaire, asked.wanted)


def wishes_of(questionnaire: Questionnaire, wanted: PlanInput) -> Wishes:
    """What is wanted of a plan, by a questionnaire that it has no faults with."""
    return Wishes(
        _goal(wanted.goal, questionnaire.definition.level),
        wanted.costs,
        wanted.ceilings,
        wanted.capacity,
        wanted.alternatives,
        wanted.seconds,
    )


def _goal(goal: GoalInput, integrated: int) -> Goal:
    if goal.level is not None:
        return Goal("level", goal.level)
    if goal.index is not None:
        return Goal("index", round(goal.index * 10))
    if goal.budget is not None:
        return Goal("budget", goal.budget)
    return Goal("verdict", integrated)


def faults_of_wishes(questionnaire: Questionnaire, tier: str, wanted: PlanInput) -> Iterator[Fault]:
    """What of the wishes does not fit a questionnaire's tier."""
    form, top = questionnaire.form_of(tier), questionnaire.max_level
    goal = wanted.goal
    if len(goal.model_dump(exclude_none=True)) != 1:
        yield Fault(("goal",), "one_goal", "give one of verdict, level, index and budget")
    if goal.level is not None and goal.level > top:
        yield Fault(("goal", "level"), "level_out_of_range", f"a goal is a level from 1 to {top}")
    if goal.index is not None and abs(goal.index * 10 - round(goal.index * 10)) > 1e-6:  # noqa: PLR2004
        yield Fault(("goal", "index"), "not_in_tenths", "an index has at most one decimal")
    for name, costs in wanted.costs.items():
        if name not in form.capability_of:
            detail = f"the tier {form.tier!r} has no such capability"
            yield Fault(("costs", name), "unknown_capability", detail)
        elif len(costs) != top:
            yield Fault(("costs", name), "number_of_costs", f"give a cost for each of the {top} steps")
    for name, level in wanted.ceilings.items():
        if name not in form.capability_of and name not in form.function_of:
            detail = f"the tier {form.tier!r} has no such function or capability"
            yield Fault(("ceilings", name), "unknown_ceiling", detail)
        elif level > top:
            yield Fault(("ceilings", name), "level_out_of_range", f"a ceiling is a level from 0 to {top}")
