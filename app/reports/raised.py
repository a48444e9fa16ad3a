"""A profile as it stands after the waves of a plan, to be drawn like any other (§12)."""

from typing import TYPE_CHECKING

from app.reports.reading import Reading
from scoring.presentation.display import ScoreDocument
from scoring.presentation.shapes import CapabilityProfile, FunctionProfile

if TYPE_CHECKING:  # the shapes alone
    from scoring.paths.document import PlanDocument


def raised(plan: "PlanDocument", waves: int, reading: Reading) -> Reading:
    """The same profile after so many waves: capabilities raised, functions at the levels that follow."""
    levels = {s["capability"]: s["to"] for s in plan["steps"] if s["wave"] <= waves}
    then = {function["id"]: function for function in plan["waves"][waves - 1]["outcome"]["functions"]}

    def after(function: FunctionProfile) -> FunctionProfile:
        outcome = then[function["id"]]
        capabilities = [_raised(c, levels.get(c["id"])) for c in function["capabilities"]]
        changed: FunctionProfile = {**function, "capabilities": capabilities, "level": outcome["level"]}
        return changed

    document = reading.document
    functions = [after(function) for function in document["functions"]]
    return Reading({**document, "functions": functions}, reading.edition, reading.speech.language)


def _raised(capability: CapabilityProfile, level: int | None) -> CapabilityProfile:
    """At a level at least; what is not known is there exactly."""
    score = capability["score"]
    if level is None or score is None:
        return capability
    value, high = score["value"], score["high"]
    if value is None:
        value = high = level
    then: ScoreDocument = {
        "value": max(value, level),
        "low": max(score["low"], level),
        "high": max(high, level),
    }
    own: CapabilityProfile = {
        **capability,
        "score": then,
        "level": {"low": int(then["low"]), "high": int(then["high"])},
    }
    return own
