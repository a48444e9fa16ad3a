"""From a questionnaire as written to what a form asks: ids and defaults written out, a tier cut out (§2)."""

from collections.abc import Collection
from dataclasses import replace

from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.questionnaire.entries import CapabilityEntry, OptionEntry, Structure
from scoring.questionnaire.form import Capability, Function, Option, Question

DEFAULT_STEP_EFFORTS = (1, 2, 3, 5, 8)


def expand(structure: Structure) -> tuple[Function, ...]:
    """All functions of a questionnaire with ids and defaults written out (§2)."""
    efforts = structure.step_efforts or DEFAULT_STEP_EFFORTS
    return tuple(
        Function(
            id=function.id,
            weight=function.weight,
            scored=function.scored,
            capabilities=tuple(
                Capability(
                    id=f"{function.id}.{capability.id}",
                    function=function.id,
                    weight=capability.weight,
                    scored=capability.scored,
                    lens=capability.lens,
                    step_efforts=capability.step_efforts or efforts,
                    questions=_questions(f"{function.id}.{capability.id}", capability, structure.max_level),
                )
                for capability in function.capabilities
            ),
        )
        for function in structure.functions
    )


def _questions(capability_id: str, capability: CapabilityEntry, max_level: int) -> tuple[Question, ...]:
    if not capability.questions:
        options = _options(capability.options, max_level)
        return (Question(capability_id, 1, options, capability.not_applicable),)
    several = len(capability.questions) > 1
    questions = []
    for entry in capability.questions:
        full_id = f"{capability_id}.{entry.id}"
        allowed = entry.not_applicable
        questions.append(
            Question(
                id=full_id if several else capability_id,
                weight=entry.weight,
                options=_options(entry.options or capability.options, max_level),
                not_applicable=capability.not_applicable if allowed is None else allowed,
                aliases=() if several else (full_id,),
            )
        )
    return tuple(questions)


def _options(entries: tuple[OptionEntry, ...] | None, max_level: int) -> tuple[Option, ...]:
    if entries is None:
        return tuple(Option(str(n), n * POINTS_PER_LEVEL) for n in range(max_level + 1))
    return tuple(Option(entry.id, entry.points) for entry in entries)


def cut(functions: tuple[Function, ...], listed: Collection[str]) -> tuple[Function, ...]:
    """Keep the listed questions; a capability's id stands for all of its, empty parents go (§2)."""
    kept = []
    for function in functions:
        capabilities = []
        for capability in function.capabilities:
            questions = tuple(
                question
                for question in capability.questions
                if not {capability.id, question.id, *question.aliases}.isdisjoint(listed)
            )
            if questions:
                capabilities.append(replace(capability, questions=questions))
        if capabilities:
            kept.append(replace(function, capabilities=tuple(capabilities)))
    return tuple(kept)
