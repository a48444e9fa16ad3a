"""Capabilities moved to a level, to see what would be: a level is an answer to each of their questions."""

from collections.abc import Mapping

from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.profile import Profile
from scoring.questionnaire.form import Capability, Question


def offered_levels(profile: Profile) -> dict[str, tuple[int, ...]]:
    """By applicable capability, the levels that each of its applicable questions has an option at."""
    levels = range(profile.questionnaire.max_level + 1)
    return {
        capability.id: tuple(level for level in levels if all(_option(q, level) for q in applicable))
        for function in profile.form.functions
        for capability in function.capabilities
        if (applicable := _applicable(profile, capability))
    }


def answers_at(profile: Profile, levels: Mapping[str, int]) -> dict[str, str]:
    """The answers that put capabilities at these levels, which are among `offered_levels`."""
    return {
        question.id: _option(question, level)
        for name, level in levels.items()
        for question in _applicable(profile, profile.form.capability_of[name])
    }


def _applicable(profile: Profile, capability: Capability) -> list[Question]:
    return [question for question in capability.questions if profile.questions[question.id].score is not None]


def _option(question: Question, level: int) -> str:
    """The first option worth exactly this level; empty where none is."""
    points = level * POINTS_PER_LEVEL
    return next((option.id for option in question.options if option.points == points), "")
