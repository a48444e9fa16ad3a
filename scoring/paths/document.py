"""A plan as the JSON that people and portals read, in the shape of `POST /v1/plan`."""

from collections.abc import Iterator, Sequence
from typing import Literal, TypedDict

from scoring.method.verdict import VerdictStatus
from scoring.paths.ladders import Terrain
from scoring.paths.outcome import Outcome
from scoring.paths.planning import Planned, Status
from scoring.paths.sentences import conflict_sentence
from scoring.paths.waves import Step
from scoring.presentation.display import (
    LevelDocument,
    ScoreDocument,
    show_index,
    show_level,
    show_score,
)
from scoring.presentation.shapes import OverallDocument
from scoring.questionnaire.words import Words

# `from` is a word of the language: such a shape can only be written so.
StepDocument = TypedDict(
    "StepDocument",
    {
        "capability": str,
        "from": int,
        "to": int,
        "cost": int,
        "wave": int,
        "actions": Sequence[str],
        "evidence": str | None,
    },
)


class FunctionOutcomeDocument(TypedDict):
    """A function after a wave."""

    id: str
    level: LevelDocument | None
    score: ScoreDocument | None


class OutcomeDocument(TypedDict):
    """The profile after a wave."""

    verdict: VerdictStatus
    overall: OverallDocument
    functions: Sequence[FunctionOutcomeDocument]


class WaveDocument(TypedDict):
    """A wave: what it costs, and what is reached with it."""

    cost: int
    outcome: OutcomeDocument


class AlternativeDocument(TypedDict):
    """A runner-up, and the index that is certain then."""

    cost: int
    index: float
    steps: Sequence[StepDocument]


class StopDocument(TypedDict):
    """A budget from which on the overall level is another; verdict, level and index of the cheapest plan."""

    budget: int
    verdict: VerdictStatus
    level: int
    index: float


class ConflictDocument(TypedDict):
    """A condition that cannot hold together with the others."""

    code: Literal["gate", "index", "min_applicable", "ceiling", "prerequisite"]
    concerns: Sequence[str]
    detail: str


class AskingFirstDocument(TypedDict):
    """What to ask before anything is raised."""

    questions: Sequence[str]
    cost_at_best: int


class PlanDocument(TypedDict):
    """The cheapest way up, in the shape of `POST /v1/plan`."""

    status: Status
    cost: int | None
    bound: int | None
    steps: Sequence[StepDocument]
    waves: Sequence[WaveDocument]
    alternatives: Sequence[AlternativeDocument]
    stops: Sequence[StopDocument]
    conflicts: Sequence[ConflictDocument]
    asking_first: AskingFirstDocument | None


def present_plan(planned: Planned, words: Words) -> PlanDocument:
    """The plan with the words of a language."""
    terrain, asking = planned.terrain, planned.asking_first
    top = terrain.profile.questionnaire.max_level
    return {
        "status": planned.status,
        "cost": planned.cost,
        "bound": planned.bound,
        "steps": [*_steps(planned.steps, terrain, words)],
        "waves": [{"cost": wave.cost, "outcome": _outcome(wave.outcome, top)} for wave in planned.waves],
        "alternatives": [
            {
                "cost": other.cost,
                "index": other.tenths / 10,
                "steps": [*_steps(other.steps, terrain, words)],
            }
            for other in planned.alternatives
        ],
        "stops": [
            {
                "budget": stop.budget,
                "verdict": stop.verdict,
                "level": stop.level,
                "index": stop.tenths / 10,
            }
            for stop in planned.stops
        ],
        "conflicts": [
            {"code": c.code, "concerns": c.concerns, "detail": conflict_sentence(c, words)}
            for c in planned.conflicts
        ],
        "asking_first": asking and {"questions": asking.questions, "cost_at_best": asking.cost_at_best},
    }


def _steps(steps: Sequence[Step], terrain: Terrain, words: Words) -> Iterator[StepDocument]:
    for step in steps:
        name = terrain.ladders[step.place].capability.id
        said = words.capabilities[name]
        texts = [said.next_step(level) for level in range(step.start, step.end)]
        yield {
            "capability": name,
            "from": step.start,
            "to": step.end,
            "cost": step.cost,
            "wave": step.wave,
            "actions": [text for text in texts if text],
            "evidence": said.evidence,
        }


def _outcome(outcome: Outcome, max_level: int) -> OutcomeDocument:
    score, level = outcome.overall
    return {
        "verdict": outcome.verdict,
        "overall": {
            "score": show_score(score),
            "index": show_index(score, max_level),
            "level": show_level(level),
        },
        "functions": [
            {"id": f.function.id, "level": show_level(f.level), "score": show_score(f.score)}
            for f in outcome.functions
        ],
    }
