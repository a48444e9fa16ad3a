"""What next and how sure as the JSON that people and portals read, in the shape of `POST /v1/outlook`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypedDict

from scoring.arithmetic import index_tenths
from scoring.levels import Level
from scoring.method.verdict import VerdictStatus
from scoring.outlook import resampling, weightings
from scoring.outlook.hinges import Hinge
from scoring.outlook.questions import Outlook, next_questions
from scoring.outlook.sensitivity import Sensitivity, sensitivity
from scoring.outlook.thresholds import GateChange, Nearest, Weighted
from scoring.presentation.display import LevelDocument, in_levels, show_level
from scoring.profile import Profile
from scoring.questionnaire.words import Words


class OpenQuestionDocument(TypedDict):
    """An open question, and what an answer to it alone can settle, in levels of the overall range."""

    question: str
    name: str
    if_least: float
    if_greatest: float
    decides: Sequence[Literal["met", "not_met"]]


class DecidingDocument(TypedDict):
    """The fewest open questions that can decide the verdict, and what it is then."""

    verdict: Literal["met", "not_met"]
    questions: Sequence[str]


class ToAskDocument(TypedDict):
    """The functions that somebody without a role is asked about, and the open questions to ask him or her."""

    functions: Sequence[str]
    questions: Sequence[str]


class NextQuestionsDocument(TypedDict):
    """Open questions in the order to ask them, and whom to ask which of them."""

    questions: Sequence[OpenQuestionDocument]
    deciding: DecidingDocument | None
    by_role: Mapping[str, Sequence[str]]
    by_functions: Sequence[ToAskDocument]


class NearestDocument(TypedDict):
    """The nearest settings below and above that come to something else; `null`: none does."""

    below: int | None
    above: int | None


class GateChangeDocument(TypedDict):
    """The nearest other gates: percent of the weight, and levels of shortfall."""

    coverage_percent: NearestDocument
    max_shortfall: NearestDocument


class KeptDocument(TypedDict):
    """How often it stays as it is, from 0 to 1; `samples` is `null` where nobody was drawn again."""

    weightings: float
    samples: float | None


# `from` is a word of the language: such a shape can only be written so.
WeightChangeDocument = TypedDict(
    "WeightChangeDocument",
    {"capability": str, "name": str, "from": float, "to": float, "level": LevelDocument},
)
HingeDocument = TypedDict(
    "HingeDocument",
    {
        "question": str,
        "from": float,
        "to": float,
        "level": LevelDocument | None,
        "overall": LevelDocument | None,
        "verdict": VerdictStatus,
    },
)


class FunctionSensitivityDocument(TypedDict):
    """What a function's level hangs on; `place_kept` is `null` where nothing of it is known."""

    id: str
    name: str
    level: LevelDocument | None
    kept: KeptDocument | None
    place_kept: float | None
    gate: GateChangeDocument
    weight: WeightChangeDocument | None
    answers: Sequence[HingeDocument]


class OverallSensitivityDocument(TypedDict):
    """What the overall level hangs on."""

    level: LevelDocument | None
    kept: KeptDocument
    gate: GateChangeDocument
    answers: Sequence[str]


class VerdictSensitivityDocument(TypedDict):
    """What the verdict hangs on."""

    status: VerdictStatus
    kept: KeptDocument
    gate: GateChangeDocument
    answers: Sequence[str]


class OrderDocument(TypedDict):
    """The functions by their score, the highest first, and how often all keep their places."""

    functions: Sequence[str]
    kept: float


class VariedDocument(TypedDict):
    """What was drawn at random: how many, from which seed, and the index that 9 in 10 of them give."""

    number: int
    seed: int
    people: int | None
    index: Sequence[float] | None


class SensitivityDocument(TypedDict):
    """How sure a profile is."""

    verdict: VerdictSensitivityDocument
    overall: OverallSensitivityDocument
    functions: Sequence[FunctionSensitivityDocument]
    order: OrderDocument
    weightings: VariedDocument
    samples: VariedDocument | None


class OutlookDocument(TypedDict):
    """What to find out next, and how sure a profile is."""

    next_questions: NextQuestionsDocument
    sensitivity: SensitivityDocument


def present_outlook(profile: Profile, words: Words) -> OutlookDocument:
    """The outlook of a profile, with names in a language."""
    return {
        "next_questions": _next_questions(next_questions(profile), words),
        "sensitivity": _sensitivity(sensitivity(profile), words, profile.questionnaire.max_level),
    }


def _next_questions(outlook: Outlook, words: Words) -> NextQuestionsDocument:
    deciding = outlook.deciding
    return {
        "questions": [
            {
                "question": open_question.question,
                "name": words.capability_names[open_question.question],
                "if_least": in_levels(open_question.if_least),
                "if_greatest": in_levels(open_question.if_greatest),
                "decides": open_question.decides,
            }
            for open_question in outlook.questions
        ],
        "deciding": deciding and {"verdict": deciding.verdict, "questions": deciding.questions},
        "by_role": outlook.by_role,
        "by_functions": [
            {"functions": functions, "questions": names} for functions, names in outlook.by_functions.items()
        ],
    }


def _sensitivity(found: Sensitivity, words: Words, max_level: int) -> SensitivityDocument:
    drawn, samples, own = found.weightings, found.samples, found.standing
    return {
        "verdict": {
            "status": own.verdict,
            "kept": _kept(drawn.verdict, samples and samples.verdict),
            "gate": _gate(found.gates.verdict),
            "answers": _questions(h for h in found.hinges if h.after.verdict != own.verdict),
        },
        "overall": {
            "level": show_level(own.overall),
            "kept": _kept(drawn.overall, samples and samples.overall),
            "gate": _gate(found.gates.overall),
            "answers": _questions(h for h in found.hinges if h.after.overall != own.overall),
        },
        "functions": [_function(found, name, level, words) for name, level in own.functions.items()],
        "order": {"functions": found.order, "kept": _share(drawn.order, weightings.WEIGHTINGS)},
        "weightings": {
            "number": weightings.WEIGHTINGS,
            "seed": weightings.SEED,
            "people": None,
            "index": _indices(drawn.points, max_level),
        },
        "samples": samples
        and {
            "number": resampling.SAMPLES,
            "seed": resampling.SEED,
            "people": samples.people,
            "index": _indices(samples.points, max_level),
        },
    }


def _function(
    found: Sensitivity, name: str, level: Level | None, words: Words
) -> FunctionSensitivityDocument:
    drawn, samples = found.weightings, found.samples
    places = drawn.places.get(name)
    weight = found.weights[name]
    return {
        "id": name,
        "name": words.functions[name],
        "level": show_level(level),
        "kept": None if level is None else _kept(drawn.functions[name], samples and samples.functions[name]),
        "place_kept": None if places is None else _share(places, weightings.WEIGHTINGS),
        "gate": _gate(found.gates.functions[name]),
        "weight": weight and _weight(weight, words),
        "answers": [_hinge(hinge) for hinge in found.hinges if hinge.function == name],
    }


def _kept(of_weightings: int, of_samples: int | None) -> KeptDocument:
    return {
        "weightings": _share(of_weightings, weightings.WEIGHTINGS),
        "samples": None if of_samples is None else _share(of_samples, resampling.SAMPLES),
    }


def _share(part: int, whole: int) -> float:
    return part / whole


def _gate(change: GateChange) -> GateChangeDocument:
    return {
        "coverage_percent": _nearest(change.coverage_percent),
        "max_shortfall": _nearest(change.max_shortfall),
    }


def _nearest(nearest: Nearest) -> NearestDocument:
    return {"below": nearest.below, "above": nearest.above}


def _weight(weight: Weighted, words: Words) -> WeightChangeDocument:
    return {
        "capability": weight.capability,
        "name": words.capabilities[weight.capability].name,
        "from": weight.share / 10,
        "to": weight.changed / 10,
        "level": show_level(weight.level),
    }


def _hinge(hinge: Hinge) -> HingeDocument:
    return {
        "question": hinge.question,
        "from": in_levels(hinge.points),
        "to": in_levels(hinge.changed),
        "level": show_level(hinge.level),
        "overall": show_level(hinge.after.overall),
        "verdict": hinge.after.verdict,
    }


def _questions(found: Iterable[Hinge]) -> list[str]:
    return list(dict.fromkeys(hinge.question for hinge in found))


def _indices(points: tuple[int, int] | None, max_level: int) -> list[float] | None:
    return None if points is None else [index_tenths(each, max_level) / 10 for each in points]
