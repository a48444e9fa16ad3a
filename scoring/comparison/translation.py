"""What was answered to one version of a questionnaire, as answers to another one (§13)."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from scoring.comparison.questions import same_questions
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Form
from scoring.request import ScoringRequest
from scoring.respondents.answers import check_answers
from scoring.respondents.responses import Response, asked_of

Said = TypeVar("Said")


def translated(
    request: ScoringRequest,
    was: Questionnaire,
    now: Questionnaire,
    known: Collection[Questionnaire] = (),
) -> ScoringRequest:
    """The request to be scored by another version of its questionnaire.

    Answers to questions that are the same stay, under their new names; the others are open. Roles, functions
    and targets stay that the other version has, and how important it is where that is asked; whoever has
    none of its roles is asked about everything.
    """
    names = {older: newer for newer, older in same_questions(was, now, known).items()}
    older, form = was.form_of(request.tier), now.form_of(request.tier)
    scope = _there(request.scope, form)

    def renamed(said: Mapping[str, Said]) -> dict[str, Said]:
        return {names.get(older.question_of[name].id, ""): part for name, part in said.items()}

    alone = None
    if request.answers is not None:
        alone = _fitting(form, renamed(request.answers), form.question_ids)
    settled = renamed(request.consensus)
    inside = form.within(scope)
    several = [_response(now, form, one, renamed(one.answers), scope) for one in request.responses]
    return request.model_copy(
        update={
            "version": now.version,
            "answers": alone,
            "importance": request.importance if now.importance else None,
            "responses": tuple(several),
            "consensus": {name: consensus for name, consensus in settled.items() if name in inside},
            "targets": {
                name: level
                for name, level in request.targets.items()
                if level <= now.max_level and (name in form.function_of or name in form.capability_of)
            },
            "scope": scope,
        }
    )


def _response(
    now: Questionnaire,
    form: Form,
    response: Response,
    answers: Mapping[str, Any],
    scope: tuple[str, ...] | None,
) -> Response:
    role = response.role if response.role in {role.id for role in now.roles} else None
    functions = _there(response.functions, form)
    asked = asked_of(now, form, role, functions, scope)
    return response.model_copy(
        update={
            "role": role,
            "functions": functions,
            "answers": _fitting(form, answers, asked),
            "importance": response.importance if now.importance else None,
        }
    )


def _fitting(form: Form, answers: Mapping[str, Any], asked: AbstractSet[str]) -> dict[str, Any]:
    """What of the answers can be said here."""
    _, faults = check_answers(form, answers, (), asked)
    refused = {fault.place[0] for fault in faults}
    return {name: answer for name, answer in answers.items() if name not in refused}


def _there(functions: tuple[str, ...] | None, form: Form) -> tuple[str, ...] | None:
    return tuple([name for name in functions or () if name in form.function_of]) or None
