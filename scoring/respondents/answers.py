"""One respondent's answers, checked against a form: four states, never folded into one another (§3).

An answer is an option id, `"dont_know"`, or an object with either `option` or `not_applicable` and, if
wanted, a comment and links to evidence.
"""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from scoring.errors import Fault, Place, faults_of
from scoring.questionnaire.form import NOT_APPLICABLE, Answer, Form, Question, Reason
from scoring.respondents.faults import answered_twice, unknown_question
from scoring.wording import pattern

Link = Annotated[
    str,
    StringConstraints(
        pattern=pattern(
            r"^https?://[^\s/?#@]+([/?#]\S*)?$",
            "write an address that begins with http:// or https://, with no user or password in it",
        ),
        max_length=2000,
    ),
]


class AnswerObject(BaseModel):
    """An answer with a reason, a comment or evidence."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    option: str | None = Field(None, description='An option\'s id, or `"dont_know"`.')
    not_applicable: Reason | None = Field(None, description="Why the question does not apply.")
    comment: Annotated[str, StringConstraints(max_length=2000)] | None = None
    evidence: Annotated[tuple[Link, ...], Field(strict=False, max_length=20)] = ()

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        if (self.option is None) == (self.not_applicable is None):
            raise PydanticCustomError(
                "one_of_option_not_applicable", "give either an option or not_applicable"
            )
        return self


_object = TypeAdapter(AnswerObject)

ANSWERS_SCHEMA = {
    "type": "object",
    "description": "Answers by question id.",
    "additionalProperties": {
        "anyOf": [
            {"type": "string", "description": 'An option\'s id, or `"dont_know"`.'},
            _object.json_schema(),
        ]
    },
}

Answers = dict[str, Answer]


def check_answers(
    form: Form,
    given: Mapping[str, Any],
    place: Place,
    asked: Collection[str] | None = None,
) -> tuple[Answers, list[Fault]]:
    """Answers by question id, and all faults; `asked` names the questions asked, `None` all of them."""
    answers: Answers = {}
    faults: list[Fault] = []
    for name, value in given.items():
        question = form.question_of.get(name)
        if question is None:
            faults.append(unknown_question(form, (*place, name)))
        elif asked is not None and question.id not in asked:
            detail = "this respondent is not asked this question"
            faults.append(Fault((*place, name), "question_not_asked", detail))
        elif question.id in answers:
            faults.append(answered_twice((*place, name)))
        else:
            # One path for a bare option, the usual answer; everything else is checked as an object.
            answer = question.by_option.get(value) if isinstance(value, str) else None
            answers[question.id] = answer or _checked(question, value, (*place, name), faults)
    return answers, faults


def _checked(question: Question, value: object, place: Place, faults: list[Fault]) -> Answer:
    if isinstance(value, str):
        value = {"option": value}
    nothing = Answer(question.unanswered)
    try:
        given = _object.validate_python(value)
    except ValidationError as error:
        faults += [fault._replace(place=(*place, *fault.place)) for fault in faults_of(error)]
        option = value.get("option") if isinstance(value, dict) else None
        if isinstance(option, str) and option not in question.by_option:
            faults.append(_unknown_option(question, place))
        return nothing
    if given.not_applicable is not None:
        if not question.not_applicable:
            detail = "this question cannot be answered not_applicable"
            faults.append(Fault(place, "not_applicable_not_allowed", detail))
        reason = given.not_applicable
        return Answer(NOT_APPLICABLE, reason=reason, comment=given.comment, evidence=given.evidence)
    known = question.by_option.get(given.option or "")
    if known is None:
        faults.append(_unknown_option(question, place))
        return nothing
    return known._replace(comment=given.comment, evidence=given.evidence)


def _unknown_option(question: Question, place: Place) -> Fault:
    return Fault(place, "unknown_option", f"the options are {', '.join(question.by_option)}")


def merged(
    form: Form, before: Mapping[str, Any], change: Mapping[str, Any], asked: Collection[str] | None
) -> tuple[dict[str, Any], list[Fault]]:
    """The answers before with those of a change, as they were given, by question id; and all faults.

    `None` takes an answer back. Faults of taking back come first; with any fault nothing is changed.
    """
    said = {name: answer for name, answer in change.items() if answer is not None}
    _, faults = check_answers(form, said, ("answers",), asked)
    taken_back = [name for name in change if name not in said]
    faults = [*_faults_of_taking_back(form, said, taken_back), *faults]
    if faults:
        return dict(before), faults
    after = {**before, **by_own_id(form, change)}
    return {name: answer for name, answer in after.items() if answer is not None}, []


def _faults_of_taking_back(form: Form, said: Collection[str], taken_back: Collection[str]) -> list[Fault]:
    known = [name for name in taken_back if name in form.question_of]
    ids = {form.question_of[name].id for name in said if name in form.question_of}
    return [
        *(unknown_question(form, ("answers", name)) for name in taken_back if name not in form.question_of),
        *(answered_twice(("answers", name)) for name in known if form.question_of[name].id in ids),
    ]


def by_own_id(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to questions of the form, by the questions' own ids."""
    return {form.question_of[name].id: answer for name, answer in answers.items()}


def check_targets(form: Form, given: Mapping[str, int], max_level: int) -> tuple[dict[str, int], list[Fault]]:
    """Targets by function or capability id, each a level from 0 to `max_level` (§7), and all faults."""
    faults: list[Fault] = []
    for name, level in given.items():
        place: Place = ("targets", name)
        if name not in form.function_of and name not in form.capability_of:
            detail = f"the tier {form.tier!r} has no such function or capability"
            faults.append(Fault(place, "unknown_target", detail))
        if not 0 <= level <= max_level:
            detail = f"a target is a level from 0 to {max_level}"
            faults.append(Fault(place, "level_out_of_range", detail))
    return dict(given), faults
