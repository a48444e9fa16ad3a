"""An assessment in one call: company, participants, answers, all handed in.

Its profile is computed before the transaction that writes it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.assessments.disclosure import is_told, may_show_profile
from app.assessments.life import service as life
from app.assessments.method import edition_if_any, in_tuple, language_faults, language_for
from app.assessments.models import Assessment, Participant
from app.assessments.participants import answers
from app.assessments.participants.doors import OwnAnswers
from app.assessments.participants.service import new_participant
from app.assessments.results.service import profile_of
from app.assessments.schemas import AssessmentInput, ResponseInput
from app.companies import service as companies
from app.companies.schemas import CompanyInput
from app.core.editions import Edition
from app.core.errors import InvalidError
from app.core.resources import Work
from app.workspaces.service import get_workspace
from scoring import AnswersRefusedError, Fault, Response
from scoring.presentation.document import present


class Intake(NamedTuple):
    """What one call makes."""

    assessment: Assessment
    participants: Sequence[Participant]


def foresee(work: Work, given: AssessmentInput, language: str) -> Mapping[str, object] | None:
    """The profile that there will be, `None` where none is to be shown; raises what `take_in` does."""
    company = "" if isinstance(given.company, CompanyInput) else given.company
    if company:
        companies.get(work, company, ("company",))
    assessment, participants = _made(work, given, company)
    is_shown = may_show_profile(assessment) and is_told(assessment, len(participants))
    if not given.submit or not is_shown:
        return None
    edition, profile, *_ = profile_of(work, assessment, participants)
    return present(profile, edition.words(language), edition.prepared(language))


def take_in(work: Work, given: AssessmentInput) -> Intake:
    """Write the assessment, in the state that is wanted, with the participants and answers that are given.

    Raises `AnswersRefusedError` with all that does not fit, placed in the request, `InvalidError` with all
    answers that are too long, and `IncompleteError` with all open questions of answers that are to be
    handed in.
    """
    if isinstance(given.company, CompanyInput):
        company = companies.create(work, given.company, ("company",)).id
    else:
        company = companies.hold(work, given.company, ("company",)).id
    intake = _made(work, given, company)
    work.session.add(intake.assessment)
    work.session.flush()
    work.session.add_all(intake.participants)
    work.session.flush()
    return intake


def _made(work: Work, given: AssessmentInput, company: str) -> Intake:
    assessment = life.new_assessment(work, company, given, get_workspace(work).language)
    edition = edition_if_any(work.catalog, assessment)
    if edition and given.language is None:
        assessment.language = language_for(edition, assessment.language)
    participants = [new_participant(work.moment, assessment, response) for response in given.responses]
    responses = [_response(response) for response in given.responses]
    edition = life.check_draft(work.catalog, assessment, responses)
    _refuse_unspoken(edition, given)
    _fill_in(edition, assessment, participants, given)
    if given.status != "draft" or given.responses or given.submit:
        life.go_to(work, assessment, responses, "open")
    if given.submit:
        _hand_in(work, assessment, participants, incomplete=given.incomplete)
    if given.status == "closed":
        life.go_to(work, assessment, responses, "closed")
    return Intake(assessment, participants)


def _refuse_unspoken(edition: Edition, given: AssessmentInput) -> None:
    faults = [
        fault
        for index, response in enumerate(given.responses)
        for fault in language_faults(edition, response.language, ("responses", index))
    ]
    if faults:
        raise AnswersRefusedError(faults)


def _fill_in(
    edition: Edition, assessment: Assessment, participants: Sequence[Participant], given: AssessmentInput
) -> None:
    """Fill all in, or say whose answers are too long; raises `InvalidError`."""
    faults: list[Fault] = []
    for index, (participant, response) in enumerate(zip(participants, given.responses, strict=True)):
        ratings = answers.ratings_of(response)
        if not response.answers and not any(ratings.values()):
            continue
        try:
            answers.fill_in(edition, assessment, participant, response.answers, ratings)
        except answers.TooManyWordsError as error:
            faults += _of_response(index, error.faults)
    if faults:
        raise InvalidError(faults)


def _of_response(index: int, faults: Sequence[Fault]) -> list[Fault]:
    return [fault._replace(place=("responses", index, *fault.place)) for fault in faults]


def _response(given: ResponseInput) -> Response:
    return Response(
        role=given.role,
        functions=in_tuple(given.functions),
        answers=given.answers,
        importance=given.importance,
        self_rating=given.self_rating,
    )


def _hand_in(
    work: Work, assessment: Assessment, participants: Sequence[Participant], *, incomplete: bool
) -> None:
    """Hand all in, or say of all of them what is open."""
    faults: list[Fault] = []
    for index, participant in enumerate(participants):
        try:
            answers.hand_in(work, OwnAnswers(work.catalog, assessment, participant), incomplete=incomplete)
        except answers.IncompleteError as error:
            faults += _of_response(index, error.faults)
            refusal = error
    if faults:
        raise answers.IncompleteError(refusal.code, refusal.detail, faults)
