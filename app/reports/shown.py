"""What was asked and is only shown: capabilities that no score, level or verdict counts (§2)."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.parts import option_text
from app.reports.reading import Reading
from app.reports.speech import sentence
from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.presentation.shapes import CapabilityProfile


class Shown(NamedTuple):
    """A capability that is not counted, its function, and what was answered."""

    name: str
    function: str
    said: str


def only_shown(reading: Reading) -> Sequence[Shown]:
    """Every capability that is not scored, in the questionnaire's order."""
    return [
        Shown(capability["name"], function["name"], _said(capability, reading))
        for function in reading.document["functions"]
        for capability in function["capabilities"]
        if not capability["scored"]
    ]


def _said(capability: CapabilityProfile, reading: Reading) -> str:
    """The answer in the questionnaire's words; of several answers or questions, the mean."""
    speech, score = reading.speech, capability["score"]
    if score is None:
        return sentence(speech("not_applicable"))
    if score["value"] is None:
        return speech("unknown_today")
    chosen = _chosen(capability, reading)
    if chosen is None:
        return speech.score(score)
    said = option_text(capability["id"], chosen, reading)
    return (capability["level_text"] or said) if said == chosen else said


def _chosen(capability: CapabilityProfile, reading: Reading) -> str | None:
    """The option of the only question that is worth what it came to; `None` where there is no such option."""
    questions, score = capability["questions"], capability["score"]
    if len(questions) > 1 or score is None or score["value"] is None:
        return None
    if questions[0]["option"] is not None:
        return questions[0]["option"]
    worth = round(score["value"] * POINTS_PER_LEVEL)
    points = reading.form.question_of[questions[0]["id"]].points
    return next((option for option, each in points.items() if each == worth), None)
