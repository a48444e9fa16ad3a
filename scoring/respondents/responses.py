"""What several respondents say, checked against a form: who is asked what, and the answers (§8)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from scoring.characters import visible
from scoring.errors import Fault, Place
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import DONT_KNOW, Form
from scoring.respondents.answers import ANSWERS_SCHEMA, Answers, check_answers
from scoring.respondents.faults import answered_twice, unknown_function, unknown_question

OneToTen = Annotated[int, Field(ge=1, le=10)]


class Response(BaseModel):
    """One respondent's answers, with the role or the functions that say what he or she is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = Field(
        None,
        description="Your own id of this respondent: by it a comparison knows who answered both times. "
        "It enters no score and no digest, and an anonymous comparison does not look at it.",
    )
    role: str | None = Field(None, description="A role of the questionnaire; without one all is asked.")
    functions: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = Field(
        None, description="Functions this respondent is asked, instead of what the role is asked."
    )
    answers: Annotated[dict[str, Any], WithJsonSchema(ANSWERS_SCHEMA)] = Field(
        {}, description="Answers so far; a question that is asked and not answered is still open."
    )
    importance: OneToTen | None = Field(
        None, description="How important that is to the company, where it is asked."
    )
    self_rating: OneToTen | None = Field(
        None, description="How close the company is to a socially-enabled one in this respondent's eyes."
    )
    submitted: bool | None = Field(
        None,
        description="Whether the answers have been handed in; when absent: whether no question is open.",
    )


class Consensus(BaseModel):
    """What a facilitator and the respondents settled on for a question, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    option: str = Field(description="An option's id.")
    rationale: Annotated[
        str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True), AfterValidator(visible)
    ]


class Respondent(NamedTuple):
    """A respondent whose answers have been checked; `asked` holds ids of questions."""

    role: str | None
    functions: tuple[str, ...] | None
    asked: AbstractSet[str]
    answers: Answers
    self_rating: int | None
    submitted: bool | None = None
    importance: int | None = None

    @property
    def has_submitted(self) -> bool:
        """Whether the answers have been handed in; where that was not said, whether none is open."""
        return not self.is_open if self.submitted is None else self.submitted

    @property
    def is_open(self) -> bool:
        """Whether a question that this respondent is asked is still without an answer."""
        return len(self.answers) < len(self.asked)


def check_responses(
    questionnaire: Questionnaire,
    form: Form,
    responses: Sequence[Response],
    scope: Collection[str] | None = None,
) -> tuple[tuple[Respondent, ...], list[Fault]]:
    """The respondents, who are asked about the functions in scope only, and all faults."""
    respondents: list[Respondent] = []
    faults = [*_repeated(responses)]
    for index, response in enumerate(responses):
        place: Place = ("responses", index)
        faults += _who_faults(questionnaire, form, response, place)
        functions = response.functions and tuple(f for f in form.function_of if f in response.functions)
        asked = asked_of(questionnaire, form, response.role, functions, scope)
        answers, found = check_answers(form, response.answers, (*place, "answers"), asked)
        faults += found
        faults += importance_faults(questionnaire, response.importance, place)
        said = response.self_rating, response.submitted, response.importance
        respondents.append(Respondent(response.role, functions, asked, answers, *said))
    return tuple(respondents), faults


def importance_faults(questionnaire: Questionnaire, given: int | None, place: Place = ()) -> list[Fault]:
    """The fault of an importance, 1 to 10, that the questionnaire does not ask for (§9)."""
    if given is None or questionnaire.importance is not None:
        return []
    detail = "this questionnaire does not ask how important it is"
    return [Fault((*place, "importance"), "importance_not_asked", detail)]


def _repeated(responses: Sequence[Response]) -> Iterator[Fault]:
    """The fault of every response whose id an earlier one has."""
    seen: set[str] = set()
    for index, response in enumerate(responses):
        if response.id in seen:
            detail = "an earlier response has this id: each respondent has one of his or her own"
            yield Fault(("responses", index, "id"), "respondent_twice", detail)
        elif response.id is not None:
            seen.add(response.id)


def asked_of(
    questionnaire: Questionnaire,
    form: Form,
    role: str | None,
    functions: Collection[str] | None,
    scope: Collection[str] | None = None,
) -> AbstractSet[str]:
    """Ids of the questions that somebody is asked: those of the functions, else of the role, in scope."""
    inside = form.within(scope)
    if functions:
        return inside & form.within(functions)
    return inside & questionnaire.asked_by_role[form.tier].get(role or "", form.question_ids)


def _who_faults(
    questionnaire: Questionnaire, form: Form, response: Response, place: Place
) -> Iterator[Fault]:
    roles = [role.id for role in questionnaire.roles]
    if response.role is not None and response.role not in roles:
        detail = f"the roles are {', '.join(roles)}" if roles else "this questionnaire has no roles"
        yield Fault((*place, "role"), "unknown_role", detail)
    for index, name in enumerate(response.functions or ()):
        if name not in form.function_of:
            yield unknown_function(form, (*place, "functions", index))


def check_scope(form: Form, scope: Collection[str] | None) -> tuple[tuple[str, ...] | None, list[Fault]]:
    """The functions in scope in the form's order, `None` where that is all of them; and all faults."""
    if scope is None:
        return None, []
    faults = [
        unknown_function(form, ("scope", index))
        for index, name in enumerate(scope)
        if name not in form.function_of
    ]
    inside = tuple(function.id for function in form.functions if function.id in scope)
    return (None if len(inside) == len(form.functions) else inside), faults


def roles_of(questionnaire: Questionnaire, respondents: Sequence[Respondent]) -> tuple[str, ...]:
    """The respondents' roles in the questionnaire's order, each once."""
    there = {respondent.role for respondent in respondents}
    return tuple([role.id for role in questionnaire.roles if role.id in there])


def check_consensus(
    form: Form, given: Mapping[str, Consensus], scope: Collection[str] | None = None
) -> tuple[dict[str, Consensus], list[Fault]]:
    """Consensus by question id, and all faults."""
    inside = form.within(scope)
    settled: dict[str, Consensus] = {}
    faults: list[Fault] = []
    for name, consensus in given.items():
        place: Place = ("consensus", name)
        question = form.question_of.get(name)
        if question is None:
            faults.append(unknown_question(form, place))
        elif question.id not in inside:
            detail = "the question belongs to a function that is out of scope"
            faults.append(Fault(place, "out_of_scope", detail))
        elif question.id in settled:
            faults.append(answered_twice(place, "is settled twice,"))
        else:
            settled[question.id] = consensus
            if consensus.option == DONT_KNOW or consensus.option not in question.by_option:
                detail = f"the options are {', '.join(question.points)}"
                faults.append(Fault((*place, "option"), "unknown_option", detail))
    return settled, faults
